namespace EdgeHub.Rules.Schemes.GpServices;

/// <summary>The parts of the Kent and Medway GP services briefing that are computed here, by their number in the requirements. The
/// briefing has headings and few numbers.</summary>
public static class GpServicesArticles
{
    public const string Document = "NHS Kent and Medway: Kent HOSC GP Services Briefing Report (January 2025)";

    public static readonly Article K01 = new("K1", Document, "General practice services; PCNs");
    public static readonly Article K02 = new("K2", Document, "CQC rating");
    public static readonly Article K03 = new("K3", Document, "GP appointments");
    public static readonly Article K04 = new("K4", Document, "Workforce");
    public static readonly Article K05 = new("K5", Document, "ARRS staff; 3.1");
    public static readonly Article K06 = new("K6", Document, "Workforce development initiatives");
    public static readonly Article K07 = new("K7", Document, "1.1 NHS App usage");
    public static readonly Article K08 = new("K8", Document, "1.2 Self-referral pathways");
    public static readonly Article K09 = new("K9", Document, "1.2 ICB comparison");
    public static readonly Article K10 = new("K10", Document, "1.3 Community pharmacy services");
    public static readonly Article K11 = new("K11", Document, "2.1 Cloud telephony");
    public static readonly Article K13 = new("K13", Document, "2.5 Capacity & access plans");
    public static readonly Article K14 = new("K14", Document, "4 Registering with a GP");
    public static readonly Article K15 = new("K15", Document, "4 Primary-secondary care interface");
    public static readonly Article K16 = new("K16", Document, "Access recovery plan, cutting bureaucracy 1");

    public static readonly IReadOnlyList<Article> All = [K01, K02, K03, K04, K05, K06, K07, K08, K09, K10, K11, K13, K14, K15, K16];
}

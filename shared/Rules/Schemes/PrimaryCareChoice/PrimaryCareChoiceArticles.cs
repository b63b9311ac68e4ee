namespace EdgeHub.Rules.Schemes.PrimaryCareChoice;

/// <summary>The parts of Region Örebro län's report on digital contact and continuity that are computed here, by their number in the
/// requirements. The report has headings and no numbered clauses.</summary>
public static class PrimaryCareChoiceArticles
{
    public const string Document = "Region Örebro län: Stimulera till ökad digital kontakt och kontinuitet i primärvården (2020)";

    public static readonly Article O01 = new("O1", Document, "Ersättningen och e-hälsan");
    public static readonly Article O02 = new("O2", Document, "Hur kan ersättningsmodellen stimulera");
    public static readonly Article O03 = new("O3", Document, "Hur kan ersättningsmodellen stimulera, tillägg 2020");
    public static readonly Article O04 = new("O4", Document, "Hur kan ersättningsmodellen stimulera, 1");
    public static readonly Article O05 = new("O5", Document, "Hur kan ersättningsmodellen stimulera, 2");
    public static readonly Article O06 = new("O6", Document, "Vad är det för digital teknik; Digitalt språng");
    public static readonly Article O07 = new("O7", Document, "Självincheckning");
    public static readonly Article O09 = new("O9", Document, "Förslag på mått, Kontinuitetsindex");
    public static readonly Article O10 = new("O10", Document, "Förslag på mått, diagnoser");
    public static readonly Article O11 = new("O11", Document, "Mäta och följa upp kontinuitet");
    public static readonly Article O12 = new("O12", Document, "Mäta och följa upp kontinuitet, Praktikertjänst");
    public static readonly Article O13 = new("O13", Document, "Förslag på mått, Andel patienter");
    public static readonly Article O14 = new("O14", Document, "Förslag på mått, från år 2021");

    public static readonly IReadOnlyList<Article> All = [O01, O02, O03, O04, O05, O06, O07, O09, O10, O11, O12, O13, O14];
}

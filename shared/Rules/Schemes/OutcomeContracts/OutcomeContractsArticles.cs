namespace EdgeHub.Rules.Schemes.OutcomeContracts;

/// <summary>The parts of the proposal for a national infrastructure of prevention that are computed here, by their number in the
/// requirements. It is a set of slides: headings are cited.</summary>
public static class OutcomeContractsArticles
{
    public const string Document = "Ekholm, Caesar, Lindgren: Nationell infrastruktur för prevention, utfallskontrakt (2025)";

    public static readonly Article P01 = new("P1", Document, "Hur utfallskontrakt fungerar");
    public static readonly Article P02 = new("P2", Document, "Varför vi har valt prediabetes");
    public static readonly Article P03 = new("P3", Document, "Ersättningsmodell");
    public static readonly Article P04 = new("P4", Document, "Budgetberäkningar");
    public static readonly Article P05 = new("P5", Document, "Budgetberäkningar, utvärderaren");
    public static readonly Article P06 = new("P6", Document, "Hur utfallskontrakt fungerar, ränta");
    public static readonly Article P07 = new("P7", Document, "Utförare");
    public static readonly Article P08 = new("P8", Document, "Utförare, byte av metod");
    public static readonly Article P09 = new("P9", Document, "Utvärderare");
    public static readonly Article P11 = new("P11", Document, "En preventionsmiljard i satsning; Även uppskjuten diagnos");
    public static readonly Article P12 = new("P12", Document, "Stora samhällsbesparingar även vid låg måluppfyllelse");
    public static readonly Article P13 = new("P13", Document, "Syftet med införandet i två steg");

    public static readonly IReadOnlyList<Article> All = [P01, P02, P03, P04, P05, P06, P07, P08, P09, P11, P12, P13];
}

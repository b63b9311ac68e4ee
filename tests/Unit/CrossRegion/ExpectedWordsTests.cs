using EdgeHub.Rules;
using EdgeHub.Rules.Netting;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

/// <summary>What would be right is said in the reader's language for every fault of these rules, and their parameters cite clauses that exist.</summary>
public sealed class ExpectedWordsTests
{
    private static readonly Money Yuan = Money.Fen(100);

    [Fact]
    public void Rules_RefusedInputs_SayWhatIsRightInEachLanguage() => Assert.All(
        new Action[]
        {
            () => CrossRegionRules.ConcludeJointTest([]),
            () => CrossRegionRules.ConcludeJointTest([new(TestKind.TransactionAndFunction, false, "")]),
            () => CrossRegionRules.ReviewAccess(false, true, ""),
            () => CrossRegionRules.NextInstitutionCode("530924", ["5309241999999"]),
            () => CrossRegionRules.NextInstitutionCode("5309", []),
            () => CrossRegionRules.SignedAdjustment(AdjustmentKind.Refusal, -Yuan),
            () => CrossRegionRules.CategoryTotals([]),
            () => CrossRegionRules.EligibleAmount(Yuan, Yuan, Yuan, Yuan),
            () => CrossRegionRules.SettleDischarge(Yuan, Yuan, new InsuredPlaceTerms(Yuan, new Rate(2m), null)),
            () => CrossRegionRules.Reconcile([new("R", "S", Yuan, Yuan), new("R", "S", Yuan, Yuan)], [], [], Money.Fen(0)),
            () => CrossRegionRules.PrepaymentQuota(Yuan, 13, 2),
            () => CrossRegionRules.PrepaymentTable(2025, [new("53", "31", Yuan, Yuan, 1), new("53", "31", Yuan, Yuan, 1)], 2, Currency.Cny),
            () => CrossRegionRules.PrepaymentTable(2025, [new("53", "53", Yuan, Yuan, 1)], 2, Currency.Cny),
            () => CrossRegionRules.EmergencyIncrease(Yuan, Yuan + Yuan, new Rate(0.9m), new Rate(0.7m)),
            () => CrossRegionRules.EmergencyIncrease(Yuan, Yuan, new Rate(0.9m), Rate.Zero),
            () => CrossRegionRules.NotConfirmedYet(["x"]),
            () => CrossRegionRules.WithinProvince(Yuan, []),
            () => CrossRegionRules.ClearCycle(new(2025, 3), Currency.Cny, [C24Tests.Entry("R", 1), C24Tests.Entry("R", 1)], [], 21),
            () => CrossRegionRules.ClearCycle(new(2025, 3), Currency.Cny, [], [C24Tests.Adjustment("R", 1), C24Tests.Adjustment("R", 2)], 21),
            () => NettingTable.Sheet(new(2025, 3), Currency.Cny, [new NettingRecord("1", 0, "A", "B", Yuan, new(2025, 3))]),
            () => CrossRegionRules.Monitor(new(1, 2, 0m), new(1, 0, 0m), new(Rate.One, Rate.One, Rate.One)),
            () => CrossRegionRules.AccessGoes(AccessState.Running, AccessState.Open),
            () => CrossRegionForms.Named("x"),
            () => RuleCatalogue.Find("cross-region.cycle-calendar")!.Run("""{"day":"2026-12-01","inputs":{"year":2026,"month":12}}"""),
        },
        refused => Assert.All(Assert.Throws<FaultException>(refused).Faults, fault => Assert.True(
            Expectations.Knows(fault.Expected) || !fault.Expected.Contains(' ', StringComparison.Ordinal), fault.Expected)));

    [Fact]
    public void ShippedParameters_EveryRow_CitesAClauseThatExists()
    {
        var articles = CrossRegionArticles.All.Select(article => article.ToString()).ToHashSet(StringComparer.Ordinal);
        Assert.All(SchemeParameters.Shipped(CrossRegionScheme.Name).Rows, row => Assert.Contains(row.Article, articles));
    }

    [Fact]
    public void ShippedParameters_Defaults_SayWhy() => Assert.All(
        SchemeParameters.Shipped(CrossRegionScheme.Name).Rows.Where(row => row.Note.StartsWith("default", StringComparison.Ordinal)), row => Assert.True(row.Note.Length > 20, row.Key));
}

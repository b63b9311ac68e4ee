using EdgeHub.Rules;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Netting;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C24Tests
{
    private static readonly YearMonth March = new(2025, 3);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C24");

    public static TheoryData<ExampleRow> Reasons => ExampleTable.Of("C24-why");

    [Theory, MemberData(nameof(Examples))]
    public void Payable_Example_IsFundPayPlusSignedAdjustments(ExampleRow row) => Assert.Equal(
        row.Yuan("payable"), CrossRegionRules.Payable(row.Yuan("employee"), row.Yuan("resident"), row.Yuan("adjustments")).Value);

    [Theory, MemberData(nameof(Reasons))]
    public void WhyNotIn_Example_NamesTheFirstReason(ExampleRow row)
    {
        NotCleared? why = row["why"].Length == 0 ? null : row.Word<NotCleared>("why");
        Assert.Equal(why, CrossRegionRules.WhyNotIn(March, Entry("R1", 1, uploaded: row.Day("uploaded")) with { IsReconciled = row.Yes("reconciled"), IsConfirmed = row.Yes("confirmed") }, 21).Value);
    }

    [Fact]
    public void ClearCycle_WorkedExample_FillsTheTables()
    {
        var cleared = CrossRegionRules.ClearCycle(March, Currency.Cny,
            [
                Entry("R1", 18_240_000), Entry("R2", 6_425_050) with { Fund = InsuredFund.Resident, Person = "P2" }, Entry("R3", 500_000, uploaded: new DateOnly(2025, 3, 22)),
                Entry("R4", 700_000) with { IsReconciled = false }, Entry("R5", 900_000) with { IsConfirmed = false },
            ],
            [Adjustment("A1", -320_000)], 21).Value;

        var row = Assert.Single(cleared.Rows);
        Assert.Equal((1, "53", "31", 2, 2), (row.Number, row.InsuredPlace, row.TreatmentPlace, row.Persons, row.Visits));
        Assert.Equal((Money.Fen(24_665_050), Money.Fen(-320_000), Money.Fen(0), Money.Fen(24_345_050)), (row.FundTotal, row.Deduction, row.Supplement, row.Cleared));
        Assert.Equal(Money.Fen(17_920_000), Assert.Single(cleared.Employees).Cleared);
        Assert.Equal(Money.Fen(6_425_050), Assert.Single(cleared.Residents).Cleared);
        Assert.Equal([new PartyPosition("31", Money.Fen(0), Money.Fen(24_345_050)), new PartyPosition("53", Money.Fen(24_345_050), Money.Fen(0))], cleared.Sheet.Parties);
    }

    [Fact]
    public void ClearCycle_EveryFundPart_IsOwed()
    {
        var parts = new FundParts(Money.Fen(1), Money.Fen(20), Money.Fen(300), Money.Fen(4_000), Money.Fen(50_000));
        var row = CrossRegionRules.ClearCycle(March, Currency.Cny, [Entry("R1", 0) with { Parts = parts }, Entry("R2", 0) with { Parts = parts }], [], 21).Value.Rows[0];
        Assert.Equal(parts.Plus(parts), row.Parts);
        Assert.Equal(Money.Fen(108_642), row.Cleared);
        Assert.Equal(1, row.Persons);
    }

    [Fact]
    public void ClearCycle_EditedAdjustment_CountsItsLastVersionAlone()
    {
        var original = Adjustment("A1", -200_000);
        var edited = original with { Record = CrossRegionRules.CorrectAdjustment(original.Record, Money.Fen(-150_000), "A2", new DateOnly(2025, 3, 15), 21, null).Value.Record };
        Assert.Equal(Money.Fen(-150_000), CrossRegionRules.ClearCycle(March, Currency.Cny, [], [edited, original], 21).Value.Rows[0].Cleared);
    }

    [Fact]
    public void ClearCycle_SettlementTwice_IsRefused() => Assert.Equal(
        (Codes.Duplicated, "R1"), Told(Assert.Throws<FaultException>(() => CrossRegionRules.ClearCycle(March, Currency.Cny, [Entry("R1", 1), Entry("R1", 1)], [], 21)).Fault));

    [Fact]
    public void ClearCycle_AdjustmentOfTwoFunds_IsRefused() => Assert.Equal(
        (Codes.Duplicated, "A1"),
        Told(Assert.Throws<FaultException>(() => CrossRegionRules.ClearCycle(March, Currency.Cny, [], [Adjustment("A1", 1), Adjustment("A1", 1) with { Fund = InsuredFund.Resident }], 21)).Fault));

    [Fact]
    public void ClearMonth_OnTheShippedParameters_ClearsOnlyWhatMatched()
    {
        var day = new DateOnly(2025, 3, 1);
        var terms = CrossRegionTerms.From(SchemeParameters.Shipped(CrossRegionScheme.Name).On(day, day));
        ReconciliationRecord[] nation = [new("R1", "S", Money.Fen(200), Money.Fen(100)), new("R2", "S", Money.Fen(200), Money.Fen(100))];
        var (reconciliation, tables, steps) = CrossRegionScheme.ClearMonth(
            March, (nation, [nation[1], nation[0] with { Fund = Money.Fen(101) }], nation), [Entry("R1+S", 100), Entry("R2+S", 100)], [], terms);
        Assert.Equal(["R2+S"], reconciliation.Matched);
        Assert.Equal(Money.Fen(100), tables.Sheet.Total);
        Assert.Equal(["reconciliation | C13 | 1.00 CNY", "cleared | C24 | 1.00 CNY"], steps.Select(step => $"{step.Name} | {step.Article.Rule} | {step.Value}"));
    }

    internal static ClearingEntry Entry(string key, long fundFen, DateOnly? uploaded = null) => new(
        key, "53", "31", InsuredFund.Employee, "P1", FundParts.OfPool(Money.Fen(fundFen)), Money.Fen(fundFen * 2), uploaded ?? new DateOnly(2025, 3, 21), true, true);

    internal static ClearingAdjustment Adjustment(string key, long fen) => new(new NettingRecord(key, 1, "53", "31", Money.Fen(fen), March), InsuredFund.Employee);

    private static (string, string) Told(Fault fault) => (fault.Code, fault.Value);

    /// <summary>Rows stand in the order of the insured places, then of the treatment places, and total costs are summed.</summary>
    [Fact]
    public void ClearCycle_SeveralPairs_StandInTheOrderOfTheirCodes()
    {
        var day = new DateOnly(2025, 3, 1);
        ClearingEntry[] entries = [.. new[] { ("53", "44"), ("53", "31"), ("44", "31"), ("53", "31") }.Select((pair, i) => new ClearingEntry(
            $"S{i}", pair.Item1, pair.Item2, InsuredFund.Employee, $"P{i}", FundParts.OfPool(Money.Fen(100)), Money.Fen(200 + i), day, true, true))];
        var rows = CrossRegionRules.ClearCycle(new EdgeHub.Rules.Calendars.YearMonth(2025, 3), Currency.Cny, entries, [], 21).Value.Rows;
        Assert.Equal(["1 44 31", "2 53 31", "3 53 44"], rows.Select(row => $"{row.Number} {row.InsuredPlace} {row.TreatmentPlace}"));
        Assert.Equal([Money.Fen(202), Money.Fen(404), Money.Fen(200)], rows.Select(row => row.TotalCost));
    }
}

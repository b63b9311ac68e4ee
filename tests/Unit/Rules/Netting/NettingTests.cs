using EdgeHub.Rules;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Netting;

namespace EdgeHub.Tests.Unit.Rules.Netting;

public sealed class NettingTests
{
    private static readonly YearMonth March = new(2025, 3);

    [Fact]
    public void Sheet_BothWays_IsGrossWithTheNetShown()
    {
        var sheet = NettingTable.Sheet(March, Currency.Cny, [Of("1", "B", "A", 300), Of("2", "A", "B", 500), Of("3", "A", "B", 25), Of("4", "A", "C", 7, March.AddMonths(1))]);
        Assert.Equal([new PairAmount("A", "B", Money.Fen(525), 2), new PairAmount("B", "A", Money.Fen(300), 1)], sheet.Pairs);
        Assert.Equal([new PairNet("A", "B", Money.Fen(225))], sheet.Nets);
        Assert.Equal([new PartyPosition("A", Money.Fen(525), Money.Fen(300)), new PartyPosition("B", Money.Fen(300), Money.Fen(525))], sheet.Parties);
        Assert.Equal((Money.Fen(825), Money.Fen(-225)), (sheet.Total, sheet.Parties[0].Net));
    }

    [Fact]
    public void Sheet_MoreDeductedThanOwed_IsOwedTheOtherWay()
    {
        var sheet = NettingTable.Sheet(March, Currency.Cny, [Of("1", "A", "B", 100), Of("2", "A", "B", -130)]);
        Assert.Equal([new PairNet("B", "A", Money.Fen(30))], sheet.Nets);
        Assert.Equal(Money.Fen(-30), sheet.Total);
    }

    [Fact]
    public void Sheet_Versions_CountTheLastOnceInAnyOrder()
    {
        NettingRecord[] records = [Of("1", "A", "B", 100), Of("1", "A", "B", 80) with { Version = 3 }, Of("1", "A", "B", 90) with { Version = 2 }, Of("1", "A", "B", 100)];
        Assert.Equal(Money.Fen(80), NettingTable.Sheet(March, Currency.Cny, records).Total);
        Assert.Equal(Money.Fen(80), NettingTable.Sheet(March, Currency.Cny, records.Reverse()).Total);
    }

    [Fact]
    public void Sheet_LastVersionInAnotherCycle_LeavesTheFirst() =>
        Assert.Empty(NettingTable.Sheet(March, Currency.Cny, [Of("1", "A", "B", 100), Of("1", "A", "B", 80, March.AddMonths(1)) with { Version = 2 }]).Pairs);

    [Fact]
    public void Sheet_BadRecords_AreRefusedByName()
    {
        Assert.Equal((Codes.Duplicated, "payee"), Refused(Of("1", "A", "A", 1)));
        Assert.Equal((Codes.UnknownCurrency, "currency"), Refused(Of("1", "A", "B", 1) with { Amount = new Money(1, Currency.Sek) }));
        Assert.Equal((Codes.BadNumber, "version"), Refused(Of("1", "A", "B", 1) with { Version = 0 }));
        Assert.Equal((Codes.Duplicated, "record"), Refused(Of("1", "A", "B", 1), Of("1", "A", "B", 2)));
    }

    [Theory]
    [InlineData("2025-03-21", null, "2025-03")]
    [InlineData("2025-03-22", null, "2025-04")]
    [InlineData("2025-12-22", null, "2026-01")]
    [InlineData("2025-03-21", "2025-03", "2025-04")]
    [InlineData("2025-03-21", "2025-05", "2025-06")]
    public void CycleOf_Day_IsTheFirstOpenCycle(string uploaded, string? cleared, string cycle)
    {
        YearMonth? through = cleared is null ? null : YearMonth.Of(DateOnly.Parse(cleared + "-01"));
        Assert.Equal(cycle, ClearingMonth.CycleOf(DateOnly.Parse(uploaded), 21, through).ToString());
    }

    [Fact]
    public void Day_BeyondTheMonth_IsItsLast()
    {
        Assert.Equal(new DateOnly(2025, 2, 28), new YearMonth(2025, 2).Day(31));
        Assert.Throws<ArgumentOutOfRangeException>(() => March.Day(32));
        Assert.Throws<ArgumentOutOfRangeException>(() => March.Day(0));
    }

    private static NettingRecord Of(string key, string payer, string payee, long fen, YearMonth? cycle = null) => new(key, 1, payer, payee, Money.Fen(fen), cycle ?? March);

    private static (string, string) Refused(params NettingRecord[] records)
    {
        var fault = Assert.Throws<FaultException>(() => NettingTable.Sheet(March, Currency.Cny, records)).Fault;
        return (fault.Code, fault.Field);
    }

    /// <summary>Pairs and nets stand in the order of the codes, whatever came first; a net of nothing names the lower code first.</summary>
    [Fact]
    public void Sheet_SeveralPairs_StandInTheOrderOfTheirCodes()
    {
        var sheet = NettingTable.Sheet(March, Currency.Cny, [Of("1", "C", "B", 5), Of("2", "A", "C", 7), Of("3", "B", "A", 3), Of("4", "A", "B", 3), Of("5", "C", "A", 1)]);
        Assert.Equal(["A B", "A C", "B A", "C A", "C B"], sheet.Pairs.Select(pair => $"{pair.Payer} {pair.Payee}"));
        Assert.Equal([new PairNet("A", "B", Money.Fen(0)), new PairNet("A", "C", Money.Fen(6)), new PairNet("C", "B", Money.Fen(5))], sheet.Nets);
        Assert.Equal(["A", "B", "C"], sheet.Parties.Select(party => party.Party));
    }
}

using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C17Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C17");

    public static TheoryData<ExampleRow> Tables => ExampleTable.Of("C17-table");

    [Theory, MemberData(nameof(Examples))]
    public void YearlyAdjustment_Example_EndsWithItsMonths(ExampleRow row) => Assert.Equal(
        new PrepaymentYear(row.Day("set by"), row.Day("done by")), CrossRegionRules.YearlyAdjustment(row.Whole("year"), 1, 2).Value);

    [Theory, MemberData(nameof(Tables))]
    public void PrepaymentTable_Example_SumsAreEqual(ExampleRow row)
    {
        var table = CrossRegionRules.PrepaymentTable(2025, [.. row.Words("pairs").Select(Pair)], 2, Currency.Cny).Value;
        Assert.Equal(row["changes"], string.Join(' ', table.Rows.Select(each => $"{each.InsuredPlace}>{each.TreatmentPlace}:{Yuan(each.Change)}")));
        Assert.Equal(row.Words("payables").Order(), table.Provinces.Select(each => $"{each.Party}:{Yuan(each.Payable)}").Order());
        Assert.Equal(row.Words("receivables").Order(), table.Provinces.Select(each => $"{each.Party}:{Yuan(each.Receivable)}").Order());
        Assert.Equal(table.Provinces.Aggregate(Money.Fen(0), (sum, each) => sum + each.Net), Money.Fen(0));
    }

    [Fact]
    public void PrepaymentTable_PairTwice_IsRefused() => Assert.Equal(
        Codes.Duplicated, Assert.Throws<FaultException>(() => CrossRegionRules.PrepaymentTable(2025, [Pair("53>31:1.00:1.00:12"), Pair("53>31:1.00:1.00:12")], 2, Currency.Cny)).Fault.Code);

    private static string Yuan(Money amount) => amount.Major.ToString("0.00", CultureInfo.InvariantCulture);

    private static PrepaymentPair Pair(string text)
    {
        var parts = text.Split(':');
        return new PrepaymentPair(
            parts[0].Split('>')[0], parts[0].Split('>')[1], Money.Parse(parts[1], Currency.Cny), Money.Parse(parts[2], Currency.Cny), int.Parse(parts[3], CultureInfo.InvariantCulture));
    }
}

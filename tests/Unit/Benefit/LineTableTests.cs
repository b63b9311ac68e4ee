using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>B8: total = full self-pay + over price limit + pre-self-pay + eligible.</summary>
public sealed class B08Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B08");

    [Theory, MemberData(nameof(Examples))]
    public void SplitLines_Example_GivesTheParts(BenefitRow row)
    {
        var totals = LineTable.Divided(row).Totals;
        Assert.Equal(new BillTotals(row.Yuan("total"), row.Yuan("full"), row.Yuan("over"), row.Yuan("pre"), row.Yuan("eligible")), totals);
        Assert.Equal(totals.Total, totals.FullSelfPay + totals.OverPriceLimit + totals.PreSelfPay + totals.Eligible);
    }
}

/// <summary>B11: the price limit of the institution's level.</summary>
public sealed class B11Tests
{
    private static readonly CatalogueItem Item = new(
        "ITEM", "item", "", CatalogueClass.A, ExpenseCategory.WesternDrugs, "", null, [10m, 11m, null, 12m], Rate.Zero, DateRange.Year(2025), "");

    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B11");

    [Theory, MemberData(nameof(Examples))]
    public void OverPriceLimit_Example_TakesTheLimitOfTheLevel(BenefitRow row)
    {
        var terms = Assert.IsType<ItemOnDay.Usable>(Item.On(Cases.Day, (int)row.Count("level"))).Terms;
        Assert.Equal(row.Yuan("over"), LineRules.OverPriceLimit(terms.Line(1, row.Number("price"), row.Number("quantity"), row.Yuan("amount"))).Value);
    }
}

/// <summary>B17: over-limit.</summary>
public sealed class B17Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B17");

    [Theory, MemberData(nameof(Examples))]
    public void OverPriceLimit_Example_IsWhatThePriceIsAboveTheLimit(BenefitRow row)
    {
        var over = LineRules.OverPriceLimit(Cases.Line(
            1, CatalogueClass.A, row.Number("price"), row.Number("quantity"), row.Yuan("amount").MinorUnits, row.NumberOrNone("limit")));
        Assert.Equal((row.Yuan("over"), BenefitArticles.B17), (over.Value, over.Article));
    }
}

/// <summary>B18: pre-self-pay.</summary>
public sealed class B18Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B18");

    [Theory, MemberData(nameof(Examples))]
    public void PreSelfPay_Example_IsAShareOfWhatIsBelowTheLimit(BenefitRow row)
    {
        var first = LineRules.PreSelfPay(Cases.Line(1, CatalogueClass.B, 1m, 1m, row.Yuan("amount").MinorUnits, share: row.Number("share")), row.Yuan("over"));
        Assert.Equal((row.Yuan("pre"), BenefitArticles.B18), (first.Value, first.Article));
    }
}

/// <summary>B19: both are rounded per line and not on the whole.</summary>
public sealed class B19Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B19");

    [Theory, MemberData(nameof(Examples))]
    public void SplitLines_Example_RoundsEachLine(BenefitRow row)
    {
        var totals = LineTable.Divided(row).Totals;
        Assert.Equal((row.Yuan("over"), row.Yuan("pre")), (totals.OverPriceLimit, totals.PreSelfPay));
    }
}

/// <summary>Lines of a table's cell: class, price, quantity, amount, limit (- for none), share; semicolons between.</summary>
internal static class LineTable
{
    public static BillSplit Divided(BenefitRow row) =>
        Assert.IsType<SplitOutcome.Divided>(BenefitRules.SplitLines(Cases.Bill([.. row["lines"].Split("; ").Select(Line)]))).Bill;

    private static BillLine Line(string text, int at)
    {
        var cells = text.Split(' ');
        decimal Number(int cell) => decimal.Parse(cells[cell], CultureInfo.InvariantCulture);
        return Cases.Line(
            at + 1, Enum.Parse<CatalogueClass>(cells[0]), Number(1), Number(2), Money.Parse(cells[3], Currency.Cny).MinorUnits,
            cells[4] == "-" ? null : Number(4), Number(5));
    }
}

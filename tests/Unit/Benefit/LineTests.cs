using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>B10, B11, B17, B18, B19: how one line divides.</summary>
public sealed class B10Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B10");

    [Theory, MemberData(nameof(Examples))]
    public void Split_Example_DividesTheLine(BenefitRow row)
    {
        var steps = new List<CitedStep>();
        var line = new BillLine(
            7, "ITEM", ExpenseCategory.WesternDrugs, row.Word<CatalogueClass>("class"), row.Number("price"), row.Number("quantity"), row.Yuan("amount"),
            row.NumberOrNone("limit"), new Rate(row.Number("share")));

        var split = LineRules.Split(line, steps);

        Assert.Equal(new LineSplit(7, row.Yuan("full"), row.Yuan("over"), row.Yuan("pre"), row.Yuan("eligible")), split);
        Assert.Equal(line.Amount, split.FullSelfPay + split.OverPriceLimit + split.PreSelfPay + split.Eligible);
        Assert.Equal(
            new[] { (split.FullSelfPay, "B10"), (split.OverPriceLimit, "B17"), (split.PreSelfPay, "B18") }.Where(part => !part.Item1.IsZero).Select(part => (part.Item1.ToString(), part.Item2)),
            steps.Select(step => (step.Value, step.Article.Rule)));
        Assert.All(steps, step => Assert.EndsWith(", line 7", step.Name));
    }
}

/// <summary>B13: the 14 expense categories, summed in their order.</summary>
public sealed class B13Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B13");

    /// <summary>Lines: category, class, amount. Categories: number, total, eligible.</summary>
    [Theory, MemberData(nameof(Examples))]
    public void Categories_Example_AreSummedInTheirOrder(BenefitRow row)
    {
        var lines = row["lines"].Split("; ").Select((text, at) =>
        {
            var cells = text.Split(' ');
            return Cases.Line(
                at + 1, Enum.Parse<CatalogueClass>(cells[1]), Money.Parse(cells[2], Currency.Cny).Major, 1m, category: (ExpenseCategory)int.Parse(cells[0]));
        });
        var split = Assert.IsType<SplitOutcome.Divided>(BenefitRules.SplitLines(Cases.Bill([.. lines]))).Bill;
        Assert.Equal(
            row["categories"], string.Join("; ", split.Categories.Select(each => FormattableString.Invariant($"{(int)each.Category} {each.Total.Major:0.00} {each.Eligible.Major:0.00}"))));
    }

    [Fact]
    public void Categories_Numbers_AreTheNationalOnes() => Assert.Equal(
        [
            (1, "Bed"), (2, "Consultation"), (3, "Examination"), (4, "Laboratory"), (5, "Treatment"), (6, "Surgery"), (7, "Nursing"), (8, "Materials"),
            (9, "WesternDrugs"), (10, "HerbalPieces"), (11, "ChinesePatentDrugs"), (12, "GeneralConsultationFee"), (13, "Registration"), (14, "Other"),
        ],
        Enum.GetValues<ExpenseCategory>().Select(category => ((int)category, category.ToString())));

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public void Categories_UnknownNumber_IsRefused(int category) => Assert.Equal(
        Codes.UnknownCode, B16Tests.Refused(Cases.Line(1, CatalogueClass.A, 5m, 1m, category: (ExpenseCategory)category)).Code);
}

/// <summary>B16: a line's amount, its decimals and bounds.</summary>
public sealed class B16Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B16");

    [Theory, MemberData(nameof(Examples))]
    public void SplitLines_Example_AcceptsOrNamesTheField(BenefitRow row)
    {
        var line = new BillLine(
            1, "ITEM", ExpenseCategory.WesternDrugs, CatalogueClass.A, row.Number("price"), row.Number("quantity"),
            new Money((long)(row.Number("amount") * 100m), Currency.Cny), null, Rate.Zero);
        if (row["code"].Length == 0)
        {
            Assert.IsType<SplitOutcome.Divided>(BenefitRules.SplitLines(Cases.Bill(line)));
            return;
        }
        var refused = Refused(line);
        Assert.Equal((row["code"], row["field"], BenefitArticles.B16), (refused.Code, refused.Faults[0].Field, refused.Article));
    }

    [Fact]
    public void SplitLines_NoLines_IsRefused() => Assert.Equal(Codes.Missing, Refused().Code);

    [Fact]
    public void SplitLines_FiveHundredLines_PassAndOneMoreIsRefused()
    {
        var lines = Enumerable.Range(1, BillLimits.Lines + 1).Select(no => Cases.Line(no, CatalogueClass.A, 1m, 1m)).ToArray();
        Assert.IsType<SplitOutcome.Divided>(BenefitRules.SplitLines(Cases.Bill(lines[..^1])));
        Assert.Equal(Codes.TooMany, Refused(lines).Code);
    }

    [Fact]
    public void SplitLines_TotalAboveTheLargest_IsRefused()
    {
        var refused = Refused(Cases.Line(1, CatalogueClass.A, 10_000_000m, 1m), Cases.Line(2, CatalogueClass.A, 0.01m, 1m));
        Assert.Equal(new Fault(Codes.BadAmount, "total", "10000000.01 CNY", "above 0.00, up to 10000000.00"), Assert.Single(refused.Faults));
    }

    [Fact]
    public void SplitLines_SeveralFaults_AllAreNamedInTheOrderOfTheLines() => Assert.Equal(
        ["lines[1].price", "lines[2].no", "lines[2].preSelfPay", "lines[3].preSelfPay", "lines[3].amount"],
        Refused(
            Cases.Line(2, CatalogueClass.A, 1m, 1m) with { No = 1, Price = -1m },
            Cases.Line(2, CatalogueClass.A, 1m, 1m),
            Cases.Line(2, CatalogueClass.A, 1m, 1m, share: 0.1m),
            Cases.Line(3, CatalogueClass.B, 1m, 1m, amount: 300, share: 1.1m)).Faults.Select(fault => fault.Field));

    [Fact]
    public void SplitLines_TwoCurrencies_IsRefused() => Assert.Equal(
        Codes.UnknownCurrency, Refused(Cases.Line(1, CatalogueClass.A, 1m, 1m), Cases.Line(2, CatalogueClass.A, 1m, 1m) with { Amount = new Money(100, Currency.Sek) }).Code);

    [Fact]
    public void SplitLines_NegativePriceLimit_IsRefused() => Assert.Equal(
        "lines[1].priceLimit", Assert.Single(Refused(Cases.Line(1, CatalogueClass.A, 1m, 1m, priceLimit: -1m)).Faults).Field);

    [Fact]
    public void Compute_CurrencyOfAnotherBook_IsRefused() => Assert.Equal(
        Codes.UnknownCurrency,
        Cases.Refused(BenefitRules.Compute(
            Cases.Bill(Cases.Line(1, CatalogueClass.A, 1m, 1m) with { Amount = new Money(100, Currency.Sek) }), Cases.Book(Cases.Row(DeductibleMode.None, 0, 0.6m)),
            AccumulatorState.Empty, Money.Fen(0), useAccount: false)).Code);

    internal static SplitOutcome.Refused Refused(params BillLine[] lines) => Assert.IsType<SplitOutcome.Refused>(BenefitRules.SplitLines(Cases.Bill(lines)));
}

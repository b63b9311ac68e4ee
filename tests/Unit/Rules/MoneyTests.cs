using System.Globalization;
using System.Numerics;
using EdgeHub.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class MoneyTests
{
    private static readonly Gen<long> Amounts = Gen.OneOf(
        Gen.Choose(-1_000, 1_000).Select(n => (long)n),
        Gen.Choose(int.MinValue, int.MaxValue).Select(n => n * 400_000L));

    public static TheoryData<long, string, long, string> Products()
    {
        var data = new TheoryData<long, string, long, string>();
        foreach (var row in CsvText.Embedded(typeof(MoneyTests).Assembly, "Rules/MoneyTests.csv", "note").Rows)
        {
            data.Add(long.Parse(row["fen"], CultureInfo.InvariantCulture), row["rate"], long.Parse(row["expected"], CultureInfo.InvariantCulture), row["note"]);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Products))]
    public void Times_EachRow_RoundsOnceHalfAwayFromZero(long fen, string rate, long expected, string note) =>
        Assert.True(Money.Fen(expected) == Money.Fen(fen).Times(Rate.ParseShare(rate, "rate"), MidpointRounding.AwayFromZero), note);

    [Fact]
    public void Times_AnyRate_IsTheExactProductRounded()
    {
        var cases = from fen in Amounts from tenThousandths in Gen.Choose(0, 20_000) select (Fen: fen, Rate: tenThousandths);
        Check(cases, each =>
        {
            var exact = (BigInteger.Abs(each.Fen) * each.Rate * 2 + 10_000) / 20_000 * Math.Sign(each.Fen);
            return Money.Fen(each.Fen).Times(new Rate(each.Rate / 10_000m), MidpointRounding.AwayFromZero).MinorUnits == (long)exact;
        });
    }

    [Fact]
    public void Split_OfAThird_SumsToTheWhole() =>
        Assert.Equal([Money.Fen(33), Money.Fen(33), Money.Fen(34)], Money.Fen(100).Split([1m, 1m, 1m]));

    [Fact]
    public void Split_LastWeightZero_ResidualGoesToTheLastWithAWeight() =>
        Assert.Equal([Money.Fen(33), Money.Fen(33), Money.Fen(34), Money.Fen(0)], Money.Fen(100).Split([1m, 1m, 1m, 0m]));

    [Fact]
    public void Split_MoreHalvesThanUnits_LeavesNobodyWithLessThanNothing() => Assert.Equal(
        [Money.Fen(-1), Money.Fen(-1), Money.Fen(-1), Money.Fen(0), Money.Fen(0), Money.Fen(0)], Money.Fen(-3).Split([1m, 1m, 1m, 1m, 1m, 1m]));

    [Fact]
    public void Split_AnyWeights_SumsToTheWholeAndKeepsItsSign()
    {
        var weight = Gen.OneOf(Gen.Constant(0m), Gen.Choose(1, 9).Select(n => (decimal)n), Gen.Choose(0, int.MaxValue).Select(n => n / 1_000m));
        var cases =
            from fen in Amounts
            from size in Gen.Choose(1, 12)
            from weights in weight.ArrayOf(size)
            where weights.Sum() > 0
            select (Whole: Money.Fen(fen), Weights: weights);
        Check(cases, each =>
        {
            var parts = each.Whole.Split(each.Weights);
            return parts.Aggregate((a, b) => a + b) == each.Whole
                && parts.Count == each.Weights.Length
                && parts.All(part => part.IsZero || part.IsNegative == each.Whole.IsNegative)
                && parts.Zip(each.Weights).All(pair => pair.Second > 0 || pair.First.IsZero);
        });
    }

    [Fact]
    public void Split_ImpossibleWeights_Throws()
    {
        Assert.Throws<ArgumentException>(() => Money.Fen(1).Split([]));
        Assert.Throws<ArgumentException>(() => Money.Fen(1).Split([0m, 0m]));
        Assert.Throws<ArgumentException>(() => Money.Fen(1).Split([2m, -1m]));
    }

    [Fact]
    public void Arithmetic_Overflow_Throws()
    {
        var most = Money.Fen(long.MaxValue);
        var least = Money.Fen(long.MinValue);
        Assert.Throws<OverflowException>(() => most + Money.Fen(1));
        Assert.Throws<OverflowException>(() => least - Money.Fen(1));
        Assert.Throws<OverflowException>(() => -least);
        Assert.Throws<OverflowException>(() => most.Times(2));
        Assert.Throws<OverflowException>(() => most.Times(new Rate(1.1m), MidpointRounding.AwayFromZero));
        Assert.Throws<OverflowException>(() => most.Times(new Rate(decimal.MaxValue), MidpointRounding.AwayFromZero));
        Assert.Throws<OverflowException>(() => Money.Fen(Money.LargestMinorUnits).Split([1e27m, 1e27m]));
    }

    [Fact]
    public void Arithmetic_TwoCurrencies_Throws()
    {
        var kronor = new Money(1, Currency.Sek);
        Assert.Throws<InvalidOperationException>(() => Money.Fen(1) + kronor);
        Assert.Throws<InvalidOperationException>(() => Money.Fen(1) - kronor);
        Assert.Throws<InvalidOperationException>(() => Money.Fen(1) < kronor);
        Assert.Throws<InvalidOperationException>(() => Money.Max(Money.Fen(1), kronor));
        Assert.NotEqual(Money.Fen(1), kronor);
    }

    [Fact]
    public void Comparison_OfAmounts_IsThatOfTheirUnits()
    {
        Assert.True(Money.Fen(1) > Money.Fen(0) && Money.Fen(0) < Money.Fen(1) && Money.Fen(1) >= Money.Fen(1) && Money.Fen(1) <= Money.Fen(1));
        Assert.Equal((Money.Fen(-1), Money.Fen(2)), (Money.Min(Money.Fen(-1), Money.Fen(2)), Money.Max(Money.Fen(-1), Money.Fen(2))));
        Assert.Equal((Money.Fen(0), Money.Fen(3)), (Money.Fen(-3).NotBelowZero(), Money.Fen(3).NotBelowZero()));
    }

    [Theory]
    [InlineData("12.34", 1234)]
    [InlineData("-0.05", -5)]
    [InlineData("0", 0)]
    [InlineData("12.3", 1230)]
    [InlineData("12.3400", 1234)]
    [InlineData("10000000000000", Money.LargestMinorUnits)]
    [InlineData("-10000000000000.00", -Money.LargestMinorUnits)]
    public void Parse_Amount_GivesMinorUnits(string text, long fen) => Assert.Equal(Money.Fen(fen), Money.Parse(text, Currency.Cny));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1,00")]
    [InlineData("1e3")]
    [InlineData("0.005")]
    [InlineData("¥1")]
    [InlineData("１")]
    [InlineData("NaN")]
    [InlineData("10000000000000.01")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("0.00000000000000000000000000000001")]
    public void Parse_AnythingElse_IsRefusedByName(string? text)
    {
        var fault = Assert.Throws<FaultException>(() => Money.Parse(text, Currency.Cny, "price")).Fault;
        Assert.Equal((Codes.BadAmount, "price", text ?? ""), (fault.Code, fault.Field, fault.Value));
    }

    [Fact]
    public void ToString_AnyCulture_ParsesBack()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("sv-SE");
            Assert.Equal("-1234.50 SEK", new Money(-123450, Currency.Sek).ToString());
            Check(Amounts, fen => Math.Abs(fen) > Money.LargestMinorUnits || Money.Parse(Money.Fen(fen).ToString()[..^4], Currency.Cny) == Money.Fen(fen));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static void Check<T>(Gen<T> cases, Func<T, bool> holds) =>
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}

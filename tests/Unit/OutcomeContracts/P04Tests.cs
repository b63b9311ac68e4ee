using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.OutcomeContracts;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

public sealed class P04Tests
{
    private static readonly Money Price = Money.Parse("47000.00", Currency.Sek);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("P04");

    public static TheoryData<ExampleRow> Prices => ExampleTable.Of("P04-price");

    [Theory, MemberData(nameof(Examples))]
    public void PayProvider_Example_PaysAboveTheTenth(ExampleRow row)
    {
        var panel = new ProviderPanel("coach", row.Count("N"), row.Count("S"));
        Assert.Equal(new ProviderPay(row.Decimal("paid outcomes"), row.Kronor("amount")), OutcomeContractsRules.PayProvider(Price, panel, P03Tests.Range, PayReading.AboveThreshold).Value);
        Assert.Equal(row.Kronor("other reading"), OutcomeContractsRules.PayProvider(Price, panel, P03Tests.Range, PayReading.AllOnceAbove).Value.Amount);
    }

    [Theory, MemberData(nameof(Prices))]
    public void PriceOfOutcome_Example_IsRoundedDownToThousands(ExampleRow row) => Assert.Equal(
        new OutcomePrice(row.Count("payable"), row.Kronor("exact"), row.Kronor("price"), row.Kronor("evaluator")),
        OutcomeContractsRules.PriceOfOutcome(row.Kronor("programme"), row.Count("participants"), P03Tests.Range).Value);

    [Fact]
    public void PayProvider_AtEightyPercentOfTheProgramme_MeetsTheBudgetButForTheRounding()
    {
        var price = OutcomeContractsRules.PriceOfOutcome(P03Tests.Programme, 30_000, P03Tests.Range).Value;
        var pay = OutcomeContractsRules.PayProvider(price.Price, new ProviderPanel("all", 30_000, 24_000), P03Tests.Range, PayReading.AboveThreshold).Value.Amount;
        Assert.Equal(Money.Parse("999999000.00", Currency.Sek), pay + OutcomeContractsRules.EvaluatorPay(price).Value);
        Assert.Equal(P03Tests.Programme, OutcomeContractsRules.ProgrammePayout(new Fraction(24_000, 30_000), P03Tests.Programme, P03Tests.Range).Value);
    }

    [Fact]
    public void PayProvider_OutOfBounds_IsRefused()
    {
        Assert.Equal("outcomes", Refused(1, 2));
        Assert.Equal("outcomes", Refused(1, -1));
        Assert.Equal("outcomes", Refused(-1, -1));
        var wrong = new PayRange(new Rate(0.8m), new Rate(0.1m));
        Assert.Equal("from", P03Tests.Refused(() => OutcomeContractsRules.PriceOfOutcome(P03Tests.Programme, 30_000, wrong)));
        Assert.Equal("from", P03Tests.Refused(() => OutcomeContractsRules.PayProvider(Price, new ProviderPanel("coach", 10, 5), wrong, PayReading.AboveThreshold)));
        Assert.Equal("participants", P03Tests.Refused(() => OutcomeContractsRules.PriceOfOutcome(Price, 1, P03Tests.Range)));

        static string Refused(long all, long achieved) =>
            P03Tests.Refused(() => OutcomeContractsRules.PayProvider(Price, new ProviderPanel("coach", all, achieved), P03Tests.Range, PayReading.AboveThreshold));
    }
}

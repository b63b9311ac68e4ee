using EdgeHub.Rules;
using EdgeHub.Rules.Payment;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

public sealed class O01Tests
{
    private static readonly DateOnly Day = new(2025, 3, 12);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("O01");

    [Theory, MemberData(nameof(Examples))]
    public void Pay_Example_IsTheSumOfItsParts(ExampleRow row)
    {
        var paid = PrimaryCareChoiceRules.Pay([.. row.Words("parts").Select(Part)], Currency.Sek).Value;
        Assert.Equal(row.Kronor("total"), paid.Total);
        Assert.Equal(row.DecimalOrNone("capitation share"), paid.ShareOf(PaymentModel.Capitation)?.Rounded(4));
        Assert.Equal(paid.Total, Enum.GetValues<PaymentModel>().Select(paid.Of).Aggregate(Money.Zero(Currency.Sek), (sum, part) => sum + part));
    }

    [Fact]
    public void Pay_PartTwiceOrNegative_IsRefused()
    {
        Assert.Equal(Codes.Duplicated, Refused(Part("Capitation:1:1.00"), Part("Capitation:2:1.00")).Code);
        Assert.Equal((Codes.BadAmount, "FeeForService"), (Refused(Part("FeeForService:-1:1.00")).Code, Refused(Part("FeeForService:-1:1.00")).Field));
    }

    [Fact]
    public void ListedAt_Day_IsTheOneUnitOrNone()
    {
        Listing[] listings = [new("P1", "Varberga", new DateOnly(2024, 1, 1), Day), new("P1", "Lindesberg", Day, null), new("P2", "Varberga", Day.AddDays(1), null)];
        Assert.Equal("Lindesberg", PrimaryCareChoiceRules.ListedAt(listings, "P1", Day).Value);
        Assert.Equal("Varberga", PrimaryCareChoiceRules.ListedAt(listings, "P1", Day.AddDays(-1)).Value);
        Assert.Null(PrimaryCareChoiceRules.ListedAt(listings, "P2", Day).Value);
        var fault = Assert.Throws<FaultException>(() => PrimaryCareChoiceRules.ListedAt([listings[1], listings[1]], "P1", Day)).Fault;
        Assert.Equal((Codes.Duplicated, "listings"), (fault.Code, fault.Field));
    }

    internal static PaymentComponent Part(string text)
    {
        var parts = text.Split(':');
        var (name, count, price) = (parts[0], long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), Money.Parse(parts[2], Currency.Sek));
        return name switch
        {
            "BlockGrant" => new PaymentComponent.BlockGrant(name, price.Times(count)),
            "Capitation" => new PaymentComponent.Capitation(name, count, price),
            "Episode" => new PaymentComponent.Episode(name, count, price),
            "FeeForService" => new PaymentComponent.FeePerAct(name, count, price),
            _ => new PaymentComponent.GoalRelated(name, price.Times(count)),
        };
    }

    private static Fault Refused(params PaymentComponent[] parts) => Assert.Throws<FaultException>(() => PrimaryCareChoiceRules.Pay(parts, Currency.Sek)).Fault;
}

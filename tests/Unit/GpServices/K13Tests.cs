using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K13Tests
{
    private static readonly DateOnly LastDay = new(2025, 3, 31);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K13");

    public static TheoryData<ExampleRow> Pools => ExampleTable.Of("K13-pool");

    [Theory, MemberData(nameof(Examples))]
    public void Caip_Example_PaysAThirdPerDomain(ExampleRow row)
    {
        CaipDeclaration[] declarations = [.. row.Words("declarations").Select(text => text.Split(':')).Select(parts => new CaipDeclaration(Enum.Parse<CaipDomain>(parts[0]), DateOnly.Parse(parts[1]), parts[2] == "yes"))];
        var paid = GpServicesRules.Caip(row.Pounds("available"), declarations, LastDay).Value;
        Assert.Equal(row.Pounds("total"), paid.Total);
        Assert.Equal(row.Words("parts").Select(text => Money.Parse(text, Currency.Gbp)), paid.Parts.Select(part => part.Amount));
        Assert.All(paid.Parts, part => Assert.Equal(part.Amount.IsZero ? null : declarations.Single(each => each.Domain == part.Domain).Declared, part.PayableFrom));
    }

    [Theory, MemberData(nameof(Pools))]
    public void CaipPool_Example_IsItsShareOfTheFund(ExampleRow row) => Assert.Equal(row.Pounds("pool"), GpServicesRules.CaipPool(row.Pounds("fund"), new Rate(0.30m)).Value);

    [Fact]
    public void CapacityAndAccess_OnTheShippedParameters_IsTheWorkedExample()
    {
        var day = new DateOnly(2025, 1, 1);
        var terms = GpServicesTerms.From(SchemeParameters.Shipped(GpServicesScheme.Name).On(day, day));
        var (payment, steps) = GpServicesScheme.CapacityAndAccess(
            Money.Parse("200000.00", Currency.Gbp), [new(CaipDomain.Telephony, day, true), new(CaipDomain.Navigation, LastDay, true)], terms);
        Assert.Equal(Money.Parse("40000.00", Currency.Gbp), payment.Total);
        Assert.Equal(["pool K13 60000.00 GBP", "payment K13 40000.00 GBP"], steps.Select(step => $"{step.Name} {step.Article.Rule} {step.Value}"));
        Assert.Equal((37.5m, 1.959964m, 0.025m), (terms.FullWeekHours, terms.RateZ, terms.RateTail));
    }

    [Fact]
    public void Caip_DomainTwice_IsRefused() => Assert.Equal(
        "domain", Assert.Throws<FaultException>(() => GpServicesRules.Caip(Money.Zero(Currency.Gbp), [new(CaipDomain.Telephony, LastDay, true), new(CaipDomain.Telephony, LastDay, true)], LastDay)).Fault.Field);
}

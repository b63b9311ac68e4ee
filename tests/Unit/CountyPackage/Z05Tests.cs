using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z05Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z05");

    [Theory, MemberData(nameof(Examples))]
    public void PackageBudget_Example_GivesEachAmountOfTheFormula(ExampleRow row)
    {
        var funding = CountyPackageRules.Funding(row.Count("insured"), row.Yuan("premium")).Value;
        var city = CountyPackageRules.CityExtraction(funding, row.Rate("city rate")).Value;
        var catastrophic = CountyPackageRules.CatastrophicPremium(row.Count("insured"), row.Yuan("catastrophic premium")).Value;
        var reserveBase = CountyPackageRules.ReserveBase(funding, city, catastrophic).Value;
        var package = CountyPackageRules.PackageBudget(reserveBase, row.Yuan("county extraction"));

        Assert.Equal(
            (row.Yuan("F"), row.Yuan("city"), row.Yuan("catastrophic"), row.Yuan("B0"), row.Yuan("P")),
            (funding, city, catastrophic, reserveBase, package.Value));
        Assert.Equal(CountyPackageArticles.Z05, package.Article);
    }

    [Fact]
    public void ReserveBase_CatastrophicPremiumAboveWhatIsLeft_IsRefused()
    {
        var fault = Assert.Throws<FaultException>(() => CountyPackageRules.ReserveBase(Money.Fen(100), Money.Fen(2), Money.Fen(99))).Fault;
        Assert.Equal(new Fault(Codes.BadAmount, "catastrophicPremium", "0.99 CNY", "at most 0.98 CNY, what the city leaves of the funding"), fault);
    }

    [Theory]
    [InlineData(-1, 83000, Codes.BadNumber)]
    [InlineData(1, -1, Codes.BadAmount)]
    public void Funding_Negative_IsRefused(long insured, long premiumFen, string code) =>
        Assert.Equal(code, Assert.Throws<FaultException>(() => CountyPackageRules.Funding(insured, Money.Fen(premiumFen))).Fault.Code);

    [Fact]
    public void Funding_Huge_DoesNotWrapAround() =>
        Assert.Throws<OverflowException>(() => CountyPackageRules.Funding(long.MaxValue, Money.Fen(83000)));
}

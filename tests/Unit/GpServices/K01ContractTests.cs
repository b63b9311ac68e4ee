using System.Globalization;
using System.Numerics;
using EdgeHub.Rules;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Payment;
using EdgeHub.Rules.Schemes.GpServices;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K01ContractTests
{
    private static readonly YearMonth October = new(2024, 10);
    private static readonly DateOnly LastDay = new(2025, 3, 31);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K01-contract");

    [Theory, MemberData(nameof(Examples))]
    public void Contract_Example_IsTheSumOfItsParts(ExampleRow row)
    {
        var paid = GpServicesRules.Contract(
            new NetworkYear(
                row.Count("registered"), row.Pounds("per patient"), [.. row.Words("claims").Select(Claim)], row.Pounds("roles budget"), row.Pounds("gps budget"),
                row.Pounds("available"), [.. row.Words("domains").Select(name => new CaipDeclaration(Enum.Parse<CaipDomain>(name), LastDay, true))],
                [.. row.Words("indicators").Select(Indicator)], row.Pounds("per point")),
            October, LastDay).Value;
        Assert.Equal(
            (row.Pounds("core"), row.Pounds("roles"), row.Pounds("gps"), row.Pounds("access"), row.Pounds("measured"), row.Pounds("protected")),
            (Part("core contract"), Part("additional roles: Roles"), Part("additional roles: NewlyQualifiedGps"), Part("capacity and access"), Part("quality, measured"), Part("quality, income protection")));
        Assert.Equal(row.Pounds("total"), paid.Total);
        Assert.Equal(
            new[] { "Roles", "NewlyQualifiedGps" }.Select(budget => (long)row.Words("claims").Count(claim => claim.StartsWith(budget, StringComparison.Ordinal))),
            paid.Parts.OfType<PaymentComponent.PricedActs>().Select(part => part.Acts));
        Assert.Equal((row.Pounds("core"), row.Pounds("protected")), (paid.Of(PaymentModel.Capitation), paid.Of(PaymentModel.BlockGrant)));

        Money Part(string name) => paid.Parts.Where(part => part.Name.StartsWith(name, StringComparison.Ordinal)).Aggregate(Money.Zero(Currency.Gbp), (sum, part) => sum + part.Amount);
    }

    /// <summary>The sum is what the scheme's own functions give, and points are paid as whole pence by a reading of their own.</summary>
    [Fact]
    public void Contract_AnyYear_IsTheSumOfTheSchemesOwnResults() => Prop.ForAll(Arb.From(Gen.Choose(0, 400_000).ArrayOf(9)), drawn =>
    {
        ArrsClaim[] claims =
        [
            new("paramedic", ArrsBudget.Roles, October, 1m, Pence(drawn[0]), Pence(drawn[1])), new("pharmacist", ArrsBudget.Roles, October, 1m, Pence(drawn[2]), Pence(0)),
            new("GP", ArrsBudget.NewlyQualifiedGps, October, 1m, Pence(drawn[3]), Pence(1)),
        ];
        CaipDeclaration[] declarations = [.. Enum.GetValues<CaipDomain>().Where(domain => drawn[4] % (2 + (int)domain) != 0).Select(domain => new CaipDeclaration(domain, LastDay.AddDays(drawn[5] % 2), drawn[6] % 5 != 0))];
        QofIndicator[] indicators = [new("A", false, drawn[5] % 900 / 100m, 0m), new("B", true, 1m, drawn[6] % 900 / 100m), new("C", false, drawn[7] % 900 / 100m, 3m)];
        var year = new NetworkYear(drawn[7], Pence(drawn[8] % 20_000), claims, Pence(drawn[4]), Pence(drawn[5]), Pence(drawn[6]), declarations, indicators, Pence(drawn[8] % 30_000));

        var positions = GpServicesRules.ArrsPositions(claims, year.RolesBudget, year.NewlyQualifiedGpsBudget, October).Value;
        var access = GpServicesRules.Caip(year.CaipAvailable, declarations, LastDay).Value;
        var quality = GpServicesRules.QofPay(indicators, year.PerQofPoint).Value;
        var own = year.PerPatient.Times(year.Registered) + positions[0].Payable + positions[1].Payable + access.Total + quality.Total;
        Assert.Equal(own, GpServicesRules.Contract(year, October, LastDay).Value.Total);
        var hundredths = (drawn[5] % 900) + (drawn[6] % 900) + (drawn[7] % 900);
        Assert.Equal((((BigInteger)hundredths * (drawn[8] % 30_000) * 2) + 100) / 200, quality.Total.MinorUnits);
        Assert.Equal(quality.Total, quality.Protected + quality.Measured);
        Assert.False(quality.Measured.IsNegative);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Contract_NegativeInputs_AreRefusedByName()
    {
        var year = new NetworkYear(1, Pence(1), [], Pence(0), Pence(0), Pence(0), [], [], Pence(1));
        Assert.Equal("registered", Refused(year with { Registered = -1 }));
        Assert.Equal("perPatient", Refused(year with { PerPatient = Pence(-1) }));
        Assert.Equal("perPoint", Refused(year with { PerQofPoint = Pence(-1) }));

        static string Refused(NetworkYear year) => Assert.Throws<FaultException>(() => GpServicesRules.Contract(year, October, LastDay)).Fault.Field;
    }

    private static Money Pence(long pence) => new(pence, Currency.Gbp);

    private static ArrsClaim Claim(string text)
    {
        var parts = text.Split(':');
        return new ArrsClaim("role", Enum.Parse<ArrsBudget>(parts[0]), October, 1m, Money.Parse(parts[1], Currency.Gbp), Money.Parse(parts[2], Currency.Gbp));
    }

    private static QofIndicator Indicator(string text, int i)
    {
        var parts = text.Split(':');
        return new QofIndicator($"I{i}", parts[0] == "yes", decimal.Parse(parts[1], CultureInfo.InvariantCulture), decimal.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}

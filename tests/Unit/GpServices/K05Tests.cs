using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K05Tests
{
    private static readonly YearMonth October = new(2024, 10);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K05");

    public static TheoryData<ExampleRow> Uplifts => ExampleTable.Of("K05-uplift");

    [Theory, MemberData(nameof(Examples))]
    public void ArrsPositions_Example_KeepsTheRingFence(ExampleRow row)
    {
        var positions = GpServicesRules.ArrsPositions([.. row.Words("claims").Select(Claim)], row.Pounds("budget"), row.Pounds("gp budget"), October).Value;
        Assert.Equal((row.Pounds("claimed"), row.Pounds("payable"), row.Pounds("left"), row.Decimal("wte")), (positions[0].Claimed, positions[0].Payable, positions[0].Left, positions[0].Wte));
        Assert.Equal((row.Pounds("gp claimed"), row.Pounds("gp payable"), row.Pounds("gp left")), (positions[1].Claimed, positions[1].Payable, positions[1].Left));
    }

    [Theory, MemberData(nameof(Uplifts))]
    public void BackdatedUplift_Example_CountsMonths(ExampleRow row) => Assert.Equal(
        row.Pounds("uplift"), GpServicesRules.BackdatedUplift(row.Pounds("old"), row.Pounds("new"), row.Month("from"), row.Month("first new month")).Value);

    [Fact]
    public void ArrsPositions_NewGpBeforeOctoberOrNegative_IsRefused()
    {
        var claim = Claim("NewlyQualifiedGps:1:7000.00:1700.00");
        Assert.Equal("month", Refused(claim with { Month = October.AddMonths(-1) }));
        Assert.Equal("salary", Refused(claim with { Salary = new Money(-1, Currency.Gbp) }));
        Assert.Equal("onCosts", Refused(claim with { OnCosts = new Money(-1, Currency.Gbp) }));
        Assert.Equal("wte", Refused(claim with { Wte = -0.1m }));
        Assert.Equal("newMonthly", Assert.Throws<FaultException>(() => GpServicesRules.BackdatedUplift(new Money(2, Currency.Gbp), new Money(1, Currency.Gbp), October, October)).Fault.Field);
    }

    [Fact]
    public void ArrsPositions_ClaimWithoutStaff_IsTaken() => Assert.Equal(
        Money.Parse("8700.00", Currency.Gbp),
        GpServicesRules.ArrsPositions([Claim("NewlyQualifiedGps:0:7000.00:1700.00")], Money.Zero(Currency.Gbp), Money.Zero(Currency.Gbp), October).Value[1].Claimed);

    private static string Refused(ArrsClaim claim) =>
        Assert.Throws<FaultException>(() => GpServicesRules.ArrsPositions([claim], Money.Zero(Currency.Gbp), Money.Zero(Currency.Gbp), October)).Fault.Field;

    private static ArrsClaim Claim(string text)
    {
        var parts = text.Split(':');
        return new ArrsClaim("role", Enum.Parse<ArrsBudget>(parts[0]), October, decimal.Parse(parts[1], CultureInfo.InvariantCulture), Money.Parse(parts[2], Currency.Gbp), Money.Parse(parts[3], Currency.Gbp));
    }
}

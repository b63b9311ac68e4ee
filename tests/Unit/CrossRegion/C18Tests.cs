using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C18Tests
{
    private static readonly Rate Yellow = new(0.70m);
    private static readonly Rate Red = new(0.90m);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C18");

    public static TheoryData<ExampleRow> Increases => ExampleTable.Of("C18-increase");

    public static TheoryData<ExampleRow> Steps => ExampleTable.Of("C18-steps");

    [Theory, MemberData(nameof(Examples))]
    public void Usage_Example_WarnsFromTheShareOn(ExampleRow row) => Assert.Equal(
        new PrepaymentUsage(row.Word<UsageWarning>("warning"), row.Yuan("yellow from"), row.Yuan("red from")),
        CrossRegionRules.Usage(row.Yuan("used"), row.Yuan("quota"), Yellow, Red).Value);

    [Theory, MemberData(nameof(Increases))]
    public void EmergencyIncrease_Example_IsTheSmallestThatEndsTheWarning(ExampleRow row)
    {
        var (used, quota) = (row.Yuan("used"), row.Yuan("quota"));
        var increase = CrossRegionRules.EmergencyIncrease(used, quota, Red, Yellow).Value;
        Assert.Equal(row.Yuan("increase"), increase);
        Assert.True(used.MinorUnits <= (quota + increase).MinorUnits * Yellow.Value);
        Assert.True(used.MinorUnits > (quota + increase - Money.Fen(1)).MinorUnits * Yellow.Value);
    }

    [Fact]
    public void EmergencyIncrease_WithoutARedWarning_IsRefused()
    {
        var fault = Assert.Throws<FaultException>(() => CrossRegionRules.EmergencyIncrease(Money.Fen(539_999_999), Money.Fen(600_000_000), Red, Yellow)).Fault;
        Assert.Equal(new Fault(Codes.BadAmount, "used", "5399999.99 CNY", "at least 90 % of 6000000.00 CNY, the red warning"), fault);
        Assert.True(Expectations.Knows(fault.Expected));
    }

    [Theory]
    [InlineData(-1, 1, "used")]
    [InlineData(1, -1, "quota")]
    public void Usage_Negative_IsRefused(long used, long quota, string field) =>
        Assert.Equal(field, Assert.Throws<FaultException>(() => CrossRegionRules.Usage(Money.Fen(used), Money.Fen(quota), Yellow, Red)).Fault.Field);

    [Theory, MemberData(nameof(Steps))]
    public void EmergencyGoes_EachState_OnlyAsTheTableSays(ExampleRow row) => StepRows.Hold(row, CrossRegionStates.Emergency, CrossRegionRules.EmergencyGoes);

    [Fact]
    public void EmergencyGoes_EveryState_HasItsRow() => StepRows.CoverEveryState<EmergencyState>(Steps);
}

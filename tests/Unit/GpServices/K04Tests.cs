using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K04Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K04");

    public static TheoryData<ExampleRow> Hours => ExampleTable.Of("K04-fte");

    [Theory, MemberData(nameof(Examples))]
    public void Workforce_Example_FootsAndRefusesAnotherTotal(ExampleRow row)
    {
        WorkforceLine[] groups =
        [
            Line(WorkforceGroup.Gp, "gp"), Line(WorkforceGroup.Nurse, "nurse"), Line(WorkforceGroup.DirectPatientCare, "care"), Line(WorkforceGroup.NonClinical, "non-clinical"),
        ];
        Assert.Equal(
            new WorkforceTotal(row.Decimal("total"), row.Decimal("total before"), row.Decimal("change")),
            GpServicesRules.Workforce(groups, row.Decimal("total"), row.Decimal("total before")).Value);
        Assert.Equal("printedTotal", Assert.Throws<FaultException>(() => GpServicesRules.Workforce(groups, row.Decimal("total") + 1, row.Decimal("total before"))).Fault.Field);
        Assert.Equal("printedTotal", Assert.Throws<FaultException>(() => GpServicesRules.Workforce(groups, row.Decimal("total"), row.Decimal("total before") + 1)).Fault.Field);
        Assert.Equal("group", Assert.Throws<FaultException>(() => GpServicesRules.Workforce([groups[0], groups[0]], 0, 0)).Fault.Field);

        WorkforceLine Line(WorkforceGroup group, string column) => new(group, row.Decimal(column), row.Decimal(column + " before"));
    }

    [Theory, MemberData(nameof(Hours))]
    public void FullTimeEquivalent_Example_IsOfAFullWeek(ExampleRow row) => Assert.Equal(row.Decimal("fte"), GpServicesRules.FullTimeEquivalent(row.Decimal("hours"), 37.5m).Value.Rounded(4));

    [Theory]
    [InlineData(-1, 37)]
    [InlineData(1, 0)]
    public void FullTimeEquivalent_OutOfBounds_IsRefused(int hours, int full) =>
        Assert.Equal("hours", Assert.Throws<FaultException>(() => GpServicesRules.FullTimeEquivalent(hours, full)).Fault.Field);
}

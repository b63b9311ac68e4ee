using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C15Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C15");

    public static TheoryData<ExampleRow> Agencies => ExampleTable.Of("C15-agency");

    [Theory, MemberData(nameof(Examples))]
    public void ConfirmWithHospitalsBy_Example_IsInTheNextMonth(ExampleRow row) => Assert.Equal(
        row.Day("confirm by"), CrossRegionRules.ConfirmWithHospitalsBy(row.Month("care month"), row.Whole("day")).Value);

    [Theory, MemberData(nameof(Agencies))]
    public void SettledBy_Example_IsTheAgencyOfItsLevel(ExampleRow row) =>
        Assert.Equal(row.Word<SettlingAgency>("agency"), CrossRegionRules.SettledBy(row.Word<HospitalLevel>("level")).Value);
}

using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C05Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C05");

    public static TheoryData<ExampleRow> Serials => ExampleTable.Of("C05-next");

    [Theory, MemberData(nameof(Examples))]
    public void IsInstitutionCode_Example_HasTheForm(ExampleRow row) => Assert.Equal(row.Yes("is code"), CrossRegionRules.IsInstitutionCode(row["code"]).Value);

    [Theory, MemberData(nameof(Serials))]
    public void NextInstitutionCode_Example_IsNeverOneThatWasGiven(ExampleRow row)
    {
        var next = CrossRegionRules.NextInstitutionCode(row["area"], row.Words("ever given")).Value;
        Assert.Equal(row["code"], next);
        Assert.DoesNotContain(next, row.Words("ever given"));
        Assert.True(CrossRegionRules.IsInstitutionCode(next).Value);
    }

    [Theory]
    [InlineData("530924", "5309241999999", Codes.TooMany)]
    [InlineData("99", "5309241000001", Codes.BadLength)]
    [InlineData("000001", "5309241000001", Codes.UnknownCode)]
    public void NextInstitutionCode_NoSerialLeftOrNoArea_IsRefused(string area, string given, string code) =>
        Assert.Equal(code, Assert.Throws<FaultException>(() => CrossRegionRules.NextInstitutionCode(area, [given])).Fault.Code);
}

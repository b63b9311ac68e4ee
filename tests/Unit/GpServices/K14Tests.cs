using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K14Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K14");

    public static TheoryData<ExampleRow> Registrations => ExampleTable.Of("K14-registration");

    [Theory, MemberData(nameof(Examples))]
    public void Enrolment_Example_IsComparedWithTheRegionsPrintedShare(ExampleRow row)
    {
        var (share, difference) = GpServicesRules.Enrolment(row.Count("enrolled"), row.Count("practices"), row.DecimalOrNone("region")).Value;
        Assert.Equal((row.DecimalOrNone("percent"), row.DecimalOrNone("difference")), (share.Percent(2), difference));
    }

    [Theory, MemberData(nameof(Registrations))]
    public void RegisterOnline_Example_GoesWhereItShould(ExampleRow row) => Assert.Equal(
        row.Word<RegistrationOutcome>("outcome"), GpServicesRules.RegisterOnline(row.Yes("catchment"), row.Yes("matched")).Value);
}

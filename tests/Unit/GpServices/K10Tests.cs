using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K10Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K10");

    public static TheoryData<ExampleRow> Activities => ExampleTable.Of("K10-first");

    [Theory, MemberData(nameof(Examples))]
    public void CheckOfBloodPressure_Example_IsTheBriefings(ExampleRow row) => Assert.Equal(
        row.Word<BloodPressureCheck>("check"),
        GpServicesRules.CheckOfBloodPressure(row.Whole("age"), row.Yes("hypertension"), row.Yes("risk"), row.Yes("referred"), 40).Value);

    [Theory, MemberData(nameof(Activities))]
    public void PharmacyFirst_Example_SumsItsRoutes(ExampleRow row)
    {
        var routes = row.Words("routes").Select((text, i) => ((PharmacyRoute)i, long.Parse(text, CultureInfo.InvariantCulture))).ToList();
        var activity = GpServicesRules.PharmacyFirst(routes, row.Count("consultations")).Value;
        Assert.Equal((row.Count("referrals"), row.DecimalOrNone("percent")), (activity.Referrals, activity.Consultations.Percent(1)));
        Assert.Equal(routes, activity.Routes);
    }

    [Fact]
    public void PharmacyFirst_MoreConsultationsOrRouteTwice_IsRefused()
    {
        Assert.Equal("consultations", Assert.Throws<FaultException>(() => GpServicesRules.PharmacyFirst([(PharmacyRoute.WalkIn, 1)], 2)).Fault.Field);
        Assert.Equal("route", Assert.Throws<FaultException>(() => GpServicesRules.PharmacyFirst([(PharmacyRoute.WalkIn, 1), (PharmacyRoute.WalkIn, 1)], 2)).Fault.Field);
        Assert.Equal(new CountedShare(97, 100), GpServicesRules.PharmaciesSignedUp(97, 100).Value);
    }
}

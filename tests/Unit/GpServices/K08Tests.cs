using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K08Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K08");

    [Theory, MemberData(nameof(Examples))]
    public void SelfReferrals_Example_AreComparedUnrounded(ExampleRow row)
    {
        var referrals = row.Words("referrals").Select((text, i) => ((SelfReferralPathway)i, long.Parse(text, CultureInfo.InvariantCulture))).ToList();
        Assert.Equal(
            new TargetAttainment(row.Count("total"), row.Count("target"), row.Yes("reached"), row.DecimalOrNone("percent")), GpServicesRules.SelfReferrals(referrals, row.Count("target")).Value);
    }

    [Fact]
    public void SelfReferrals_ServiceTwice_IsRefused() => Assert.Equal(
        "service", Assert.Throws<FaultException>(() => GpServicesRules.SelfReferrals([(SelfReferralPathway.Falls, 1), (SelfReferralPathway.Falls, 1)], 1)).Fault.Field);

    [Fact]
    public void Services_OfTheBriefing_AreSeven() => Assert.Equal(7, Enum.GetValues<SelfReferralPathway>().Length);
}

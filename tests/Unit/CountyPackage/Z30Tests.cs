using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z30Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z30");

    [Theory, MemberData(nameof(Examples))]
    public void Rates_Example_AreTestedUnrounded(ExampleRow row)
    {
        var (part, whole) = (row.Count("part"), row.Count("whole"));
        if (row["rule"] == "PrimaryCare")
        {
            RateLight? light = row["answer"].Length == 0 ? null : row.Word<RateLight>("answer");
            Assert.Equal(new RateBand(row.DecimalOrNone("percent"), light), CountyPackageRules.PrimaryCareVisits(part, whole, new Rate(0.65m), new Rate(0.6m)).Value);
            return;
        }
        var test = row["rule"] == "Referral" ? CountyPackageRules.ReferralRate(part, whole, new Rate(0.1m)) : CountyPackageRules.InCountyRate(part, whole, new Rate(0.9m));
        bool? holds = row["answer"].Length == 0 ? null : row.Yes("answer");
        Assert.Equal(new RateTest(row.DecimalOrNone("percent"), holds), test.Value);
    }

    [Fact]
    public void Rates_PartAboveTheWhole_IsRefused() => Assert.Equal(
        "referredOut", Assert.Throws<FaultException>(() => CountyPackageRules.ReferralRate(2, 1, new Rate(0.1m))).Fault.Field);
}

using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z31Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z31");

    [Theory, MemberData(nameof(Examples))]
    public void WarnOfQuota_Example_ABoundItselfCounts(ExampleRow row) => Assert.Equal(
        new QuotaWarning(row.Yuan("quota"), row.DecimalOrNone("percent"), row.Word<WarningLevel>("level"), row.Yes("interview")),
        CountyPackageRules.WarnOfQuota(row.Yuan("annual"), row.Whole("months"), row.Yuan("used"), new WarningTerms(new Rate(0.9m), Rate.One, new Rate(1.1m), new Rate(1.1m))).Value);

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    public void WarnOfQuota_NoPeriod_IsRefused(int months) => Assert.Equal("months", Assert.Throws<FaultException>(() => CountyPackageRules.WarnOfQuota(
        Money.Fen(1), months, Money.Fen(1), new WarningTerms(new Rate(0.9m), Rate.One, new Rate(1.1m), new Rate(1.1m)))).Fault.Field);
}

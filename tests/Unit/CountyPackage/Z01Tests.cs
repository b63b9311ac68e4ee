using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z01Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z01");

    [Theory, MemberData(nameof(Examples))]
    public void PaymentModeOf_Example_PrivateOnesAreCappedUntilTheAllianceCoversAll(ExampleRow row) => Assert.Equal(
        row.Word<PaymentMode>("mode"), CountyPackageRules.PaymentModeOf(row.Word<ProviderKind>("provider"), row.Yes("alliance covers all")).Value);

    [Fact]
    public void PaymentModeOf_OutOfCounty_IsRefused() => Assert.Equal(
        "provider", Assert.Throws<FaultException>(() => CountyPackageRules.PaymentModeOf(ProviderKind.OutOfCounty, false)).Fault.Field);
}

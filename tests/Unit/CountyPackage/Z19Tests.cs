using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z19Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z19");

    [Theory, MemberData(nameof(Examples))]
    public void ChargeOf_InboundInsured_IsOutsideThePackage(ExampleRow row) => Z02Tests.Holds(row, CountyPackageArticles.Z02);

    [Fact]
    public void InboundClaim_BeforeTheBureauSettled_IsNotCleared()
    {
        Assert.Equal(InboundClaimState.SettledByBureau, CountyPackageRules.InboundClaimGoes(InboundClaimState.Advanced, InboundClaimState.SettledByBureau).Value);
        Assert.Equal(Codes.StepNotAllowed, Assert.Throws<FaultException>(
            () => CountyPackageRules.InboundClaimGoes(InboundClaimState.Advanced, InboundClaimState.ClearedByCity)).Fault.Code);
    }
}

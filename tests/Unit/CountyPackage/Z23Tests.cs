using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z23Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z23");

    [Theory, MemberData(nameof(Examples))]
    public void ReleaseDeposit_Example_NothingIsLost(ExampleRow row) => Assert.Equal(
        new DepositRelease(row.Yuan("paid"), row.Yuan("to reserve")),
        CountyPackageRules.ReleaseDeposit(row.Yuan("deposit"), row.Word<AssessmentGrade>("grade"), new Rate(0.5m)).Value);

    [Fact]
    public void QualityDeposit_OfTheQuota_IsItsShare() => Assert.Equal(
        Money.Fen(160_000_00), CountyPackageRules.QualityDeposit(Money.Fen(3_200_000_00), new Rate(0.05m)).Value);
}

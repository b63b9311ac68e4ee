using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z13Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z13");

    [Theory, MemberData(nameof(Examples))]
    public void PrimaryCareShare_Example_PassesFromTheCeiling(ExampleRow row)
    {
        (Money, Money)? lastYear = row.YuanOrNone("share last year") is { } share ? (share, row.Yuan("whole last year")) : null;
        var test = CountyPackageRules.PrimaryCareShare(row.Yuan("share"), row.Yuan("whole"), row.Rate("floor"), lastYear).Value;
        bool? rises = row["rises"].Length == 0 ? null : row.Yes("rises");
        Assert.Equal(new FloorTest(row.Yes("passes"), row.Yuan("passes from"), row.Yuan("missing"), rises), test);
    }

    [Fact]
    public void PrimaryCareShare_ShareAboveTheWhole_IsRefused() => Assert.Equal(
        "share", Assert.Throws<FaultException>(() => CountyPackageRules.PrimaryCareShare(Money.Fen(2), Money.Fen(1), new Rate(0.25m), null)).Fault.Field);

    [Fact]
    public void PrimaryCareShare_NegativeShare_IsRefused() => Assert.Equal(
        "share", Refused.Field(() => CountyPackageRules.PrimaryCareShare(Money.Fen(-1), Money.Fen(1), new Rate(0.25m), null)));
}

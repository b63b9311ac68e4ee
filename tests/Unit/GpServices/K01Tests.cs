using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K01Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K01");

    [Theory, MemberData(nameof(Examples))]
    public void SizeOf_Example_WarnsOutside(ExampleRow row) => Assert.Equal(row.Word<NetworkSize>("size"), GpServicesRules.SizeOf(row.Count("population"), 30_000, 50_000).Value);

    [Fact]
    public void CountHierarchy_Practices_CountEachOnceWithItsOrphans() => Assert.Equal(
        new HierarchyCounts(2, 2, 4, 1),
        GpServicesRules.CountHierarchy([new("G1", "West Kent", "ABC"), new("G2", "West Kent", "ABC"), new("G3", "West Kent", null), new("G4", "East Kent", "Mid Kent")]).Value);

    [Fact]
    public void CountHierarchy_PracticeTwiceOrNetworkUnderTwo_IsRefused()
    {
        Assert.Equal("practice", Refused(new("G1", "West Kent", "ABC"), new Practice("G1", "West Kent", null)));
        Assert.Equal("network", Refused(new("G1", "West Kent", "ABC"), new Practice("G2", "East Kent", "ABC")));
    }

    private static string Refused(params Practice[] practices) => Assert.Throws<FaultException>(() => GpServicesRules.CountHierarchy(practices)).Fault.Field;
}

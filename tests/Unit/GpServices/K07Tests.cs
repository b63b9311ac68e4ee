using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K07Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K07");

    [Theory, MemberData(nameof(Examples))]
    public void AppShare_Example_KeepsItsParts(ExampleRow row)
    {
        var share = GpServicesRules.AppShare(row.Count("part"), row.Count("whole")).Value;
        Assert.Equal((row.Count("part"), row.Count("whole"), row.DecimalOrNone("percent")), (share.Numerator, share.Denominator, share.Percent(1)));
    }

    [Theory]
    [InlineData(2, 1, "part")]
    [InlineData(-1, 1, "part")]
    [InlineData(0, -1, "whole")]
    public void AppShare_OutOfBounds_IsRefused(long part, long whole, string field) => Assert.Equal(field, Assert.Throws<FaultException>(() => GpServicesRules.AppShare(part, whole)).Fault.Field);
}

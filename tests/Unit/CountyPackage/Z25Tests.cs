using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z25Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z25");

    [Theory, MemberData(nameof(Examples))]
    public void NetTransfer_Example_Adds(ExampleRow row) => Assert.Equal(row.Yuan("net"), CountyPackageRules.NetTransfer(new NetTransferParts(
        row.Yuan("clearing pay"), row.Yuan("retained surplus"), row.Yuan("prepaid"), row.Yuan("out of county"), row.Yuan("forfeited"))).Value);
}

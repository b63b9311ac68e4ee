using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z16Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z16");

    [Theory, MemberData(nameof(Examples))]
    public void PassOn_Example_WithheldAndLate(ExampleRow row) => Assert.Equal(
        new PassOnLag(row.Yuan("withheld"), row.Day("last day"), row.Whole("days late")),
        CountyPackageRules.PassOn(row.Yuan("received"), row.Day("received on"), row.Yuan("passed on"), row.Day("judged on"), row.Whole("days")).Value);

    [Fact]
    public void PassOn_MoreThanReceived_IsRefused() => Assert.Equal("passedOn", Assert.Throws<FaultException>(() => CountyPackageRules.PassOn(
        Money.Fen(1), new DateOnly(2025, 1, 1), Money.Fen(2), new DateOnly(2025, 1, 1), 30)).Fault.Field);
}

using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z16Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z16");

    [Theory, MemberData(nameof(Examples))]
    public void PassOn_Example_WithheldAndLate(ExampleRow row)
    {
        var lag = CountyPackageRules.PassOn(row.Yuan("received"), row.Day("received on"), row.Yuan("passed on"), row.Day("judged on"), row.Whole("days")).Value;
        Assert.Equal(new PassOnLag(row.Yuan("withheld"), row.Day("last day"), row.Whole("days late")), lag);
        Assert.Equal(row["days late"] != "0", lag.IsLate);
    }

    [Fact]
    public void PassOn_MoreThanReceived_IsRefused() => Assert.Equal("passedOn", Assert.Throws<FaultException>(() => CountyPackageRules.PassOn(
        Money.Fen(1), new DateOnly(2025, 1, 1), Money.Fen(2), new DateOnly(2025, 1, 1), 30)).Fault.Field);

    [Theory]
    [InlineData("received", -1, 0, 30)]
    [InlineData("passedOn", 1, -1, 30)]
    [InlineData("passOnDays", 1, 0, -1)]
    public void PassOn_Negative_IsRefused(string field, long received, long passedOn, int days) => Assert.Equal(field, Refused.Field(() => CountyPackageRules.PassOn(
        Money.Fen(received), new DateOnly(2025, 1, 1), Money.Fen(passedOn), new DateOnly(2025, 1, 1), days)));
}

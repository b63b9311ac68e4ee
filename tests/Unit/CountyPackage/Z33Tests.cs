using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z33Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z33");

    [Theory, MemberData(nameof(Examples))]
    public void AssessmentScore_Example_WeighsPoints(ExampleRow row) => Assert.Equal(row.Decimal("score"), CountyPackageRules.AssessmentScore(
        [.. row.Words("indicators").Select(each => each.Split(':')).Select(part => new AssessmentIndicator(
            part[0], decimal.Parse(part[1], System.Globalization.CultureInfo.InvariantCulture), decimal.Parse(part[2], System.Globalization.CultureInfo.InvariantCulture)))]).Value);

    [Theory]
    [InlineData("0.5", "0.4", "weight")]
    [InlineData("1.5", "-0.5", "weight")]
    public void AssessmentScore_WeightsThatAreNoWhole_AreRefused(string one, string other, string field) => Assert.Equal(
        field, Assert.Throws<FaultException>(() => CountyPackageRules.AssessmentScore(
            [new("a", decimal.Parse(one, System.Globalization.CultureInfo.InvariantCulture), 1m), new("b", decimal.Parse(other, System.Globalization.CultureInfo.InvariantCulture), 1m)])).Fault.Field);

    [Fact]
    public void AssessmentScore_OneTwice_IsRefused() => Assert.Equal(
        "indicator", Assert.Throws<FaultException>(() => CountyPackageRules.AssessmentScore([new("a", 0.5m, 1m), new("a", 0.5m, 1m)])).Fault.Field);
}

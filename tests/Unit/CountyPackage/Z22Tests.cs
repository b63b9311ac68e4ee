using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z22Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z22");

    [Theory, MemberData(nameof(Examples))]
    public void Grade_Example_AThresholdHasTheBetterGrade(ExampleRow row) => Assert.Equal(
        row.Word<AssessmentGrade>("grade"), CountyPackageRules.Grade(row.Decimal("score"), new GradeThresholds(90, 80, 70, 60)).Value);

    [Theory]
    [InlineData("-0.01", 90, "score")]
    [InlineData("100.01", 90, "score")]
    [InlineData("80", 80, "thresholds")]
    public void Grade_WrongInput_IsRefused(string score, int excellent, string field) => Assert.Equal(
        field, Assert.Throws<FaultException>(() => CountyPackageRules.Grade(decimal.Parse(score, System.Globalization.CultureInfo.InvariantCulture), new GradeThresholds(excellent, 80, 70, 60))).Fault.Field);

    [Theory]
    [InlineData(70, 70, 60)]
    [InlineData(80, 60, 60)]
    [InlineData(80, 70, 0)]
    public void Grade_ThresholdsThatDoNotFall_AreRefused(int good, int pass, int basicPass) =>
        Assert.Equal("thresholds", Refused.Field(() => CountyPackageRules.Grade(50m, new GradeThresholds(90, good, pass, basicPass))));
}

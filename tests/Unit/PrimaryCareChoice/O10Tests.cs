using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

public sealed class O10Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("O10");

    [Theory, MemberData(nameof(Examples))]
    public void ChronicGroup_Example_IsItsGroupOrNone(ExampleRow row) =>
        Assert.Equal(row["group"].Length == 0 ? null : row["group"], PrimaryCareChoiceRules.ChronicGroup(row["code"]).Value);

    [Fact]
    public void Groups_OfTheReport_AreTwentyOneAndEachHasAnExample()
    {
        Assert.Equal(21, ChronicDiagnoses.Shipped.Groups.Select(each => each.Group).Distinct().Count());
        var shown = Examples.Cast<object[]>().Select(row => ((ExampleRow)row[0])["group"]).ToHashSet();
        Assert.All(ChronicDiagnoses.Shipped.Groups, each => Assert.Contains(each.Group, shown));
    }

    [Theory]
    [InlineData("")]
    [InlineData("I5")]
    [InlineData("150")]
    [InlineData("IA0")]
    [InlineData("I50-I51")]
    [InlineData("I5012345")]
    public void ChronicGroup_NoCode_IsRefused(string code) =>
        Assert.Equal((Codes.UnknownCode, code), Told(Assert.Throws<FaultException>(() => PrimaryCareChoiceRules.ChronicGroup(code)).Fault));

    private static (string, string) Told(Fault fault) => (fault.Code, fault.Value);

    /// <summary>A letter, two digits and up to four more: seven characters without the dot are a code, eight are none.</summary>
    [Fact]
    public void GroupOf_LongestCode_IsTaken()
    {
        Assert.NotNull(ChronicDiagnoses.Shipped.GroupOf("I20.9999"));
        Assert.Equal("diagnosis", Refused.Field(() => ChronicDiagnoses.Shipped.GroupOf("I20.99999")!));
    }
}

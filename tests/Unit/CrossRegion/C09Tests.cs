using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C09Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C09");

    [Theory, MemberData(nameof(Examples))]
    public void WhoseRule_Example_IsOneOfTheTwoPlaces(ExampleRow row) =>
        Assert.Equal(row.Word<PlaceOfRule>("place"), CrossRegionRules.WhoseRule(row.Word<PolicyElement>("element")).Value);

    [Fact]
    public void WhoseRule_EveryElement_HasItsRow() => Assert.Equal(Enum.GetNames<PolicyElement>().Order(), Examples.Cast<object[]>().Select(row => ((ExampleRow)row[0])["element"]).Order());

    [Theory]
    [InlineData(true, Admission.Admit)]
    [InlineData(false, Admission.StopAndReport)]
    public void AtAdmission_Card_MustBeThePersons(bool cardIsPersons, Admission admission) => Assert.Equal(admission, CrossRegionRules.AtAdmission(cardIsPersons).Value);
}

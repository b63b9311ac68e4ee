using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C28Tests
{
    public static TheoryData<ExampleRow> Steps => ExampleTable.Of("C28");

    [Theory, MemberData(nameof(Steps))]
    public void IssueGoes_EachState_OnlyAsTheTableSays(ExampleRow row) => StepRows.Hold(row, CrossRegionStates.Issue, CrossRegionRules.IssueGoes);

    [Fact]
    public void IssueGoes_EveryState_HasItsRow() => StepRows.CoverEveryState<IssueState>(Steps);

    [Fact]
    public void FirstResponsible_EveryKind_IsTheTreatmentPlace() =>
        Assert.All(Enum.GetValues<IssueKind>(), kind => Assert.Equal(Direction.TreatmentPlace, CrossRegionRules.FirstResponsible(kind).Value));
}

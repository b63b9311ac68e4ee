using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C06Tests
{
    public static TheoryData<ExampleRow> Steps => ExampleTable.Of("C06");

    [Theory, MemberData(nameof(Steps))]
    public void HospitalGoes_EachState_OnlyAsTheTableSays(ExampleRow row) => StepRows.Hold(row, CrossRegionStates.Hospital, CrossRegionRules.HospitalGoes);

    [Fact]
    public void HospitalGoes_EveryState_HasItsRow() => StepRows.CoverEveryState<HospitalState>(Steps);
}

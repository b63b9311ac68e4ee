using EdgeHub.Rules.Schemes.OutcomeContracts;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

public sealed class P08Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("P08");

    [Theory, MemberData(nameof(Examples))]
    public void SwitchBy_Example_IsSixMonthsBeforeInTheIntroduction(ExampleRow row) =>
        Assert.Equal(row.Day("by"), OutcomeContractsRules.SwitchBy(row.Day("final evaluation"), row.Yes("introduction"), 6).Value);
}

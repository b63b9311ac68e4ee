using EdgeHub.Rules.Schemes.OutcomeContracts;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

public sealed class P13Tests
{
    private static readonly DateOnly Preparation = new(2025, 7, 1);
    private static readonly DateOnly Pilot = new(2026, 1, 1);
    private static readonly DateOnly Final = new(2028, 1, 1);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("P13");

    [Theory, MemberData(nameof(Examples))]
    public void PhaseOn_Example_BeginsOnItsDay(ExampleRow row) => Assert.Equal(row.Word<Phase>("phase"), OutcomeContractsRules.PhaseOn(row.Day("day"), Preparation, Pilot, Final).Value);

    [Fact]
    public void PhaseOn_DaysOutOfOrder_IsRefused()
    {
        Assert.Equal("pilot", P03Tests.Refused(() => OutcomeContractsRules.PhaseOn(Pilot, Pilot, Pilot, Final)));
        Assert.Equal("pilot", P03Tests.Refused(() => OutcomeContractsRules.PhaseOn(Pilot, Preparation, Final, Final)));
    }
}

using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

public sealed class O04Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("O04");

    public static TheoryData<ExampleRow> Expiries => ExampleTable.Of("O04-expiry");

    public static TheoryData<ExampleRow> Steps => ExampleTable.Of("O04-steps");

    [Theory, MemberData(nameof(Examples))]
    public void ProjectGrant_Example_IsPerListedPatient(ExampleRow row) =>
        Assert.Equal(row.Kronor("grant"), PrimaryCareChoiceRules.ProjectGrant(row.Count("listed"), row.Kronor("per listed")).Value);

    [Theory, MemberData(nameof(Expiries))]
    public void GrantExpires_Example_OnlyUnreportedAfterItsLastDay(ExampleRow row) =>
        Assert.Equal(row.Yes("expires"), PrimaryCareChoiceRules.GrantExpires(row.Word<GrantState>("state"), row.Day("last day"), row.Day("day")).Value);

    [Theory, MemberData(nameof(Steps))]
    public void GrantGoes_EachState_OnlyAsTheTableSays(ExampleRow row) => StepRows.Hold(row, PrimaryCareChoiceStates.Grant, PrimaryCareChoiceRules.GrantGoes);

    [Fact]
    public void GrantGoes_EveryState_HasItsRow() => StepRows.CoverEveryState<GrantState>(Steps);

    [Fact]
    public void MeasuresMissing_SomeDone_NamesTheRest() =>
        Assert.Equal(["chatt"], PrimaryCareChoiceRules.MeasuresMissing(["video", "chatt"], ["video", "annat"]).Value);

    [Fact]
    public void ProjectGrant_Negative_IsRefused()
    {
        Assert.Equal("listed", Assert.Throws<FaultException>(() => PrimaryCareChoiceRules.ProjectGrant(-1, Money.Zero(Currency.Sek))).Fault.Field);
        Assert.Equal("perListed", Assert.Throws<FaultException>(() => PrimaryCareChoiceRules.ProjectGrant(1, new Money(-1, Currency.Sek))).Fault.Field);
    }
}

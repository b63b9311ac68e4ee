using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.OutcomeContracts;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

public sealed class P01Tests
{
    private static readonly DateOnly Evaluated = new(2027, 12, 31);

    public static TheoryData<ExampleRow> Steps => ExampleTable.Of("P01");

    public static TheoryData<ExampleRow> Outcomes => ExampleTable.Of("P01-outcome");

    [Theory, MemberData(nameof(Steps))]
    public void ContractAndEnrolmentGo_EachState_OnlyAsTheTableSays(ExampleRow row)
    {
        if (row["machine"] == "contract")
        {
            StepRows.Hold(row, OutcomeContractsStates.Contract, OutcomeContractsRules.ContractGoes);
        }
        else
        {
            StepRows.Hold(row, OutcomeContractsStates.Enrolment, OutcomeContractsRules.EnrolmentGoes);
        }
    }

    [Fact]
    public void ContractAndEnrolmentGo_EveryState_HasItsRow()
    {
        StepRows.CoverEveryState<ContractState>(Steps, "contract");
        StepRows.CoverEveryState<EnrolmentState>(Steps, "enrolment");
    }

    [Theory, MemberData(nameof(Outcomes))]
    public void IsAchieved_Example_IsBelowTheThreshold(ExampleRow row) => Assert.Equal(row.Yes("achieved"), OutcomeContractsRules.IsAchieved(row.DecimalOrNone("HbA1c"), 42m).Value);

    [Fact]
    public void Panels_SwitchesAndDropOuts_CountWithTheProviderOfTheEvaluation()
    {
        Assignment[] assignments =
        [
            new("A", "coach", new(2026, 1, 1)), new("B", "coach", new(2026, 1, 1)), new("B", "apotek", new(2027, 3, 1)), new("C", "coach", new(2026, 1, 1)), new("D", "apotek", new(2028, 1, 1)),
        ];
        var panels = OutcomeContractsRules.Panels([.. assignments.Reverse()], [new("A", 40m), new("B", 41.9m), new("C", null)], Evaluated, 42m).Value;
        Assert.Equal([new ProviderPanel("apotek", 1, 1), new ProviderPanel("coach", 2, 1)], panels);
    }

    [Fact]
    public void Panels_Twice_IsRefused()
    {
        Assert.Equal("prePatient", Refused([], [new("A", 1), new("A", 2)]));
        Assert.Equal("assignment", Refused([new("A", "x", Evaluated), new("A", "y", Evaluated)], []));
    }

    [Fact]
    public void Settle_OnTheShippedParameters_ShowsPayAndBudget()
    {
        var day = new DateOnly(2026, 1, 1);
        var terms = OutcomeContractsTerms.From(SchemeParameters.Shipped(OutcomeContractsScheme.Name).On(day, day));
        Assignment[] assignments = [.. Enumerable.Range(0, 300).Select(i => new Assignment($"P{i}", "coach", day))];
        var settled = OutcomeContractsScheme.Settle(assignments, [.. assignments.Select((each, i) => new FinalEvaluation(each.PrePatient, i < 96 ? 40m : 45m))], Evaluated, day, new(2028, 1, 1), terms);
        Assert.Equal(Money.Parse("3102000.00", Currency.Sek), settled.Paid);
        Assert.Equal(Money.Parse("314285714.29", Currency.Sek), settled.ByProgramme);
        Assert.Equal(["P1", "P4", "P6", "P3"], settled.Steps.Select(step => step.Article.Rule));
        Assert.Equal((new ProviderPanel("coach", 300, 96), Money.Parse("3102000.00", Currency.Sek)), (settled.Panels[0].Panel, settled.Panels[0].Due.Total));
        Assert.Equal(Money.Zero(Currency.Sek), OutcomeContractsScheme.Settle([], [], Evaluated, day, Evaluated, terms).ByProgramme);
    }

    private static string Refused(Assignment[] assignments, FinalEvaluation[] evaluations) =>
        Assert.Throws<FaultException>(() => OutcomeContractsRules.Panels(assignments, evaluations, Evaluated, 42m)).Fault.Field;
}

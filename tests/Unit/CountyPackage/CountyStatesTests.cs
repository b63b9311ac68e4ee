using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

/// <summary>Whatever is not in a table of states is refused by name, and says what would be right.</summary>
public sealed class CountyStatesTests
{
    [Fact]
    public void Prepayment_Computed_IsNotPaidUnapproved()
    {
        Assert.Equal(PrepaymentState.Paid, CountyPackageRules.PrepaymentGoes(PrepaymentState.Approved, PrepaymentState.Paid).Value);
        var fault = Assert.Throws<FaultException>(() => CountyPackageRules.PrepaymentGoes(PrepaymentState.Computed, PrepaymentState.Paid)).Fault;
        Assert.Equal((Codes.StepNotAllowed, "Computed -> Paid", "one of Approved"), (fault.Code, fault.Value, fault.Expected));
    }

    [Fact]
    public void Clearing_Final_GoesNowhere()
    {
        Assert.Equal(ClearingState.Assessed, CountyPackageRules.ClearingGoes(ClearingState.HalfYear, ClearingState.Assessed).Value);
        Assert.All(Enum.GetValues<ClearingState>(), to => Assert.Throws<FaultException>(() => CountyPackageRules.ClearingGoes(ClearingState.Final, to)));
    }

    [Fact]
    public void OneStop_Rejected_IsNeverPaid()
    {
        Assert.Equal(OneStopState.Paid, CountyPackageRules.OneStopGoes(OneStopState.Approved, OneStopState.Paid).Value);
        Assert.Throws<FaultException>(() => CountyPackageRules.OneStopGoes(OneStopState.Rejected, OneStopState.Paid));
    }

    [Fact]
    public void States_EveryTable_ReachesItsLastState() => Assert.All(CountyStates.All, table =>
    {
        var reached = new HashSet<string> { table.States[0] };
        var waiting = new Queue<string>(reached);
        while (waiting.TryDequeue(out var state))
        {
            foreach (var next in table.After(state).Where(reached.Add))
            {
                waiting.Enqueue(next);
            }
        }
        Assert.Equal(table.States.Order(), reached.Order());
    });
}

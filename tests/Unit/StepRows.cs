using EdgeHub.Rules;
using EdgeHub.Rules.States;

namespace EdgeHub.Tests.Unit;

/// <summary>A row of a table of states: from one state exactly the states named may follow, and every other is refused by name.</summary>
public static class StepRows
{
    public static void Hold<TState>(ExampleRow row, StateTable<TState> table, Func<TState, TState, Cited<TState>> goes) where TState : struct, Enum
    {
        var from = Enum.Parse<TState>(row["from"]);
        var allowed = row.Words("to").Select(Enum.Parse<TState>).ToHashSet();
        Assert.Equal(allowed, table.After(from).ToHashSet());
        foreach (var to in Enum.GetValues<TState>())
        {
            if (allowed.Contains(to))
            {
                Assert.Equal(to, goes(from, to).Value);
                continue;
            }
            var fault = Assert.Throws<FaultException>(() => goes(from, to)).Fault;
            Assert.Equal((Codes.StepNotAllowed, table.Name, $"{from} -> {to}"), (fault.Code, fault.Field, fault.Value));
            Assert.All(allowed, each => Assert.Contains(each.ToString(), fault.Expected, StringComparison.Ordinal));
            Assert.True(Expectations.Knows(fault.Expected), fault.Expected);
        }
    }

    /// <summary>Every state of the machine has its row.</summary>
    public static void CoverEveryState<TState>(TheoryData<ExampleRow> rows, string? machine = null) where TState : struct, Enum => Assert.Equal(
        Enum.GetNames<TState>().Order(),
        rows.Cast<object[]>().Select(row => (ExampleRow)row[0]).Where(row => machine is null || row["machine"] == machine).Select(row => row["from"]).Order());
}

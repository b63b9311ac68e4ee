namespace EdgeHub.Rules.States;

/// <summary>The states of something that people carry on, and the steps between them. Whatever is not in the table is refused by
/// name; a state without a step out of it is final.</summary>
/// <param name="name">What goes from state to state, as a person calls it, for example suspension.</param>
public sealed class StateTable<TState>(string name, params (TState From, TState To)[] steps) : IStateTable
    where TState : struct, Enum
{
    public string Name { get; } = name;

    public IReadOnlyList<(TState From, TState To)> Steps { get; } = steps;

    public IReadOnlyList<string> States { get; } = Enum.GetNames<TState>();

    /// <summary>The states that may follow, in the table's order; empty: the state is final.</summary>
    public IReadOnlyList<TState> After(TState from) => [.. Steps.Where(step => step.From.Equals(from)).Select(step => step.To)];

    public bool May(TState from, TState to) => After(from).Contains(to);

    /// <summary>The state after the step.</summary>
    /// <exception cref="FaultException">The step is not in the table: <see cref="Codes.StepNotAllowed"/> with the steps that are.</exception>
    public TState Go(TState from, TState to) => May(from, to)
        ? to
        : throw new FaultException(new Fault(Codes.StepNotAllowed, Name, $"{from} -> {to}", Possible(from)));

    IReadOnlyList<string> IStateTable.After(string from) => [.. After(Parse(from)).Select(each => each.ToString())];

    private string Possible(TState from) => After(from) is { Count: > 0 } next ? "one of " + string.Join(", ", next) : $"no step: {from} is final";

    private TState Parse(string state) => Enum.TryParse<TState>(state, out var parsed) && Enum.IsDefined(parsed)
        ? parsed
        : throw new FaultException(new Fault(Codes.UnknownCode, Name, state, "one of " + string.Join(", ", States)));
}

/// <summary>A table of states whose names are given as text: for pages and for trying a rule.</summary>
public interface IStateTable
{
    string Name { get; }

    IReadOnlyList<string> States { get; }

    /// <exception cref="FaultException">No such state.</exception>
    IReadOnlyList<string> After(string from);
}

namespace EdgeHub.Rules.States;

/// <summary>One step of a table of states, as a person can try it: the new state and what may follow, or the refusal by name.</summary>
public static class StateDescriptors
{
    public static IReadOnlyList<RuleInput> Inputs<TState>(TState from, TState to) where TState : struct, Enum =>
        [RuleInput.Word("from", from), RuleInput.Word("to", to)];

    /// <param name="goes">The clause's own function, which cites it.</param>
    public static RuleResult Step<TState>(RuleInputs inputs, StateTable<TState> table, Func<TState, TState, Cited<TState>> goes) where TState : struct, Enum
    {
        var state = goes(inputs.Word<TState>("from"), inputs.Word<TState>("to"));
        return RuleResult.Of("state", state, new RuleValue("state", state.Value), new RuleValue("next", string.Join(", ", table.After(state.Value))));
    }
}

using System.Collections;
using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>Gathers what a settlement reads and changes: accumulators, limits and steps, in the order of the rules.</summary>
internal sealed class ShareWork(AccumulatorState before, Currency currency)
{
    private readonly ShareSteps _steps = new();

    public List<AccumulatorMove> Moves { get; } = new(4);
    public List<LimitLeft> Limits { get; } = new(4);
    public IReadOnlyList<CitedStep> Steps => _steps;

    /// <exception cref="ArgumentException">The accumulator is negative.</exception>
    public Money Of(AccumulatorKey key)
    {
        var amount = before.Of(key, currency);
        return amount.IsNegative
            ? throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The accumulator {key} is {amount}; none is below zero."), nameof(key))
            : amount;
    }

    /// <summary>The value, noted as a step.</summary>
    public Money Note(string name, Cited<Money> step)
    {
        _steps.Add(name, step);
        return step.Value;
    }

    public void Move(AccumulatorKey key, Money had, Money amount) => Moves.Add(new AccumulatorMove(key, had, had + amount));

    public void Limit(string name, Money limit, Money left, Money used) => Limits.Add(new LimitLeft(name, limit, left, left - used));

    /// <summary>The steps of the shares; their texts are made when somebody reads them, for a year computed again has no reader.</summary>
    private sealed class ShareSteps : IReadOnlyList<CitedStep>
    {
        private readonly List<(string Name, Cited<Money> Value)> _noted = new(8);
        private CitedStep[]? _written;

        public int Count => _noted.Count;
        public CitedStep this[int index] => Written[index];

        private CitedStep[] Written => _written ??= [.. _noted.Select(step => step.Value.As(step.Name))];

        public void Add(string name, Cited<Money> value) => _noted.Add((name, value));

        public IEnumerator<CitedStep> GetEnumerator() => ((IEnumerable<CitedStep>)Written).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

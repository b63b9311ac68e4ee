namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>What a seed decides, the same on every machine and in every version of the runtime. SplitMix64.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>0 to below the number.</summary>
    public int Below(int number) => (int)(Next() % (ulong)number);

    public long Between(long least, long most) => least + (long)(Next() % (ulong)(most - least + 1));

    public bool OneIn(int number) => Below(number) == 0;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>One of several, each as often as its weight says.</summary>
    public T Weighted<T>(IReadOnlyList<(int Weight, T What)> choices)
    {
        var left = Below(choices.Sum(each => each.Weight));
        foreach (var (weight, what) in choices)
        {
            if ((left -= weight) < 0)
            {
                return what;
            }
        }
        throw new InvalidOperationException("Weights are above zero.");
    }
}

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>What a seed does much of, and what not at all. Runs that do a little of everything meet few things together; of many runs,
/// each with its own mood, some meet what is rare twice over: a full disk at a copied machine while something is paid out.</summary>
internal sealed class Mood(ulong seed)
{
    private static readonly int[] Factors = [0, 1, 1, 1, 2, 6];
    private readonly Chance _chance = new(seed ^ 0x9E3779B97F4A7C15);
    private readonly Dictionary<string, int> _drawn = new(StringComparer.Ordinal);

    /// <summary>A weight, as this seed has it.</summary>
    public int Of(string what, int weight)
    {
        if (!_drawn.TryGetValue(what, out var factor))
        {
            _drawn.Add(what, factor = _chance.Of(Factors));
        }
        return weight * factor;
    }

    /// <summary>The same, never nothing: without it a run would be none.</summary>
    public int Some(string what, int weight) => Math.Max(weight / 2, Of(what, weight));
}

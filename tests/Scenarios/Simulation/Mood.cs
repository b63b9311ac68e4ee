namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>What a seed does much of, and what not at all. Runs that do a little of everything meet few things together; of many runs,
/// each with its own mood, some meet what is rare twice over. Each has a theme: one trouble in which its clinics mostly are, and one thing
/// that is done there above all and breaks every third time: money paid out at copied machines, refunds without a line.</summary>
internal sealed class Mood
{
    private const int Theme = 8;
    private static readonly int[] Factors = [0, 1, 1, 1, 2, 4];
    private static readonly string[] Troubles = ["cut", "put back", "clone", "full", "line", "hub", ""];
    private static readonly string[] Deeds = ["reverse", "part refund", "pay out", "claim", "contact", "repeat", "again", "settle", "check-in"];
    private readonly Chance _chance;
    private readonly string _trouble;
    private readonly string _deed;
    private readonly Dictionary<string, int> _drawn = new(StringComparer.Ordinal);

    public Mood(ulong seed)
    {
        _chance = new Chance(seed ^ 0x9E3779B97F4A7C15);
        (_trouble, _deed) = (_chance.Of(Troubles), _chance.Of(Deeds));
    }

    /// <summary>Messages go wrong every second time.</summary>
    public bool IsBadLine => _trouble == "line";

    /// <summary>One in so many steps somebody sees that a line is down, or a disk full, and mends it.</summary>
    public int MendsIn(string what) => what == _trouble ? 120 : 16;

    /// <summary>The hub breaks one in so many times.</summary>
    public int HubBreaksIn(int often) => _trouble == "hub" ? often / 4 : often;

    /// <summary>How often trouble comes.</summary>
    public int Of(string what, int weight) => what == _trouble ? weight * Theme : weight * Factor(what);

    /// <summary>How often something is done at a desk: never not at all, for without it a run would be none.</summary>
    public int Some(string what, int weight) => what == _deed ? weight * Theme : Math.Max(weight / 2, weight * Factor(what));

    /// <summary>What is done breaks one in so many times; what is done seldom the oftener, so that it breaks in every way too.</summary>
    public int BreaksIn(string what) =>
        what.StartsWith(_deed, StringComparison.Ordinal) || what.Contains(" " + _deed, StringComparison.Ordinal) ? 3
        : what switch
        {
            "check-in" => 22,
            "settle" => 11,
            "wrong input" => 50,
            _ => 5,
        };

    private int Factor(string what)
    {
        if (!_drawn.TryGetValue(what, out var factor))
        {
            _drawn.Add(what, factor = _chance.Of(Factors));
        }
        return factor;
    }
}

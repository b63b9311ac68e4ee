using System.Globalization;

namespace EdgeHub.Tests.Scenarios.Crashes;

/// <summary>How often one side died, and of what.</summary>
internal sealed class Deaths
{
    private int _kills;
    private int _duringStart;
    private int _powerCuts;

    public int All => _kills + _duringStart + _powerCuts;

    public void Killed() => Interlocked.Increment(ref _kills);

    public void KilledDuringStart() => Interlocked.Increment(ref _duringStart);

    public void PowerCut() => Interlocked.Increment(ref _powerCuts);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_kills} kill -9 at work, {_duringStart} while it started, {_powerCuts} power cuts");
}

/// <summary>How the next life of a process ends, drawn before it begins.</summary>
/// <param name="Environment">Not empty: the power is cut at some write of this life.</param>
/// <param name="DuringStart">It is killed before it answers.</param>
/// <param name="After">The time until then, from its start or from its first answer.</param>
internal sealed record Fate(Dictionary<string, string> Environment, bool DuringStart, TimeSpan After)
{
    private const int CutWithin = 400;

    /// <param name="longest">Of a life at work.</param>
    public static Fate Drawn(Random dice, TimeSpan longest)
    {
        // Always as many throws, so that a seed means the same lives.
        var (kind, at, seed, part) = (dice.Next(8), dice.Next(2, CutWithin), dice.Next(), dice.NextDouble());
        return kind switch
        {
            0 => new Fate([], true, TimeSpan.FromMilliseconds(1_200) * part),
            1 or 2 => new Fate(PowerCut.At(at, seed), false, longest),
            _ => new Fate([], false, longest * part),
        };
    }
}

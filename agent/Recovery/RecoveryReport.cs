using System.Globalization;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Agent.Recovery;

/// <summary>A run of lines of one epoch.</summary>
public readonly record struct LineRun(long Epoch, long From, long Through)
{
    public long Count => Through - From + 1;

    public override string ToString() => From == Through
        ? string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch}: {From}")
        : string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch}: {From} to {Through}");
}

/// <summary>What a recovery found, and what it did.</summary>
/// <param name="Hub">What the hub has of this device, before.</param>
/// <param name="Saved">Lines that the hub lacks and that are here again.</param>
/// <param name="Lost">Lines that were written and that neither the hub nor the damaged store has.</param>
/// <param name="History">Lines that the hub has and that are here again, for looking up.</param>
/// <param name="EndKnown">False: nothing says how far the journal went; further lines may be lost behind those that are named.</param>
/// <param name="NewEpoch">Null: nothing was changed.</param>
public sealed record RecoveryReport(ChainHead Hub, IReadOnlyList<LineRun> Saved, IReadOnlyList<LineRun> Lost, long History, bool EndKnown, long? NewEpoch, string? Aside)
{
    private const int MostShown = 20;

    public long SavedLines => Saved.Sum(run => run.Count);

    /// <summary>What could be saved of what was written is surely here, or at the hub.</summary>
    public bool LosesNothing => LostLines == 0 && EndKnown;

    public long LostLines => Lost.Sum(run => run.Count);

    public static string Shown(IReadOnlyList<LineRun> runs) =>
        runs.Count == 0 ? "none" : string.Join("; ", runs.Take(MostShown)) + (runs.Count > MostShown ? string.Create(CultureInfo.InvariantCulture, $"; and {runs.Count - MostShown} more runs") : "");
}

/// <summary>How a recovery ended.</summary>
public abstract record RecoveryOutcome
{
    private RecoveryOutcome() { }

    public sealed record Done(RecoveryReport Report) : RecoveryOutcome;

    /// <summary>Nothing was changed: lines would be given up, and nobody said that they may be.</summary>
    public sealed record WouldLose(RecoveryReport Report) : RecoveryOutcome;

    /// <summary>The store is sound.</summary>
    public sealed record NotNeeded : RecoveryOutcome;

    public sealed record Refused(Refusal Why) : RecoveryOutcome;
}

using System.Globalization;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>Numbers every point at which a process of a story can die over its store, in the order in which they come, and lets it die at
/// one of them: at the first write of a transaction, in front of its commit,
/// behind it.</summary>
/// <param name="strike">The number of the point, from 1; 0: none, they are only counted.</param>
internal sealed class CrashPlan(long strike)
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _points = [];
    private string _last = "";

    /// <summary>What is not the story's is not counted.</summary>
    public bool IsOn { get; set; }

    /// <summary>Which process died where; null: none has.</summary>
    public string? Struck { get; private set; }

    /// <summary>Whose each point is that was counted.</summary>
    public IReadOnlyList<string> Points => _points;

    /// <summary>How many each process has of each kind.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <returns>True: the process dies here.</returns>
    public bool Strikes(string owner, StorePoint point, string sql)
    {
        _last = sql.Length > 0 ? sql : _last;
        if (!IsOn || Struck is not null || point is not (StorePoint.Statement or StorePoint.Commit or StorePoint.Committed))
        {
            return false;
        }
        _points.Add(owner);
        _counts[$"{owner} {point}"] = _counts.GetValueOrDefault($"{owner} {point}") + 1;
        if (_points.Count != strike)
        {
            return false;
        }
        Struck = string.Create(CultureInfo.InvariantCulture, $"point {strike}: {owner} {point} at \"{_last[..Math.Min(_last.Length, 60)].ReplaceLineEndings(" ")}\"");
        return true;
    }
}

using System.Text.RegularExpressions;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Sync.Stores;

// Statements whose outcome nobody waits for: they go together before the next statement that is asked directly, and before the commit.
public abstract partial class Store
{
    /// <summary>The common SQL for "one of a list that is bound as one value": <c>person in (list $2)</c>.</summary>
    private protected const string ListWord = " in (list $";

    [GeneratedRegex(@"in \(list \$(?<place>[0-9]+)\)", RegexOptions.ExplicitCapture, 60_000)]
    private protected static partial Regex ListOf();

    /// <summary>Statements that wait at most: then they go.</summary>
    internal const int MostWaiting = 1_024;

    private readonly List<WaitingStatement> _later = [];

    /// <summary>Sums that wait, by statement and key.</summary>
    private readonly Dictionary<WaitingStatement, WaitingStatement> _sums = [];

    /// <summary>Puts a statement behind those that wait.</summary>
    internal void Later(string sql, ReadOnlySpan<object?> values)
    {
        if (_later.Count >= MostWaiting)
        {
            Flush();
        }
        _later.Add(new WaitingStatement(sql, values.ToArray(), 0));
    }

    /// <summary>The same for a statement that adds: where one with the same keys waits, the amounts are added to it.</summary>
    internal void LaterAdd(string sql, int keys, ReadOnlySpan<object?> values)
    {
        var waits = new WaitingStatement(sql, values.ToArray(), keys);
        if (_sums.TryGetValue(waits, out var known))
        {
            for (var i = keys; i < values.Length; i++)
            {
                known.Values[i] = checked((long)known.Values[i]! + (long)values[i]!);
            }
            return;
        }
        if (_later.Count >= MostWaiting)
        {
            Flush();
        }
        _later.Add(waits);
        _sums.Add(waits, waits);
    }

    /// <summary>Runs what waits, in the order in which it came.</summary>
    internal void Flush()
    {
        if (_later.Count == 0)
        {
            return;
        }
        var waiting = _later.ToArray();
        ForgetWaiting();
        Send(waiting);
    }

    /// <summary>What waits is taken back with its transaction or savepoint.</summary>
    internal void ForgetWaiting()
    {
        _later.Clear();
        _sums.Clear();
    }

    /// <summary>Before a statement that is asked directly.</summary>
    internal void At(string sql)
    {
        Flush();
        Watch.At(StorePoint.Statement, sql);
    }

    private protected abstract void Send(IReadOnlyList<WaitingStatement> statements);
}

/// <summary>A statement with its values; equal by statement and keys, for sums.</summary>
/// <param name="Keys">How many of the values name the row that is added to.</param>
internal sealed record WaitingStatement(string Sql, object?[] Values, int Keys)
{
    public bool Equals(WaitingStatement? other) =>
        other is not null && Sql == other.Sql && Keys == other.Keys && Values.AsSpan(0, Keys).SequenceEqual(other.Values.AsSpan(0, Keys));

    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (var i = 0; i < Keys; i++)
        {
            hash.Add(Values[i]);
        }
        return hash.ToHashCode();
    }
}

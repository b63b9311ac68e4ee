using EdgeHub.Hub.Store;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>One step's transaction, its moment, and the persons' years that it touched.</summary>
/// <param name="postingDay">Today, or the first day of the next open month.</param>
internal sealed class StepWork(StoreSession session, string region, DateTimeOffset now, DateOnly postingDay, IEntropy entropy)
{
    private readonly HashSet<(string Person, long Year)> _touched = [];
    private readonly HashSet<(string Person, long Year)> _again = [];
    private (long Segment, IReadOnlyList<ReadOnlyMemory<byte>> Lines)? _lines;
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);

    public StoreSession Session { get; } = session;
    public string Region { get; } = region;
    public DateOnly PostingDay { get; } = postingDay;
    public string PostingMonth { get; } = Ledger.PostingSet.MonthOf(postingDay);
    public long NowMs { get; } = now.ToUnixTimeMilliseconds();

    /// <summary>In a fixed order, so that the same step writes the same rows in the same order.</summary>
    public IReadOnlyList<(string Person, long Year)> Touched => [.. _touched.Union(_again).Order()];

    public Guid NewId() => entropy.NewId(now);

    /// <summary>Reference data as they stand in this step's transaction, each read once.</summary>
    public ReferenceCache Known { get; } = new(session, region);

    /// <summary>The line of an entry; one segment after the other, for entries come device by device.</summary>
    /// <exception cref="StoreException">StoreDamaged: there is no such segment or line, or its bytes are not what was accepted.</exception>
    public ReadOnlyMemory<byte> LineOf(WaitingEntry entry, SegmentReader segments)
    {
        if (_lines is null || _lines.Value.Segment != entry.SegmentId)
        {
            _lines = (entry.SegmentId, segments.Lines(Session, Region, entry.SegmentId));
        }
        var lines = _lines.Value.Lines;
        return entry.Ordinal >= 0 && entry.Ordinal < lines.Count ? lines[(int)entry.Ordinal] : segments.Line(Session, Region, entry.SegmentId, entry.Ordinal);
    }

    /// <summary>The year of the person, and of the one whose account paid.</summary>
    public void Touch(SettledFact fact)
    {
        _touched.Add((fact.Person, fact.SchemeYear));
        _touched.Add((fact.AccountPerson, fact.SchemeYear));
    }

    /// <summary>The year is computed once more though no entry of the person came.</summary>
    public void Again(string person, long year) => _again.Add((person, year));

    /// <summary>Whether an entry of the person was judged, whose site must hear that it is in.</summary>
    public bool IsTouched(string person, long year) => _touched.Contains((person, year));

    public void Touch(IEnumerable<SettledFact> facts)
    {
        foreach (var fact in facts)
        {
            Touch(fact);
        }
    }

    /// <summary>Does one piece of the step in a savepoint. What goes wrong in it is taken back whole and goes to the caller; a
    /// fault of the store itself ends the step.</summary>
    /// <param name="failed">What went wrong; null: nothing did.</param>
    public T? Attempt<T>(Func<T> piece, out Exception? failed)
    {
        var touched = _touched.ToList();
        try
        {
            failed = null;
            return Session.InSavepoint(_ => piece());
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !Session.IsStoreFault(fault))
        {
            // The versions taken inside the savepoint went with it: later pieces take their own.
            _versions.Clear();
            _touched.Clear();
            _touched.UnionWith(touched);
            failed = fault;
            return default;
        }
    }

    public void Touch(string person, long year) => _touched.Add((person, year));

    /// <summary>The step's version of a feed: one per feed and transaction, taken when something of it changed.</summary>
    public long Version(string feed)
    {
        if (!_versions.TryGetValue(feed, out var version))
        {
            version = FeedVersions.Next(Session, Region, feed);
            _versions.Add(feed, version);
        }
        return version;
    }

    public long AccumulatorsVersion => Version(FeedNames.Accumulators);
    public long DecisionsVersion => Version(FeedNames.Decisions);
    public long PayablesVersion => Version(FeedNames.Payables);
    public long QuarantineVersion => Version(FeedNames.Quarantine);
}

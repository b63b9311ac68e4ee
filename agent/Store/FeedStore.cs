using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Where a feed stands here.</summary>
/// <param name="Version">Wholly stored; 0: nothing yet.</param>
/// <param name="Run">A run of pages that is under way; null: none.</param>
/// <param name="Runs">Runs that ended; the one under way, or the next, has the number behind it.</param>
/// <param name="IsStale">The version belongs to a life of the hub's counter that has ended: only a snapshot makes the feed new again.</param>
/// <param name="Live">Of a feed whose snapshots are staged: the run whose rows are used. Deltas go there.</param>
/// <param name="NeedsSweep">Rows of other runs than the live one and the one under way are left.</param>
public sealed record FeedState(string Feed, long Version, FeedRun? Run, FeedAge? Age, long Runs, bool IsStale, long Live = 0, bool NeedsSweep = false);

/// <summary>How old a feed is, as far as this agent knows.</summary>
/// <param name="CurrentAt">Wall clock when the hub last said that it is the newest.</param>
/// <param name="Age">Since then, when last looked at.</param>
/// <param name="SeenAt">Wall clock when it was last looked at.</param>
public sealed record FeedAge(DateTimeOffset CurrentAt, TimeSpan Age, DateTimeOffset SeenAt);

/// <param name="After">0: a snapshot.</param>
public sealed record FeedRun(long After, long UpTo, string Cursor);

/// <summary>Reference data as the hub feeds them. Deltas go into what is used page by page. So do snapshots of small feeds, each row with
/// the number of its run; the feed's own version flips with the last page, and then what the snapshot did not bring is taken away: a
/// reader never misses an item because a page is still on its way. A snapshot of a large feed is staged: loaded beside what is used,
/// flipped with its last rows, and what was used before is taken away afterwards in chunks.</summary>
public sealed class FeedStore(MemberStore members, PolicyStore policies, CatalogueStore catalogue, OutsiderStore outsiders)
{
    /// <summary>Most rows in one transaction, and how long it goes on taking rows: a slow machine takes fewer. A clinic's settlement
    /// waits no longer than for one of these.</summary>
    public const int ChunkRows = 2_000;

    public const long ChunkMilliseconds = 15;

    /// <summary>Feeds whose snapshots are loaded beside what is used: their tables' keys begin with the run's number.</summary>
    private static readonly string[] Staged = [FeedNames.Members, FeedNames.County];

    internal static readonly IReadOnlyDictionary<string, (string Table, string Key)> Tables = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        [FeedNames.Members] = ("member", "person"),
        [FeedNames.Accumulators] = ("accumulator_fed", "person, accumulator"),
        [FeedNames.County] = ("county", "hash"),
        [FeedNames.Site] = ("site_fact", "name"),
        [FeedNames.Policies] = ("policy_book", "feed_key"),
        [FeedNames.Catalogue] = ("catalogue_item", "code"),
        [FeedNames.Blacklist] = ("blacklist", "feed_key"),
        [FeedNames.Parameters] = ("parameter", "name"),
        [FeedNames.Bookings] = ("booking", "feed_key"),
        [FeedNames.Fees] = ("fee", "feed_key"),
        [FeedNames.Decisions] = ("decision", "feed_key"),
        [FeedNames.Payables] = ("payable", "feed_key"),
        [FeedNames.Quarantine] = ("set_aside", "feed_key"),
    };

    /// <summary>Versions that what is used rests on, by feed: wholly stored, or <see cref="FeedNames.Mixed"/>.</summary>
    public static IReadOnlyDictionary<string, long> Versions(StoreSession session)
    {
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        using var rows = session.Prepared("select feed, case when mixed then -1 else version end from feed_version").Read();
        while (rows.Read())
        {
            versions.Add(rows.GetString(0), rows.GetInt64(1));
        }
        return versions;
    }

    public static IReadOnlyDictionary<string, FeedState> States(StoreSession session)
    {
        var states = new Dictionary<string, FeedState>(StringComparer.Ordinal);
        using var rows = session.Prepared("select feed, version, run_after, run_upto, run_cursor, current_at, runs, age_milliseconds, age_at, stale, live, sweep from feed_version").Read();
        while (rows.Read())
        {
            var run = rows.IsDBNull(4) ? null : new FeedRun(rows.GetInt64(2), rows.GetInt64(3), rows.GetString(4));
            states.Add(rows.GetString(0), new FeedState(rows.GetString(0), rows.GetInt64(1), run, AgeOf(rows), rows.GetInt64(6), rows.GetBoolean(9), rows.GetInt64(10), rows.GetBoolean(11)));
        }
        return states;
    }

    public static bool IsStaged(string feed) => Staged.Contains(feed, StringComparer.Ordinal);

    /// <summary>Makes rows of a page ready to be stored; needs no store, so that the writer is not held for it.</summary>
    /// <param name="run">Number of the run that brings them; for a delta of a staged feed that of the live one.</param>
    /// <exception cref="JournalFormatException">A column is missing or of another kind.</exception>
    public FeedRows Ready(FeedPage page, long run, int from, int count) => new(page, members, outsiders, run, from, count);

    /// <summary>Stores rows of a page from a place on: all, or until it is enough.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="FaultException">A row cannot be read as what it should be: nothing of the chunk is stored.</exception>
    /// <exception cref="JournalFormatException">A cell is of another kind.</exception>
    public int Put(StoreSession session, string feed, FeedRows rows, int from, Func<bool> isEnough)
    {
        var stored = rows.Put(session, from, isEnough);
        if (feed == FeedNames.Parameters)
        {
            // A value that cannot be used takes the chunk back: the limits that held go on holding.
            PolicyStore.ReadLimits(session);
        }
        if (feed == FeedNames.Site)
        {
            outsiders.ApplySite(session);
        }
        Forget();
        return stored;
    }

    /// <summary>Stores some rows of a page, all of them.</summary>
    public void Put(StoreSession session, FeedPage page, long run, int from, int count) => Put(session, page.Header.Feed, Ready(page, run, from, count), 0, () => false);

    /// <summary>The page is stored, more follow: where to go on, also after a restart.</summary>
    public static void Continue(StoreSession session, string feed, FeedRun run) =>
        session.Prepared("""
            insert into feed_version (feed, version, run_after, run_upto, run_cursor) values ($1, 0, $2, $3, $4)
            on conflict (feed) do update set run_after = excluded.run_after, run_upto = excluded.run_upto, run_cursor = excluded.run_cursor
            """).Execute(feed, run.After, run.UpTo, run.Cursor);

    /// <summary>Rows of a run are among those of the version, and more follow: until the run is through no version is what is used. Of
    /// accumulators alone, where a site that begins lower than it had left one would else seem to have forgotten it.</summary>
    public static void Mix(StoreSession session, string feed)
    {
        if (feed == FeedNames.Accumulators)
        {
            session.Prepared("insert into feed_version (feed, version, mixed) values ($1, 0, true) on conflict (feed) do update set mixed = true").Execute(feed);
        }
    }

    /// <summary>Rows were stored or taken back: what was read of them is read again.</summary>
    public void Forget()
    {
        policies.Forget();
        catalogue.Forget();
    }

    /// <summary>Takes away what a snapshot did not bring, at most a chunk.</summary>
    /// <returns>True: more may be left.</returns>
    public bool Sweep(StoreSession session, string feed, long run)
    {
        Forget();
        var (table, key) = Tables[feed];
        return session.Prepared(
            $"delete from {table} where ({key}) in (select {key} from {table} where seen <> $1 and seen >= 0 limit {ChunkRows})").Execute(run) == ChunkRows;
    }

    /// <summary>Takes away rows of a staged feed that belong neither to the live run nor to one under way, at most a chunk.</summary>
    /// <returns>True: more may be left.</returns>
    public static bool SweepStaged(StoreSession session, string feed)
    {
        var (table, key) = Tables[feed];
        var states = States(session)[feed];
        var (live, next) = (states.Live, states.Runs + 1);
        var dead = session.Prepared($"select seen from {table} where seen < $1 limit 1").Scalar(live)
            ?? session.Prepared($"select seen from {table} where seen > $1 and seen < $2 limit 1").Scalar(live, next)
            ?? session.Prepared($"select seen from {table} where seen > $1 limit 1").Scalar(next);
        if (dead is null)
        {
            session.Prepared("update feed_version set sweep = false where feed = $1").Execute(feed);
            return false;
        }
        session.Prepared($"delete from {table} where seen = $1 and {key} in (select {key} from {table} where seen = $1 limit {ChunkRows})").Execute(dead);
        return true;
    }

    /// <summary>The last page is stored: the version flips, and with a snapshot of a staged feed what is used.</summary>
    public void Flip(StoreSession session, string feed, long version, bool isSnapshot = true)
    {
        session.Prepared("""
            insert into feed_version (feed, version, runs) values ($1, $2, 1)
            on conflict (feed) do update set version = excluded.version, run_after = null, run_upto = null, run_cursor = null, runs = feed_version.runs + 1, stale = false, mixed = false
            """).Execute(feed, version);
        if (isSnapshot && IsStaged(feed))
        {
            session.Prepared("update feed_version set live = runs, sweep = true where feed = $1").Execute(feed);
        }
        Forget();
    }

    /// <summary>The number for a snapshot that begins. Where a first page was broken off its rows have the next number already: it is given up.</summary>
    public static long FreshRun(StoreSession session, string feed)
    {
        var runs = States(session).GetValueOrDefault(feed)?.Runs ?? 0;
        if (session.Prepared($"select 1 from {Tables[feed].Table} where seen = $1 limit 1").Scalar(runs + 1) is null)
        {
            return runs + 1;
        }
        Abandon(session, feed);
        return runs + 2;
    }

    /// <summary>Gives up a run of pages: the next page begins a new one.</summary>
    public static void Abandon(StoreSession session, string feed) =>
        session.Prepared("""
            insert into feed_version (feed, version, runs) values ($1, 0, 1)
            on conflict (feed) do update set run_after = null, run_upto = null, run_cursor = null, runs = feed_version.runs + 1, sweep = $2
            """).Execute(feed, IsStaged(feed));

    /// <summary>The hub counts its versions anew: every run under way is given up, and every feed waits for a snapshot.</summary>
    /// <returns>False: it is the life of the counter that is known.</returns>
    public static bool BeginIncarnation(StoreSession session, string incarnation)
    {
        if (MetaStore.FeedIncarnation(session) == incarnation)
        {
            return false;
        }
        session.Execute("update feed_version set stale = true, run_after = null, run_upto = null, run_cursor = null, runs = runs + 1");
        foreach (var feed in Staged)
        {
            session.Prepared("update feed_version set sweep = true where feed = $1").Execute(feed);
        }
        MetaStore.KeepFeedIncarnation(session, incarnation);
        return true;
    }

    public static void KeepAges(StoreSession session, IEnumerable<KeyValuePair<string, FeedAge>> ages)
    {
        foreach (var (feed, age) in ages)
        {
            session.Prepared("update feed_version set current_at = $1, age_milliseconds = $2, age_at = $3 where feed = $4")
                .Execute(Instants.Write(age.CurrentAt), (long)age.Age.TotalMilliseconds, Instants.Write(age.SeenAt), feed);
        }
    }

    private static FeedAge? AgeOf(System.Data.Common.DbDataReader row)
    {
        if (row.IsDBNull(5))
        {
            return null;
        }
        var at = Instants.Read(row.GetString(5));
        return new FeedAge(at, TimeSpan.FromMilliseconds(row.GetInt64(7)), row.IsDBNull(8) ? at : Instants.Read(row.GetString(8)));
    }
}

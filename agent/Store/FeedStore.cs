using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Where a feed stands here.</summary>
/// <param name="Version">Wholly stored; 0: nothing yet.</param>
/// <param name="Run">A run of pages that is under way; null: none.</param>
/// <param name="Runs">Runs that ended; the one under way, or the next, has the number behind it.</param>
/// <param name="IsStale">The version belongs to a life of the hub's counter that has ended: only a snapshot makes the feed new again.</param>
public sealed record FeedState(string Feed, long Version, FeedRun? Run, FeedAge? Age, long Runs, bool IsStale);

/// <summary>How old a feed is, as far as this agent knows.</summary>
/// <param name="CurrentAt">Wall clock when the hub last said that it is the newest.</param>
/// <param name="Age">Since then, when last looked at.</param>
/// <param name="SeenAt">Wall clock when it was last looked at.</param>
public sealed record FeedAge(DateTimeOffset CurrentAt, TimeSpan Age, DateTimeOffset SeenAt);

/// <param name="After">0: a snapshot.</param>
public sealed record FeedRun(long After, long UpTo, string Cursor);

/// <summary>Reference data as the hub feeds them. Rows go into the live tables page by page, each with the number of its run;
/// the feed's own version flips with the last page, and after a snapshot what it did not bring is taken away. So a reader never
/// misses a person or an item because a page is still on its way; at worst it sees a row newer than the version says.</summary>
public sealed class FeedStore(MemberStore members, PolicyStore policies, CatalogueStore catalogue)
{
    /// <summary>Rows in one transaction: the writer is never held longer.</summary>
    public const int ChunkRows = 2_000;

    private static readonly IReadOnlyDictionary<string, (string Table, string Key)> Tables = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        [FeedNames.Members] = ("member", "person"),
        [FeedNames.Accumulators] = ("accumulator_fed", "person || '|' || accumulator"),
        [FeedNames.Policies] = ("policy_book", "feed_key"),
        [FeedNames.Catalogue] = ("catalogue_item", "code"),
        [FeedNames.Blacklist] = ("blacklist", "feed_key"),
        [FeedNames.Parameters] = ("parameter", "name"),
        [FeedNames.Decisions] = ("decision", "feed_key"),
        [FeedNames.Payables] = ("payable", "feed_key"),
    };

    /// <summary>Wholly stored versions, by feed.</summary>
    public static IReadOnlyDictionary<string, long> Versions(StoreSession session)
    {
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        using var rows = session.Prepared("select feed, version from feed_version").Read();
        while (rows.Read())
        {
            versions.Add(rows.GetString(0), rows.GetInt64(1));
        }
        return versions;
    }

    public static IReadOnlyDictionary<string, FeedState> States(StoreSession session)
    {
        var states = new Dictionary<string, FeedState>(StringComparer.Ordinal);
        using var rows = session.Prepared("select feed, version, run_after, run_upto, run_cursor, current_at, runs, age_milliseconds, age_at, stale from feed_version").Read();
        while (rows.Read())
        {
            var run = rows.IsDBNull(4) ? null : new FeedRun(rows.GetInt64(2), rows.GetInt64(3), rows.GetString(4));
            states.Add(rows.GetString(0), new FeedState(rows.GetString(0), rows.GetInt64(1), run, AgeOf(rows), rows.GetInt64(6), rows.GetBoolean(9)));
        }
        return states;
    }

    /// <summary>Stores rows of a page.</summary>
    /// <param name="run">Number of the run that brings them.</param>
    /// <exception cref="FaultException">A row cannot be read as what it should be: nothing of the chunk is stored.</exception>
    /// <exception cref="JournalFormatException">A column is missing or of another kind.</exception>
    public void Put(StoreSession session, FeedPage page, long run, int from, int count)
    {
        var writer = new Rows(session, page, members, run);
        for (var i = from; i < from + count; i++)
        {
            writer.Put(page.Rows[i]);
        }
        if (page.Header.Feed == FeedNames.Parameters)
        {
            // A value that cannot be used takes the chunk back: the limits that held go on holding.
            PolicyStore.ReadLimits(session);
        }
        Forget();
    }

    /// <summary>The page is stored, more follow: where to go on, also after a restart.</summary>
    public static void Continue(StoreSession session, string feed, FeedRun run) =>
        session.Prepared("""
            insert into feed_version (feed, version, run_after, run_upto, run_cursor) values ($1, 0, $2, $3, $4)
            on conflict (feed) do update set run_after = excluded.run_after, run_upto = excluded.run_upto, run_cursor = excluded.run_cursor
            """).Execute(feed, run.After, run.UpTo, run.Cursor);

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
        return session.Execute(
            $"delete from {table} where {key} in (select {key} from {table} where seen <> @run limit {ChunkRows})", new { run }) == ChunkRows;
    }

    /// <summary>The last page is stored: the version flips.</summary>
    public void Flip(StoreSession session, string feed, long version)
    {
        session.Prepared("""
            insert into feed_version (feed, version, runs) values ($1, $2, 1)
            on conflict (feed) do update set version = excluded.version, run_after = null, run_upto = null, run_cursor = null, runs = feed_version.runs + 1, stale = false
            """).Execute(feed, version);
        Forget();
    }

    /// <summary>Gives up a run of pages: the next page begins a new one.</summary>
    public static void Abandon(StoreSession session, string feed) =>
        session.Prepared("""
            insert into feed_version (feed, version, runs) values ($1, 0, 1)
            on conflict (feed) do update set run_after = null, run_upto = null, run_cursor = null, runs = feed_version.runs + 1
            """).Execute(feed);

    /// <summary>The hub counts its versions anew: every run under way is given up, and every feed waits for a snapshot.</summary>
    /// <returns>False: it is the life of the counter that is known.</returns>
    public static bool BeginIncarnation(StoreSession session, string incarnation)
    {
        if (MetaStore.FeedIncarnation(session) == incarnation)
        {
            return false;
        }
        session.Execute("update feed_version set stale = true, run_after = null, run_upto = null, run_cursor = null, runs = runs + 1");
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

    /// <summary>Writes one page's rows, its columns looked up once by name.</summary>
    private sealed class Rows(StoreSession session, FeedPage page, MemberStore members, long run)
    {
        private const int Absent = -1;

        private readonly string _feed = page.Header.Feed;
        private readonly int[] _at = [.. FeedNames.Columns[page.Header.Feed].Select(name => page.Find(name) ?? (FeedNames.IsLater(page.Header.Feed, name) ? Absent : page.Column(name)))];

        public void Put(FeedRow row)
        {
            if (row.Removed)
            {
                var (table, key) = Tables[_feed];
                session.Prepared($"delete from {table} where {key} = $1").Execute(row.Key);
                return;
            }
            switch (_feed)
            {
                case FeedNames.Members:
                    PutMember(row);
                    break;
                case FeedNames.Accumulators:
                    AccumulatorStore.Feed(
                        session, Text(row, 2), AccumulatorKey.Parse(Text(row, 3)).ToString(), row.Number(_at[4]), (row.Number(_at[5]), row.Number(_at[6])), run);
                    break;
                case FeedNames.Policies:
                    PutPolicy(row);
                    break;
                case FeedNames.Catalogue:
                    PutItem(row);
                    break;
                case FeedNames.Blacklist:
                    Upsert("blacklist", "feed_key", ["person", "reason", "valid_first", "valid_end"], [row.Key, Text(row, 2), Text(row, 3), Text(row, 4), Text(row, 5)]);
                    break;
                case FeedNames.Parameters:
                    Upsert("parameter", "name", ["value", "unit"], [row.Key, Text(row, 2), Text(row, 3)]);
                    break;
                case FeedNames.Decisions:
                    Upsert("decision", "feed_key", ["settlement", "status", "code", "fund_difference", "cause", "decided_at"],
                        [row.Key, Text(row, 2), Text(row, 3), Text(row, 4), row.Number(_at[5]), Text(row, 6), Text(row, 7)]);
                    break;
                case FeedNames.Payables:
                    Upsert("payable", "feed_key", ["person", "settlement", "decision", "amount", "open", "cause", "includes_epoch", "includes_seq"],
                        [row.Key, Text(row, 2), Text(row, 3), Text(row, 4), row.Number(_at[5]), row.Number(_at[6]), Text(row, 7), row.Number(_at[8]), row.Number(_at[9])]);
                    break;
                default:
                    throw new InvalidOperationException($"No table for the feed {_feed}.");
            }
        }

        private void PutMember(FeedRow row)
        {
            var cover = new DateRange(row.Day(_at[11]), row.DayOrNull(_at[12]));
            members.Put(
                session,
                new Member(
                    row.Key, Text(row, 8), Text(row, 9), Text(row, 10), cover, Text(row, 13), row.Number(_at[14]),
                    new MemberPersonal(Text(row, 2), Text(row, 3), Text(row, 4), Text(row, 5), row.Day(_at[6]), Text(row, 7))) { AccountOwner = Text(row, 15) },
                run);
        }

        private void PutPolicy(FeedRow row)
        {
            var book = PolicyBookReader.Read(Text(row, 8)).OrThrow();
            Upsert("policy_book", "feed_key", ["id", "version", "hash", "valid_first", "valid_end", "known_from", "book"],
                [row.Key, book.Reference.Id, book.Reference.Version, book.Reference.Hash, Text(row, 5), Text(row, 6), Text(row, 7), Text(row, 8)]);
        }

        private void PutItem(FeedRow row)
        {
            var cells = new string[_at.Length];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = Text(row, i);
            }
            if (CatalogueReader.Read(cells) is CatalogueReading.Refused refused)
            {
                throw new FaultException(refused.Faults);
            }
            CatalogueStore.Put(session, cells, run);
        }

        private void Upsert(string table, string key, IReadOnlyList<string> columns, object?[] values)
        {
            var names = string.Join(", ", columns);
            var places = string.Join(", ", Enumerable.Range(2, columns.Count).Select(i => "$" + i.ToString(CultureInfo.InvariantCulture)));
            var sets = string.Join(", ", columns.Select(column => $"{column} = excluded.{column}"));
            session.Prepared(
                $"insert into {table} ({key}, {names}, seen) values ($1, {places}, ${columns.Count + 2}) on conflict ({key}) do update set {sets}, seen = excluded.seen")
                .Execute([.. values, run]);
        }

        /// <summary>A cell as text, by its place in the feed's own order; blank for none.</summary>
        private string Text(FeedRow row, int column) => (_at[column] == Absent ? null : row.Cell(_at[column])) switch
        {
            null => "",
            string text => text,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            var other => other.ToString() ?? "",
        };
    }
}

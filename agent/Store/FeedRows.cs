using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Some rows of a page on their way into the store. What needs no store (sealing, hashing) is done when it is made, so that
/// the writer is held for the inserts alone.</summary>
public sealed class FeedRows
{
    private const int Absent = -1;
    private const int RowsBetweenLooks = 50;

    private readonly FeedPage _page;
    private readonly string _feed;
    private readonly OutsiderStore _outsiders;
    private readonly int[] _at;
    private readonly long _run;
    private readonly (int From, int Count) _span;
    private readonly IReadOnlyList<object?[]>? _sealed;

    /// <param name="run">Number of the run that brings them.</param>
    /// <exception cref="JournalFormatException">A column is missing or of another kind.</exception>
    internal FeedRows(FeedPage page, MemberStore members, OutsiderStore outsiders, long run, int from, int count)
    {
        (_page, _feed, _outsiders, _run, _span) = (page, page.Header.Feed, outsiders, run, (from, count));
        _at = Places(page);
        _sealed = _feed == FeedNames.Members ? [.. Rows.Select(row => row.Removed ? [] : members.Values(MemberOf(row, _at), run))] : null;
    }

    public int Count => _span.Count;

    private IEnumerable<FeedRow> Rows => _page.Rows.Skip(_span.From).Take(_span.Count);

    /// <summary>Stores rows from a place on, all or until it is enough.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="FaultException">A row cannot be read as what it should be: nothing of the chunk is stored.</exception>
    /// <exception cref="JournalFormatException">A cell is of another kind.</exception>
    internal int Put(StoreSession session, int from, Func<bool> isEnough)
    {
        var profiles = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var place = from; place < Count; place++)
        {
            if (place > from && (place - from) % RowsBetweenLooks == 0 && isEnough())
            {
                return place - from;
            }
            var row = _page.Rows[_span.From + place];
            if (row.Removed)
            {
                Remove(session, row.Key);
            }
            else if (_sealed is not null)
            {
                MemberStore.Put(session, _sealed[place]);
            }
            else if (_feed == FeedNames.County)
            {
                OutsiderStore.PutCounty(
                    session, _run, row.Key, Text(row, 2), [Text(row, 3), Text(row, 4), Text(row, 5), Article.Written(row.Day(_at[6])), Text(row, 7), Text(row, 8)], profiles);
            }
            else
            {
                Put(session, row);
            }
        }
        return Count - from;
    }

    private void Remove(StoreSession session, string key)
    {
        switch (_feed)
        {
            case FeedNames.Members:
                session.Prepared("delete from member where seen = $1 and person = $2").Execute(_run, key);
                break;
            case FeedNames.County:
                OutsiderStore.RemoveCounty(session, _run, key);
                break;
            case FeedNames.Accumulators:
                var words = key.Split('|', 2);
                session.Prepared("delete from accumulator_fed where person = $1 and accumulator = $2").Execute(words[0], words[^1]);
                break;
            default:
                var (table, column) = FeedStore.Tables[_feed];
                session.Prepared($"delete from {table} where {column} = $1").Execute(key);
                break;
        }
    }

    private void Put(StoreSession session, FeedRow row)
    {
        switch (_feed)
        {
            case FeedNames.Accumulators:
                AccumulatorStore.Feed(
                    session, Text(row, 2), AccumulatorKey.Parse(Text(row, 3)).ToString(), row.Number(_at[4]), (row.Number(_at[5]), row.Number(_at[6])), _run);
                break;
            case FeedNames.Site:
                _outsiders.PutFact(session, row.Key, Text(row, 2), _run);
                break;
            case FeedNames.Policies:
                var book = PolicyBookReader.Read(Text(row, 8)).OrThrow();
                Upsert(session, "policy_book", "feed_key", ["id", "version", "hash", "valid_first", "valid_end", "known_from", "book"],
                    [row.Key, book.Reference.Id, book.Reference.Version, book.Reference.Hash, Text(row, 5), Text(row, 6), Text(row, 7), Text(row, 8)]);
                break;
            case FeedNames.Catalogue:
                PutItem(session, row);
                break;
            case FeedNames.Blacklist:
                Upsert(session, "blacklist", "feed_key", ["person", "reason", "valid_first", "valid_end"], [row.Key, Text(row, 2), Text(row, 3), Text(row, 4), Text(row, 5)]);
                break;
            case FeedNames.Parameters:
                Upsert(session, "parameter", "name", ["value", "unit"], [row.Key, Text(row, 2), Text(row, 3)]);
                break;
            case FeedNames.Bookings:
                Upsert(session, "booking", "feed_key", ["person", "starts_at", "minutes", "room", "profession", "staff", "state", "fee", "currency"],
                    [row.Key, Text(row, 2), Instants.Write(Instants.Read(Text(row, 3))), row.Number(_at[4]), Text(row, 5), Text(row, 6), Text(row, 7), Text(row, 8), Text(row, 9), Text(row, 10)]);
                break;
            case FeedNames.Fees:
                Upsert(session, "fee", "feed_key", ["person", "day", "amount", "currency"], [row.Key, Text(row, 2), Article.Written(row.Day(_at[3])), row.Number(_at[4]), Text(row, 5)]);
                break;
            case FeedNames.Decisions:
                Upsert(session, "decision", "feed_key", ["settlement", "status", "code", "fund_difference", "cause", "decided_at"],
                    [row.Key, Text(row, 2), Text(row, 3), Text(row, 4), row.Number(_at[5]), Text(row, 6), Text(row, 7)]);
                break;
            case FeedNames.Quarantine:
                Upsert(session, "set_aside", "feed_key", ["device", "epoch", "seq", "kind", "code", "owner", "waits_for", "since"],
                    [row.Key, Text(row, 2), row.Number(_at[3]), row.Number(_at[4]), Text(row, 5), Text(row, 6), Text(row, 7), Text(row, 8), Instants.Write(Instants.Read(Text(row, 9)))]);
                break;
            case FeedNames.Payables:
                Upsert(session, "payable", "feed_key", ["person", "settlement", "decision", "amount", "open", "cause", "includes_epoch", "includes_seq"],
                    [row.Key, Text(row, 2), Text(row, 3), Text(row, 4), row.Number(_at[5]), row.Number(_at[6]), Text(row, 7), row.Number(_at[8]), row.Number(_at[9])]);
                break;
            default:
                throw new InvalidOperationException($"No table for the feed {_feed}.");
        }
    }

    /// <summary>The member that a row of the members feed tells of.</summary>
    /// <exception cref="JournalFormatException">A cell is missing or of another kind.</exception>
    public static Member MemberOf(FeedPage page, FeedRow row) => MemberOf(row, Places(page));

    private static Member MemberOf(FeedRow row, int[] at) => new(
        row.Key, Text(row, at, 8), Text(row, at, 9), Text(row, at, 10), new DateRange(row.Day(at[11]), row.DayOrNull(at[12])), Text(row, at, 13), row.Number(at[14]),
        new MemberPersonal(Text(row, at, 2), Text(row, at, 3), Text(row, at, 4), Text(row, at, 5), row.Day(at[6]), Text(row, at, 7)))
    {
        AccountOwner = Text(row, at, 15),
    };

    /// <summary>Where the feed's columns stand on a page. One that an older hub does not send reads as blank.</summary>
    private static int[] Places(FeedPage page)
    {
        var feed = page.Header.Feed;
        return [.. FeedNames.Columns[feed].Select(name => page.Find(name) ?? (FeedNames.IsLater(feed, name) ? Absent : page.Column(name)))];
    }

    private void PutItem(StoreSession session, FeedRow row)
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
        CatalogueStore.Put(session, cells, _run);
    }

    private void Upsert(StoreSession session, string table, string key, IReadOnlyList<string> columns, object?[] values)
    {
        var names = string.Join(", ", columns);
        long? sum = !RowSum.Columns.TryGetValue(table, out var summed) ? null
            : summed == $"{key}, {names}" ? RowSum.Of(table, values)
            : throw new InvalidOperationException($"The sum of {table} is over other columns: {summed}.");
        var places = string.Join(", ", Enumerable.Range(2, columns.Count).Select(i => "$" + i.ToString(CultureInfo.InvariantCulture)));
        var sets = string.Join(", ", columns.Select(column => $"{column} = excluded.{column}"));
        session.Prepared(
            $"insert into {table} ({key}, {names}, seen{(sum is null ? "" : ", row_sum")}) values ($1, {places}, ${columns.Count + 2}{(sum is null ? "" : $", ${columns.Count + 3}")}) on conflict ({key}) do update set {sets}, seen = excluded.seen{(sum is null ? "" : ", row_sum = excluded.row_sum")}")
            .Execute(sum is null ? [.. values, _run] : [.. values, _run, sum]);
    }

    /// <summary>A cell as text, by its place in the feed's own order; blank for none.</summary>
    private string Text(FeedRow row, int column) => Text(row, _at, column);

    private static string Text(FeedRow row, int[] at, int column) => (at[column] == Absent ? null : row.Cell(at[column])) switch
    {
        null => "",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };
}

using System.Globalization;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Feeds;

/// <summary>What an agent asks for.</summary>
/// <param name="After">Version that it holds; 0 asks for a snapshot.</param>
/// <param name="UpTo">Null on the first page; then as the first page said.</param>
/// <param name="Cursor">Blank on the first page; then the former page's next.</param>
/// <param name="Format">How rows are to be written: one that this hub does not know yet gets the newest that it does.</param>
public sealed record FeedAsk(string Feed, long After, long? UpTo, string Cursor, int Format = FeedFormats.Rows);

/// <summary>Gives a site the pages of its feeds, signed.</summary>
public sealed class FeedPages(HubStore hub)
{
    private const int MostCursorCharacters = 300;

    /// <exception cref="FaultException">No such feed, or a cursor or version that the hub never gave.</exception>
    public byte[] Page(Device device, FeedAsk ask) => hub.Read(session =>
    {
        if (!FeedNames.Columns.TryGetValue(ask.Feed, out var columns))
        {
            throw new FaultException(new Fault(Codes.NotFound, "feed", ask.Feed, string.Join(", ", FeedNames.All)));
        }
        var newest = FeedVersions.Newest(session, hub.Region)[ask.Feed];
        var upTo = ask.UpTo ?? newest;
        var incarnation = hub.Feeds.Telling(session, hub.Region, newest);
        if (ask.After < 0 || upTo > newest || (ask.UpTo is not null && upTo < ask.After))
        {
            throw new FaultException(new Fault(Codes.BadNumber, "upto", string.Create(CultureInfo.InvariantCulture, $"{ask.UpTo}"), string.Create(CultureInfo.InvariantCulture, $"{ask.After} to {newest}")));
        }
        // Who holds more than the hub has met a hub that was restored: it gets all that the hub has now.
        var after = ask.After > newest ? 0 : ask.After;
        var page = new FeedPageWriter(columns, Math.Clamp(ask.Format, FeedFormats.Rows, FeedFormats.Newest));
        var next = Fill(session, device, ask, after, page);
        return FeedCodec.Write(ask.Feed, hub.Region, device.Site, after, upTo, ask.Cursor, next, page, hub.Keys.Signer, incarnation);
    });

    private string? Fill(StoreSession session, Device device, FeedAsk ask, long after, FeedPageWriter page)
    {
        var parts = FeedPartStore.Of[ask.Feed];
        var (part, first, second) = ReadCursor(ask.Cursor, parts.Count);
        var shape = Shape(session, device, ask.Feed);
        for (; part < parts.Count; part++, first = "", second = "")
        {
            if (parts[part].OnlyDelta && after == 0)
            {
                continue;
            }
            using var rows = session.Prepared(parts[part].Sql).Read(hub.Region, device.Site, after, First(parts[part], first), second);
            var cells = new object[rows.FieldCount];
            var read = 0;
            for (; rows.Read(); read++)
            {
                rows.GetValues(cells);
                // A snapshot has no use for what is gone.
                if ((after > 0 || !IsRemoved(cells[1])) && !page.TryAdd(shape(cells)))
                {
                    return Cursor(part, first, second);
                }
                (first, second) = (Convert.ToString(cells[^2], CultureInfo.InvariantCulture) ?? "", (string)cells[^1]);
            }
            if (read == FeedPart.MostRows)
            {
                // Some of them were gone, so that the page has room; what comes behind them is the next page's.
                return Cursor(part, first, second);
            }
        }
        return null;
    }

    private static string Cursor(int part, string first, string second) => string.Create(CultureInfo.InvariantCulture, $"{part}~{first}~{second}");

    /// <summary>From a row of the statement, whose last two columns are the cursor's, to the feed's columns.</summary>
    private Func<object[], object?[]> Shape(StoreSession session, Device device, string feed)
    {
        if (feed is FeedNames.Accumulators or FeedNames.Payables)
        {
            var (epoch, seq) = FeedStore.SettledThrough(session, hub.Region, device.Site);
            return cells => [.. cells[..^2], epoch, seq];
        }
        if (feed == FeedNames.Site)
        {
            return cells => [.. cells[..2], (string)cells[0] == CountyPartStore.KeyRow ? Convert.ToBase64String(CountyIndexStep.KeyOf(hub)) : cells[2]];
        }
        // What is told last of a decision or of an entry set aside is its moment.
        return feed is FeedNames.Decisions or FeedNames.Quarantine
            ? cells => [.. cells[..^3], Instants.Write(DateTimeOffset.FromUnixTimeMilliseconds((long)cells[^3]))]
            : cells => cells[..^2];
    }

    private static object First(FeedPart part, string first) => !part.ByVersion ? first
        : first.Length == 0 ? 0L
        : long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
        : throw new FaultException(new Fault(Codes.BadCharacter, "cursor", first, "the next cursor of the former page"));

    private static bool IsRemoved(object cell) => cell is long number ? number != 0 : cell is true;

    private static (int Part, string First, string Second) ReadCursor(string cursor, int parts)
    {
        if (cursor.Length == 0)
        {
            return (0, "", "");
        }
        var words = cursor.Split('~', 3);
        return cursor.Length <= MostCursorCharacters && words.Length == 3 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var part) && part < parts
            ? (part, words[1], words[2])
            : throw new FaultException(new Fault(Codes.BadCharacter, "cursor", cursor, "the next cursor of the former page"));
    }
}

using System.Globalization;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Feeds;

/// <summary>Looks of staff at persons at their own desk, as the journals tell them (entries PersonSeen). They stay in the raw batches alone.</summary>
public static class PersonSeenStore
{
    private const int Most = 10_000;

    /// <summary>Since an instant, the newest first: at, site, device, person, visit, page, operator. Person and site: blank for all.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Since(StoreSession session, SegmentReader segments, string region, long since, string person, string site)
    {
        var places = new List<(long At, string Site, long Device, long Segment, long Ordinal)>();
        using (var rows = session.Prepared("""
            select captured_effective_ms, site, device_no, segment_id, ordinal from public_entry
            where region = $1 and kind = $2 and captured_effective_ms > $3 and ($4 = '' or site = $4) order by captured_effective_ms desc, device_no, seq desc
            """).Read(region, Kinds.PersonSeen, since, site))
        {
            while (rows.Read())
            {
                places.Add((rows.GetInt64(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4)));
            }
        }
        return [.. places.Select(place => (place, Seen: Body(session, segments, region, place.Segment, place.Ordinal))).Where(each => person.Length == 0 || each.Seen.Person == person).Take(Most)
            .Select(each => (IReadOnlyList<string>)[
                DateTimeOffset.FromUnixTimeMilliseconds(each.place.At).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), each.place.Site,
                each.place.Device.ToString(CultureInfo.InvariantCulture), each.Seen.Person, each.Seen.Visit, each.Seen.Page, each.Seen.Operator])];
    }

    private static PersonSeen Body(StoreSession session, SegmentReader segments, string region, long segment, long ordinal)
    {
        var line = segments.Line(session, region, segment, ordinal).Span;
        JournalCodec.ReadHead(line, out var body);
        return JournalCodec.ReadBody<PersonSeen>(line[body]);
    }
}

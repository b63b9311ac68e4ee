using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ingest;

/// <summary>Table entry_cursor, and the entries behind it.</summary>
internal static class EntryCursorStore
{
    /// <summary>Devices of which a taker has not read all, at most so many.</summary>
    public static IReadOnlyList<EntryPlace> Waiting(StoreSession session, string region, string taker, int most)
    {
        var places = new List<EntryPlace>();
        using var rows = session.Prepared("""
            select h.device_no, cast(coalesce(c.epoch, 0) as bigint), cast(coalesce(c.seq, 0) as bigint)
            from device_head h left join entry_cursor c on c.region = h.region and c.taker = $2 and c.device_no = h.device_no
            where h.region = $1 and h.seq > 0 and (c.device_no is null or h.epoch > c.epoch or (h.epoch = c.epoch and h.seq > c.seq))
                and exists (select 1 from entry e where e.region = h.region and e.device_no = h.device_no
                            and (e.epoch, e.seq) > (cast(coalesce(c.epoch, 0) as bigint), cast(coalesce(c.seq, 0) as bigint)))
            order by h.device_no limit $3
            """).Read(region, taker, (long)most);
        while (rows.Read())
        {
            places.Add(new EntryPlace(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2)));
        }
        return places;
    }

    /// <summary>The next entries of a device, at most so many.</summary>
    public static IReadOnlyList<WantedRow> Behind(StoreSession session, string region, EntryPlace place, int most) => session.Rows<WantedRow>(
        """
        select e.epoch as Epoch, e.seq as Seq, d.site as Site, e.kind as Kind, e.schema as Schema, e.captured_effective_ms as EffectiveMs, e.civil_day as CivilDay,
               e.segment_id as SegmentId, e.ordinal as Ordinal
        from entry e join public_device d on d.region = e.region and d.device_no = e.device_no
        where e.region = $1 and e.device_no = $2 and (e.epoch, e.seq) > ($3, $4) order by e.epoch, e.seq limit $5
        """,
        region, place.DeviceNo, place.Epoch, place.Seq, (long)most);

    public static void Advance(StoreSession session, string region, string taker, EntryPlace through) => session.Prepared("""
        insert into entry_cursor (region, taker, device_no, epoch, seq) values ($1, $2, $3, $4, $5)
        on conflict (region, taker, device_no) do update set epoch = excluded.epoch, seq = excluded.seq
        """).Execute(region, taker, through.DeviceNo, through.Epoch, through.Seq);
}

/// <summary>Through where a device's entries were read; (0, 0): none.</summary>
internal sealed record EntryPlace(long DeviceNo, long Epoch, long Seq);

internal sealed class WantedRow
{
    public long Epoch { get; init; }
    public long Seq { get; init; }
    public string Site { get; init; } = "";
    public string Kind { get; init; } = "";
    public long Schema { get; init; }
    public long EffectiveMs { get; init; }
    public DateOnly CivilDay { get; init; }
    public long SegmentId { get; init; }
    public long Ordinal { get; init; }
}

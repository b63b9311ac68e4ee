using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Which entries wait, device by device in the order of their sequences, and through where each device was read.</summary>
internal static class CursorStore
{
    private const string Selected = """
        select region as Region, device_no as DeviceNo, epoch as Epoch, seq as Seq, site as Site, kind as Kind, schema as Schema,
               captured_effective_ms as EffectiveMs, civil_day as CivilDay, segment_id as SegmentId, ordinal as Ordinal
        from public_entry
        """;

    /// <summary>The next entries, fairly over the devices that have any: who was served longest ago comes first.</summary>
    public static IReadOnlyList<WaitingEntry> Waiting(StoreSession session, string region, int most)
    {
        var devices = session.Query<Cursor>(
            """
            select h.device_no as DeviceNo, cast(coalesce(c.epoch, 0) as bigint) as Epoch, cast(coalesce(c.seq, 0) as bigint) as Seq
            from public_device_head h left join settlement_cursor c on c.region = h.region and c.device_no = h.device_no
            where h.region = @region and (c.device_no is null or h.epoch > c.epoch or (h.epoch = c.epoch and h.seq > c.seq))
                and exists (select 1 from public_entry e where e.region = h.region and e.device_no = h.device_no
                            and (e.epoch, e.seq) > (cast(coalesce(c.epoch, 0) as bigint), cast(coalesce(c.seq, 0) as bigint)))
            order by cast(coalesce(c.served, 0) as bigint), h.device_no
            limit @most
            """,
            new { region, most = (long)most });
        var entries = new List<WaitingEntry>();
        if (devices.Count == 0)
        {
            return entries;
        }
        var share = Math.Max(1, most / devices.Count);
        foreach (var device in devices)
        {
            entries.AddRange(session.Query<WaitingEntry>(
                Selected + """
                 where region = @region and device_no = @device and (epoch, seq) > (@epoch, @seq)
                order by epoch, seq limit @share
                """,
                new { region, device = device.DeviceNo, epoch = device.Epoch, seq = device.Seq, share = (long)share }));
        }
        return entries;
    }

    /// <summary>The number of this step: a device that it serves comes behind all others that wait.</summary>
    public static long NextStep(StoreSession session, string region) => 1 + session.ExecuteScalar<long>(
        "select cast(coalesce(max(served), 0) as bigint) from settlement_cursor where region = @region", new { region });

    public static void Advance(StoreSession session, WaitingEntry last, long step) => session.Later(
        """
        insert into settlement_cursor (region, device_no, epoch, seq, served) values ($1, $2, $3, $4, $5)
        on conflict (region, device_no) do update set epoch = excluded.epoch, seq = excluded.seq, served = excluded.served
        """,
        last.Region, last.DeviceNo, last.Epoch, last.Seq, step);

    /// <summary>One published entry; null: there is none.</summary>
    public static WaitingEntry? Entry(StoreSession session, string region, long deviceNo, long epoch, long seq) => session.QuerySingleOrDefault<WaitingEntry>(
        Selected + " where region = @region and device_no = @deviceNo and epoch = @epoch and seq = @seq", new { region, deviceNo, epoch, seq });

    /// <summary>Counts entries by site, civil day and kind.</summary>
    public static void Count(StoreSession session, IEnumerable<WaitingEntry> entries)
    {
        foreach (var same in entries.GroupBy(entry => (entry.Region, entry.Site, entry.CivilDay, entry.Kind)))
        {
            session.LaterAdd(
                """
                insert into entry_count (region, site, civil_day, kind, count) values ($1, $2, $3, $4, $5)
                on conflict (region, site, civil_day, kind) do update set count = entry_count.count + excluded.count
                """,
                4, same.Key.Region, same.Key.Site, same.Key.CivilDay, same.Key.Kind, (long)same.Count());
        }
    }

    private sealed class Cursor
    {
        public long DeviceNo { get; init; }
        public long Epoch { get; init; }
        public long Seq { get; init; }
    }
}

using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Which entries wait, device by device in the order of their sequences, and through where each device was read.</summary>
internal static class CursorStore
{
    /// <summary>The next entries, fairly over the devices: who was served least often comes first.</summary>
    public static IReadOnlyList<WaitingEntry> Waiting(StoreSession session, string region, int most)
    {
        var devices = session.Query<Cursor>(
            """
            select h.device_no as DeviceNo, cast(coalesce(c.epoch, 0) as bigint) as Epoch, cast(coalesce(c.seq, 0) as bigint) as Seq
            from public_device_head h left join settlement_cursor c on c.region = h.region and c.device_no = h.device_no
            where h.region = @region and (c.device_no is null or h.epoch > c.epoch or (h.epoch = c.epoch and h.seq > c.seq))
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
                """
                select region as Region, device_no as DeviceNo, epoch as Epoch, seq as Seq, site as Site, kind as Kind, schema as Schema,
                       captured_effective_ms as EffectiveMs, civil_day as CivilDay, segment_id as SegmentId, ordinal as Ordinal
                from public_entry
                where region = @region and device_no = @device and (epoch, seq) > (@epoch, @seq)
                order by epoch, seq limit @share
                """,
                new { region, device = device.DeviceNo, epoch = device.Epoch, seq = device.Seq, share = (long)share }));
        }
        return entries;
    }

    public static void Advance(StoreSession session, WaitingEntry last) => session.Execute(
        """
        insert into settlement_cursor (region, device_no, epoch, seq, served) values (@Region, @DeviceNo, @Epoch, @Seq, 1)
        on conflict (region, device_no) do update set epoch = excluded.epoch, seq = excluded.seq, served = settlement_cursor.served + 1
        """,
        last);

    public static void Count(StoreSession session, WaitingEntry entry) => session.Execute(
        """
        insert into entry_count (region, site, civil_day, kind, count) values (@Region, @Site, @CivilDay, @Kind, 1)
        on conflict (region, site, civil_day, kind) do update set count = entry_count.count + 1
        """,
        entry);

    private sealed class Cursor
    {
        public long DeviceNo { get; init; }
        public long Epoch { get; init; }
        public long Seq { get; init; }
    }
}

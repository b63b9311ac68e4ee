using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ingest;

/// <summary>An epoch that was given, and the one that the device stood in then.</summary>
/// <param name="From">Null: not kept.</param>
public sealed record EpochGiven(long Epoch, long? From, long GivenMilliseconds);

/// <summary>What is known of copies of a device. Milliseconds since 1970; 0: never.</summary>
public sealed record CloneMark(long SeenMilliseconds, string Detail, long ClearedMilliseconds)
{
    public static readonly CloneMark None = new(0, "", 0);

    /// <summary>Two copies were seen, and no operator has looked since.</summary>
    public bool Stands => SeenMilliseconds > ClearedMilliseconds;
}

/// <summary>Tables device_epoch and device_clone.</summary>
public static class EpochStore
{
    public static void Add(StoreSession session, string region, long deviceNo, EpochGiven given, string why) => session.Execute("""
        insert into device_epoch (region, device_no, epoch, given_ms, why, from_epoch) values (@region, @deviceNo, @Epoch, @GivenMilliseconds, @why, @From)
        """, new { region, deviceNo, given.Epoch, given.GivenMilliseconds, why, given.From });

    public static long Since(StoreSession session, string region, long deviceNo, long since) => session.ExecuteScalar<long>(
        "select count(*) from device_epoch where region = @region and device_no = @deviceNo and given_ms > @since", new { region, deviceNo, since });

    /// <summary>How an epoch was given; null: it was not, or before this was kept.</summary>
    public static EpochGiven? Find(StoreSession session, string region, long deviceNo, long epoch)
    {
        using var row = session.Prepared("select epoch, from_epoch, given_ms from device_epoch where region = $1 and device_no = $2 and epoch = $3").Read(region, deviceNo, epoch);
        return row.Read() ? new EpochGiven(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetInt64(2)) : null;
    }

    public static CloneMark Clone(StoreSession session, string region, long deviceNo)
    {
        using var row = session.Prepared("select seen_ms, detail, cleared_ms from device_clone where region = $1 and device_no = $2").Read(region, deviceNo);
        return row.Read() ? new CloneMark(row.GetInt64(0), row.GetString(1), row.GetInt64(2)) : CloneMark.None;
    }

    public static void SeenTwice(StoreSession session, string region, long deviceNo, string detail, long now) => session.Execute("""
        insert into device_clone (region, device_no, seen_ms, detail, cleared_ms, cleared_why) values (@region, @deviceNo, @now, @detail, 0, '')
        on conflict (region, device_no) do update set seen_ms = excluded.seen_ms, detail = excluded.detail
        """, new { region, deviceNo, now, detail });

    public static void Clear(StoreSession session, string region, long deviceNo, string why, long now) => session.Execute("""
        insert into device_clone (region, device_no, seen_ms, detail, cleared_ms, cleared_why) values (@region, @deviceNo, 0, '', @now, @why)
        on conflict (region, device_no) do update set cleared_ms = excluded.cleared_ms, cleared_why = excluded.cleared_why
        """, new { region, deviceNo, now, why });

    /// <summary>The last sequence that is stored of an epoch; 0: none.</summary>
    public static long LastSeq(StoreSession session, string region, long deviceNo, long epoch) => session.ExecuteScalar<long>(
        "select cast(coalesce(max(from_seq + count - 1), 0) as bigint) from segment where region = @region and device_no = @deviceNo and epoch = @epoch",
        new { region, deviceNo, epoch });

    /// <summary>The chain's hash before a segment.</summary>
    public static byte[] HashBefore(StoreSession session, string region, long segmentId) =>
        (byte[])session.Prepared("select prev_hash from segment where region = $1 and segment_id = $2").Scalar(region, segmentId)!;
}

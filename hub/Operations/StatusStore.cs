using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Operations;

/// <summary>What the status page and command show of a device.</summary>
public sealed class DeviceStatus
{
    public string Device { get; set; } = "";
    public string Site { get; set; } = "";
    public bool Revoked { get; set; }
    public long Epoch { get; set; }
    public long Seq { get; set; }

    /// <summary>Milliseconds since 1970; 0: never.</summary>
    public long ReceivedMs { get; set; }

    /// <summary>Blank: nothing was refused since the last accepted batch.</summary>
    public string RefusedCode { get; set; } = "";
    public string RefusedDetail { get; set; } = "";
    public long Forks { get; set; }

    /// <summary>What shows that two copies of it live; blank: none seen since an operator looked.</summary>
    public string Cloned { get; set; } = "";
}

/// <summary>Reads the other rooms' published views for the status.</summary>
public static class StatusStore
{
    private const int MostDevices = 5_000;

    public static IReadOnlyList<DeviceStatus> Devices(StoreSession session, string region) => session.Query<DeviceStatus>("""
        select d.device, d.site, d.revoked_ms is not null as "Revoked", coalesce(h.epoch, 1) as "Epoch", coalesce(h.seq, 0) as "Seq",
            coalesce(h.received_ms, 0) as "ReceivedMs", coalesce(h.refused_code, '') as "RefusedCode", coalesce(h.refused_detail, '') as "RefusedDetail",
            coalesce(h.forks, 0) as "Forks", coalesce(c.detail, '') as "Cloned"
        from public_device d left join public_device_head h on h.region = d.region and h.device_no = d.device_no
            left join public_device_clone c on c.region = d.region and c.device_no = d.device_no and c.seen_ms > c.cleared_ms
        where d.region = @region order by d.device_no limit @MostDevices
        """, new { region, MostDevices });

    public static long Institutions(StoreSession session, string region) =>
        session.ExecuteScalar<long>("select count(*) from public_institution where region = @region", new { region });

    public static long Members(StoreSession session, string region) =>
        session.ExecuteScalar<long>("select count(*) from public_member where region = @region and removed = false", new { region });

    public static long Entries(StoreSession session, string region) =>
        session.ExecuteScalar<long>("select cast(coalesce(sum(count), 0) as bigint) from public_segment where region = @region", new { region });

    /// <summary>Entries that Settlement has put aside and nobody has released yet.</summary>
    public static long Quarantined(StoreSession session, string region) =>
        session.ExecuteScalar<long>("select count(*) from public_quarantine where region = @region and released_ms is null", new { region });
}

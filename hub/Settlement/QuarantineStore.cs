using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Why an entry could not be used.</summary>
/// <param name="Owner">Who must look at it: the site, or the bureau.</param>
/// <param name="WaitsFor">What releases it by itself, for example "settlement/ID"; blank: only people.</param>
public sealed record QuarantineReason(string Code, string Detail, string Owner, string WaitsFor = "")
{
    public const string Bureau = "bureau";
    public const int LongestDetail = 500;
}

/// <summary>Names an entry that is set aside.</summary>
internal sealed class AsideEntry
{
    public long DeviceNo { get; init; }
    public long Epoch { get; init; }
    public long Seq { get; init; }
}

/// <summary>Entries set aside, visibly: with reason, owner and since when. They never block what stands behind them.</summary>
internal static class QuarantineStore
{
    public static void Add(StoreSession session, WaitingEntry entry, QuarantineReason reason, long nowMs) => session.Execute(
        """
        insert into quarantine (region, device_no, epoch, seq, site, kind, code, detail, owner, waits_for, since_ms)
        values (@region, @device, @epoch, @seq, @site, @kind, @code, @detail, @owner, @waitsFor, @nowMs)
        on conflict (region, device_no, epoch, seq) do nothing
        """,
        new
        {
            region = entry.Region, device = entry.DeviceNo, epoch = entry.Epoch, seq = entry.Seq, site = entry.Site, kind = entry.Kind,
            code = reason.Code, detail = reason.Detail.Length > QuarantineReason.LongestDetail ? reason.Detail[..QuarantineReason.LongestDetail] : reason.Detail,
            owner = reason.Owner, waitsFor = reason.WaitsFor, nowMs,
        });

    /// <summary>Entries that a newer or repaired hub may be able to use: failed unexpectedly, line damaged, kind or code unknown.</summary>
    public static IReadOnlyList<AsideEntry> ToRetry(StoreSession session, string region, int most) => session.Query<AsideEntry>(
        """
        select device_no as DeviceNo, epoch as Epoch, seq as Seq from quarantine
        where region = @region and released_ms is null and code in ('Unexpected', 'StoreDamaged', 'UnknownKind', 'UnknownCode')
        order by since_ms, device_no, epoch, seq limit @most
        """,
        new { region, most = (long)most });

    /// <summary>What waited for this came: the entry is no longer set aside.</summary>
    public static void Release(StoreSession session, string region, long deviceNo, long epoch, long seq, long nowMs) => session.Execute(
        "update quarantine set released_ms = @nowMs where region = @region and device_no = @deviceNo and epoch = @epoch and seq = @seq and released_ms is null",
        new { region, deviceNo, epoch, seq, nowMs });
}

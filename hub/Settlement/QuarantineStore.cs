using EdgeHub.Hub.Store;
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
    public string Code { get; init; } = "";
    public string WaitsFor { get; init; } = "";
}

/// <summary>Entries set aside, visibly: with reason, owner and since when. They never block what stands behind them.</summary>
internal static class QuarantineStore
{
    /// <param name="version">Of the feed that tells the site, as with every change below.</param>
    public static void Add(StoreSession session, WaitingEntry entry, QuarantineReason reason, long nowMs, long version) => session.Execute(
        """
        insert into quarantine (region, device_no, epoch, seq, site, kind, code, detail, owner, waits_for, since_ms, version)
        values (@region, @device, @epoch, @seq, @site, @kind, @code, @detail, @owner, @waitsFor, @nowMs, @version)
        on conflict (region, device_no, epoch, seq) do nothing
        """,
        new
        {
            region = entry.Region, device = entry.DeviceNo, epoch = entry.Epoch, seq = entry.Seq, site = entry.Site, kind = entry.Kind,
            code = reason.Code, detail = Short(reason.Detail),
            owner = reason.Owner, waitsFor = reason.WaitsFor, nowMs, version,
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
    public static void Release(StoreSession session, string region, long deviceNo, long epoch, long seq, long nowMs, long version) => session.Execute(
        """
        update quarantine set released_ms = @nowMs, retry_ms = 0, version = @version
        where region = @region and device_no = @deviceNo and epoch = @epoch and seq = @seq and released_ms is null
        """,
        new { region, deviceNo, epoch, seq, nowMs, version });

    /// <summary>An entry that is set aside still; null: it is not.</summary>
    public static AsideEntry? Of(StoreSession session, string region, (long DeviceNo, long Epoch, long Seq) entry) => session.QuerySingleOrDefault<AsideEntry>(
        """
        select device_no as DeviceNo, epoch as Epoch, seq as Seq, code as Code, waits_for as WaitsFor from quarantine
        where region = @region and device_no = @DeviceNo and epoch = @Epoch and seq = @Seq and released_ms is null
        """,
        new { region, entry.DeviceNo, entry.Epoch, entry.Seq });

    public static void AskRetry(StoreSession session, string region, (long DeviceNo, long Epoch, long Seq) entry, long nowMs) => session.Execute(
        "update quarantine set retry_ms = @nowMs where region = @region and device_no = @DeviceNo and epoch = @Epoch and seq = @Seq",
        new { region, entry.DeviceNo, entry.Epoch, entry.Seq, nowMs });

    public static void CloseByHand(StoreSession session, string region, (long DeviceNo, long Epoch, long Seq) entry, long nowMs, long version) => session.Execute(
        """
        update quarantine set released_ms = @nowMs, closed_by_hand = true, version = @version
        where region = @region and device_no = @DeviceNo and epoch = @Epoch and seq = @Seq
        """,
        new { region, entry.DeviceNo, entry.Epoch, entry.Seq, nowMs, version });

    /// <summary>Entries that people asked to be tried once more.</summary>
    public static IReadOnlyList<AsideEntry> Asked(StoreSession session, string region, int most) => session.Rows<AsideEntry>(
        """
        select device_no as DeviceNo, epoch as Epoch, seq as Seq from quarantine where region = $1 and retry_ms > 0 and released_ms is null
        order by retry_ms, device_no, epoch, seq limit $2
        """,
        region, (long)most);

    /// <summary>It was tried once more in vain: why, this time.</summary>
    public static void InVain(StoreSession session, WaitingEntry entry, QuarantineReason reason, long version) => session.Execute(
        """
        update quarantine set retry_ms = 0, code = @Code, detail = @detail, owner = @Owner, waits_for = @WaitsFor, version = @version
        where region = @Region and device_no = @DeviceNo and epoch = @Epoch and seq = @Seq
        """,
        new { entry.Region, entry.DeviceNo, entry.Epoch, entry.Seq, reason.Code, detail = Short(reason.Detail), reason.Owner, reason.WaitsFor, version });

    /// <summary>Whether a hub from before set something aside of which no site was told.</summary>
    public static bool HasUntold(StoreSession session, string region) =>
        session.ExecuteScalar<long>("select count(*) from quarantine where region = @region and version = 0 and released_ms is null", new { region }) > 0;

    public static void TellUntold(StoreSession session, string region, long version) => session.Execute(
        "update quarantine set version = @version where region = @region and version = 0 and released_ms is null", new { region, version });

    private static string Short(string detail) => detail.Length > QuarantineReason.LongestDetail ? detail[..QuarantineReason.LongestDetail] : detail;
}

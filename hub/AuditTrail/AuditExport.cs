using System.Globalization;
using System.Security.Cryptography;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.AuditTrail;

/// <summary>What an export wrote.</summary>
public sealed record AuditExported(int Files, long Batches, long Settlements, long Sets);

/// <summary>Writes everything that a stranger needs to check the hub without the hub: the raw signed batches, the devices' public keys,
/// the region's settings, claims, decisions and the ledger as plain files, the definition of all of it, and a signed manifest.
/// All on one snapshot.</summary>
public static class AuditExport
{
    private const string Format = "1";

    /// <exception cref="Rules.FaultException">The folder is not empty.</exception>
    public static AuditExported Write(HubStore hub, DirectoryInfo to, AuditRange range)
    {
        var folder = new AuditFolder(to);
        var exported = hub.Read(session => Write(session, hub, folder, range));
        folder.Seal(hub.Keys.Signer);
        return exported with { Files = folder.Count + 2 };
    }

    private static AuditExported Write(StoreSession session, HubStore hub, AuditFolder folder, AuditRange range)
    {
        var (fromMs, beforeMs) = range.Milliseconds(TimeZoneInfo.FindSystemTimeZoneById(hub.Settings.TimeZone));
        var bounds = new { region = hub.Region, whole = range.IsWhole, fromMs, beforeMs, first = range.First, last = range.Last };
        folder.Text("README.txt", Definition());
        folder.Csv("settings.csv", ["key", "value"], Settings(hub, range));
        var keys = AuditExportStore.Keys(session, hub.Region).ToDictionary(key => key.DeviceNo, key => Convert.ToBase64String(key.PublicKey));
        var devices = AuditExportStore.Rows(session, AuditExportStore.Devices, bounds).ToList();
        folder.Csv("devices.csv", [.. AuditExportStore.Devices.Names, "public_key"],
            devices.Select(row => (IReadOnlyList<string>)[.. row, keys[long.Parse(row[0], CultureInfo.InvariantCulture)]]));
        var rows = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["segments.csv"] = Segments(session, folder, bounds),
        };
        foreach (var list in AuditExportStore.Lists)
        {
            rows[list.File] = folder.Csv(list.File, list.Names, AuditExportStore.Rows(session, list, bounds));
        }
        return new AuditExported(0, rows["segments.csv"], rows["settlements.csv"], rows["ledger_sets.csv"]);
    }

    /// <summary>The batches of each device and epoch one behind the other in a file, exactly as they were sent, and the list that says where each stands.</summary>
    private static long Segments(StoreSession session, AuditFolder folder, object bounds)
    {
        var index = new List<IReadOnlyList<string>>();
        FileStream? file = null;
        var name = "";
        try
        {
            foreach (var batch in AuditExportStore.Segments(session, bounds))
            {
                var own = string.Create(CultureInfo.InvariantCulture, $"segments/{batch.DeviceNo:00000}-{batch.Epoch:0000}.bin");
                if (own != name)
                {
                    file?.Dispose();
                    (file, name) = (folder.New(own), own);
                }
                index.Add(
                [
                    Number(batch.SegmentId), Number(batch.DeviceNo), batch.Device, batch.Site, Number(batch.Epoch), Number(batch.FromSeq), Number(batch.Count),
                    Convert.ToHexStringLower(batch.PrevHash), Convert.ToHexStringLower(batch.LastHash), Number(batch.ReceivedMs),
                    own, Number(file!.Position), Number(batch.Wire.Length), Convert.ToHexStringLower(SHA256.HashData(batch.Wire)),
                ]);
                file.Write(batch.Wire);
            }
        }
        finally
        {
            file?.Dispose();
        }
        return folder.Csv(
            "segments.csv",
            ["segment_id", "device_no", "device", "site", "epoch", "from_seq", "count", "prev_hash", "last_hash", "received_ms", "file", "offset", "bytes", "sha256"],
            index);
    }

    private static IReadOnlyList<IReadOnlyList<string>> Settings(HubStore hub, AuditRange range) =>
    [
        ["format", Format],
        ["region", hub.Region],
        ["time_zone", hub.Settings.TimeZone],
        ["currency", hub.Settings.Currency.Code],
        ["demo_offset_seconds", Number(hub.Settings.DemoOffsetSeconds)],
        ["exported_ms", Number(hub.NowMilliseconds)],
        ["from", range.From ?? ""],
        ["through", range.Through ?? ""],
        ["hub_key_id", hub.Keys.Signer.KeyId],
        ["hub_public_key", Convert.ToBase64String(hub.Keys.Signer.PublicKey)],
    ];

    private static string Definition()
    {
        using var stream = typeof(AuditExport).Assembly.GetManifestResourceStream("AuditTrail/README.txt")
            ?? throw new InvalidOperationException("The definition of the export is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

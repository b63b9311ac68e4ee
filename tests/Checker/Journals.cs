using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EdgeHub.Tests.Checker;

/// <summary>The journals: every batch signed by its device, every chain without a gap, and what the lines claim.</summary>
public sealed class Journals
{
    private const int MostRawBytes = 8 * 1024 * 1024;

    public Dictionary<(long Device, long Epoch, long Seq), Claim> Claims { get; } = [];
    public Dictionary<(long Device, long Epoch, long Seq), TakenBack> TakenBack { get; } = [];

    public Dictionary<(long Device, long Epoch, long Seq), PaidOut> PaidOut { get; } = [];

    /// <summary>Through where the hub has judged each device's lines.</summary>
    public Dictionary<long, (long Epoch, long Seq)> Judged { get; } = [];
    public long Batches { get; private set; }

    public static Journals Read(Folder folder, IReadOnlyDictionary<string, string> settings)
    {
        var journals = new Journals();
        var keys = Keys(folder, journals);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        Row? before = null;
        foreach (var row in folder.Rows("segments.csv"))
        {
            if (!files.TryGetValue(row["file"], out var file))
            {
                files.Clear();
                files[row["file"]] = file = folder.Bytes(row["file"]);
            }
            var (offset, bytes) = (row.Number("offset"), row.Number("bytes"));
            if (offset < 0 || bytes < 8 || offset + bytes > file.LongLength)
            {
                throw new DifferenceException($"{row.Place}: bytes {offset} to {offset + bytes} of {row["file"]}, which has {file.LongLength}");
            }
            var wire = file.AsSpan((int)offset, (int)bytes);
            Manifest.Expect($"{row.Place}: sha256", row["sha256"], Convert.ToHexStringLower(SHA256.HashData(wire)));
            Follows(row, before, isPart: settings["from"].Length > 0);
            if (!keys.TryGetValue(row.Number("device_no"), out var device))
            {
                throw new DifferenceException($"{row.Place}: expected device {row["device_no"]} in devices.csv");
            }
            Manifest.Expect($"{row.Place}: site of device {row["device_no"]}", device.Site, row["site"]);
            journals.Batch(row, wire, device, settings["region"]);
            before = row;
        }
        return journals;
    }

    private static Dictionary<long, (string KeyId, byte[] Key, string Site)> Keys(Folder folder, Journals journals)
    {
        var keys = new Dictionary<long, (string, byte[], string)>();
        foreach (var row in folder.Rows("devices.csv"))
        {
            var key = Convert.FromBase64String(row["public_key"]);
            Manifest.Expect($"{row.Place}: key_id of the public key", Manifest.KeyId(key), row["key_id"]);
            keys[row.Number("device_no")] = (row["key_id"], key, row["site"]);
            journals.Judged[row.Number("device_no")] = (row.Number("judged_epoch"), row.Number("judged_seq"));
        }
        return keys;
    }

    /// <summary>A batch stands right behind the one before it, or begins an epoch.</summary>
    private static void Follows(Row row, Row? before, bool isPart)
    {
        if (before is not null && (before["device_no"], before["epoch"]) == (row["device_no"], row["epoch"]))
        {
            Manifest.Expect($"{row.Place}: from_seq behind the batch before", before.Number("from_seq") + before.Number("count"), row.Number("from_seq"));
            Manifest.Expect($"{row.Place}: prev_hash", before["last_hash"], row["prev_hash"]);
        }
        else if (!isPart)
        {
            Manifest.Expect($"{row.Place}: from_seq of an epoch's first batch", 1, row.Number("from_seq"));
            Manifest.Expect($"{row.Place}: prev_hash of an epoch's first batch", new string('0', 64), row["prev_hash"]);
        }
    }

    private void Batch(Row row, ReadOnlySpan<byte> wire, (string KeyId, byte[] Key, string Site) device, string region)
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(wire[4..]);
        if (!wire.StartsWith("EHJ1"u8) || length > wire.Length - 8)
        {
            throw new DifferenceException($"{row.Place}: expected EHJ1 and a header");
        }
        using var json = JsonDocument.Parse(wire.Slice(8, (int)length).ToArray());
        var header = json.RootElement;
        string[] names = ["format", "region", "site", "device", "epoch", "fromSeq", "count", "rawLength", "prevHash", "lastHash", "keyId"];
        var signed = "EHJ1\n" + string.Join('\n', names.Select(name => header.GetProperty(name).ToString()));
        Manifest.Expect($"{row.Place}: keyId", device.KeyId, header.GetProperty("keyId").GetString()!);
        if (!Manifest.Signed(device.Key, Encoding.UTF8.GetBytes(signed), Convert.FromBase64String(header.GetProperty("signature").GetString()!)))
        {
            throw new DifferenceException($"{row.Place}: expected a signature by the key of device {row["device_no"]}; found another");
        }
        foreach (var (name, column) in new[] { ("site", "site"), ("device", "device"), ("epoch", "epoch"), ("fromSeq", "from_seq"), ("count", "count"), ("prevHash", "prev_hash"), ("lastHash", "last_hash") })
        {
            Manifest.Expect($"{row.Place}: {name} in the signed header", header.GetProperty(name).ToString(), row[column]);
        }
        Manifest.Expect($"{row.Place}: region in the signed header", region, header.GetProperty("region").GetString()!);
        Lines(row, Inflated(row, wire[(8 + (int)length)..], header.GetProperty("rawLength").GetInt32()));
        Batches++;
    }

    private static byte[] Inflated(Row row, ReadOnlySpan<byte> payload, int rawLength)
    {
        if (rawLength is < 1 or > MostRawBytes)
        {
            throw new DifferenceException($"{row.Place}: rawLength {rawLength}, expected 1 to {MostRawBytes}");
        }
        var raw = new byte[rawLength];
        return BrotliDecoder.TryDecompress(payload, raw, out var written) && written == rawLength
            ? raw
            : throw new DifferenceException($"{row.Place}: expected lines of {rawLength} bytes; they do not inflate to that");
    }

    private void Lines(Row row, ReadOnlySpan<byte> raw)
    {
        var (device, epoch, seq) = (row.Number("device_no"), row.Number("epoch"), row.Number("from_seq"));
        var hash = Convert.FromHexString(row["prev_hash"]);
        while (!raw.IsEmpty)
        {
            var end = raw.IndexOf((byte)'\n') + 1;
            var line = end > 0 ? raw[..end] : throw new DifferenceException($"{row.Place}: expected LF behind line {seq}");
            byte[] chained = [.. hash, .. line];
            hash = SHA256.HashData(chained);
            Line((device, epoch, seq), row, line);
            raw = raw[end..];
            seq++;
        }
        Manifest.Expect($"{row.Place}: lines", row.Number("count"), seq - row.Number("from_seq"));
        Manifest.Expect($"{row.Place}: last_hash of the lines' chain", Convert.ToHexStringLower(hash), row["last_hash"]);
    }

    private void Line((long Device, long Epoch, long Seq) entry, Row row, ReadOnlySpan<byte> line)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(line.ToArray());
        }
        catch (JsonException)
        {
            return; // A device wrote and signed something else; the hub has set it aside, and that is checked there.
        }
        using (json)
        {
            var root = json.RootElement;
            Manifest.Expect($"{row.Place}: seq in the line", entry.Seq, root.GetProperty("seq").GetInt64());
            var body = root.GetProperty("body");
            try
            {
                Body(entry, root.GetProperty("kind").GetString(), body);
            }
            catch (Exception unreadable) when (unreadable is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
            {
                // The same: a body that claims nothing readable has no settlement row, and stands in aside.csv.
                _ = Claims.Remove(entry);
            }
        }
    }

    private void Body((long, long, long) entry, string? kind, JsonElement body)
    {
        switch (kind)
        {
            case "VisitSettled":
                Claims[entry] = Bodies.Settled(body, "Settled");
                break;
            case "VisitReversed":
                TakenBack[entry] = Bodies.Reversed(body);
                break;
            case "VisitPartlyRefunded":
                Claims[entry] = Bodies.Settled(body.GetProperty("now"), "Remainder");
                TakenBack[entry] = Bodies.PartlyRefunded(body);
                break;
            case "ReimbursementClaimed":
                Claims[entry] = Bodies.Reimbursement(body);
                break;
            case "RefundPaid":
                PaidOut[entry] = Bodies.RefundPaid(body);
                break;
            default:
                break;
        }
    }

    public static string Name((long Device, long Epoch, long Seq) entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.Device}/{entry.Epoch}/{entry.Seq}");
}

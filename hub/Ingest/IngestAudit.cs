using EdgeHub.Hub.Access;
using EdgeHub.Hub.Jobs;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Ingest;

/// <summary>Reads every stored segment again: signature, chain, place in its device's chain, the narrow rows of its lines, and the
/// sums of what they claim.</summary>
public sealed class IngestAudit : IAudit
{
    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        var claims = new Dictionary<(string Site, ClaimKey Key), ClaimSum>();
        var (entries, since) = (0L, IngestAuditStore.ClaimedSince(session, region));
        foreach (var deviceNo in IngestAuditStore.Devices(session, region))
        {
            entries += Journal(session, region, deviceNo, IngestAuditStore.Segments(session, region, deviceNo), claims, since, notes);
        }
        notes.Same("entry count", region, entries, IngestAuditStore.EntryCount(session, region));
        var rebuilt = claims.ToDictionary(
            cell => (cell.Key.Site, cell.Key.Key),
            cell => new ClaimRow
            {
                Site = cell.Key.Site, VisitType = cell.Key.Key.VisitType, ServiceMonth = cell.Key.Key.ServiceMonth, Currency = cell.Key.Key.Currency,
                Settled = cell.Value.Settled, Reversed = cell.Value.Reversed, Total = cell.Value.Total, Fund = cell.Value.Fund, Account = cell.Value.Account, Cash = cell.Value.Cash,
                Catastrophic = cell.Value.Catastrophic, Assistance = cell.Value.Assistance, Invoices = cell.Value.Invoices, Invoiced = cell.Value.Invoiced,
            });
        var stored = IngestAuditStore.Claims(session, region).ToDictionary(row => (row.Site, new ClaimKey(row.VisitType, row.ServiceMonth, row.Currency)), row => row);
        notes.SameRows("claimed_rollup", rebuilt, stored);
    }

    /// <returns>Number of the journal's entries.</returns>
    private static long Journal(
        StoreSession session, string region, long deviceNo, IReadOnlyList<SegmentRow> segments, Dictionary<(string, ClaimKey), ClaimSum> claims, long since, AuditNotes notes)
    {
        var device = AccessStore.DeviceOfNumber(session, region, deviceNo);
        if (device is null)
        {
            notes.Differ("device", $"{deviceNo}", "a device for its segments", null);
            return 0;
        }
        var (epoch, seq, hash, effective, entries) = (0L, 0L, Chain.Zero, 0L, 0L);
        foreach (var row in segments)
        {
            if (row.Epoch != epoch)
            {
                (epoch, seq, hash) = (row.Epoch, 0, Chain.Zero);
            }
            var key = FormattableString.Invariant($"{device.Name} epoch {row.Epoch} from {row.FromSeq}");
            notes.Same("segment place", key, seq + 1, row.FromSeq);
            notes.Same("segment prev_hash", key, Chain.Text(hash), Chain.Text(row.PrevHash));
            if (Opened(session, region, device, row, key, notes) is { } lines)
            {
                notes.Same("segment count", key, row.Count, (long)lines.Lines.Count);
                effective = Rows(session, region, row, lines, effective, key, notes);
                Add(device.Site, lines.Claims, row.SegmentId > since, claims);
                entries += lines.Lines.Count;
            }
            (seq, hash) = (row.FromSeq + row.Count - 1, row.LastHash);
        }
        var head = IngestStore.Head(session, region, deviceNo);
        if (head.Epoch == epoch)
        {
            notes.Same("device_head", device.Name, $"through {seq} {Chain.Text(hash)}", $"through {head.Seq} {Chain.Text(head.Hash)}");
        }
        return entries;
    }

    /// <summary>The segment's lines after signature, header and chain were checked; null: they do not hold, which is noted.</summary>
    private static BatchLines? Opened(StoreSession session, string region, Device device, SegmentRow row, string key, AuditNotes notes)
    {
        try
        {
            var batch = BatchCodec.Read(IngestAuditStore.Wire(session, region, row.SegmentId));
            var header = batch.Header;
            notes.Same("segment signature", key, true, header.KeyId == device.KeyId && BatchCodec.SignatureHolds(header, device.PublicKey));
            notes.Same("segment header", key,
                (region, device.Name, row.Epoch, row.FromSeq, row.Count, row.RawLength, Chain.Text(row.PrevHash), Chain.Text(row.LastHash)),
                (header.Region, header.Device, header.Epoch, header.FromSeq, (long)header.Count, (long)header.RawLength, header.PrevHash, header.LastHash));
            return BatchLines.Open(batch, default);
        }
        catch (JournalFormatException damaged)
        {
            notes.Differ("segment", key, "lines as they were signed", damaged.Message);
            return null;
        }
    }

    private static long Rows(StoreSession session, string region, SegmentRow segment, BatchLines lines, long effective, string key, AuditNotes notes)
    {
        var rows = IngestAuditStore.Entries(session, region, segment);
        for (var i = 0; i < lines.Entries.Count; i++)
        {
            var entry = lines.Entries[i];
            effective = EffectiveTime.After(effective, entry.ClaimedMilliseconds, segment.ReceivedMs);
            var row = i < rows.Count ? rows[i] : null;
            var expected = new EntryRow
            {
                Kind = entry.Kind, Schema = entry.Schema, EffectiveMs = effective, Ordinal = i,
                CivilDay = entry.Kind == BatchLines.Unreadable && row is not null ? row.CivilDay : entry.CivilDay,
            };
            notes.Same("entry", FormattableString.Invariant($"{key} + {i}"), expected, row);
        }
        return effective;
    }

    /// <param name="layers">Layers and invoices of this segment were added up too.</param>
    private static void Add(string site, Claims claims, bool layers, Dictionary<(string, ClaimKey), ClaimSum> into)
    {
        foreach (var (key, sum) in claims.Sums)
        {
            if (layers || !sum.IsInvoicesAlone)
            {
                var counted = layers ? sum : sum.Package;
                into[(site, key)] = into.TryGetValue((site, key), out var held) ? held.Plus(counted) : counted;
            }
        }
    }
}

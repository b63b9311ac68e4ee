using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Ingest;

/// <summary>Tables device_head, segment, entry.</summary>
public static class IngestStore
{
    private const string PutHead = """
        insert into device_head (region, device_no, epoch, seq, hash, effective_ms, received_ms, refused_code, refused_detail, refused_ms, refused_count, forks)
        values ($1, $2, $3, $4, $5, $6, $7, '', '', 0, 0, 0)
        on conflict (region, device_no) do update set epoch = excluded.epoch, seq = excluded.seq, hash = excluded.hash,
            effective_ms = excluded.effective_ms, received_ms = excluded.received_ms, refused_code = '', refused_detail = ''
        """;

    private const string PutRefusal = """
        insert into device_head (region, device_no, epoch, seq, hash, effective_ms, received_ms, refused_code, refused_detail, refused_ms, refused_count, forks)
        values ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, 1, $10)
        on conflict (region, device_no) do update set refused_code = excluded.refused_code, refused_detail = excluded.refused_detail,
            refused_ms = excluded.refused_ms, refused_count = device_head.refused_count + 1, forks = device_head.forks + excluded.forks
        """;

    private const string AddSegmentRow = """
        insert into segment (region, segment_id, device_no, epoch, from_seq, count, raw_length, prev_hash, last_hash, received_ms, wire)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    private const string AddEntryRow = """
        insert into entry (region, device_no, epoch, seq, segment_id, ordinal, kind, schema, captured_effective_ms, civil_day)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    /// <summary>The device's head; a first one where nothing is stored yet.</summary>
    public static DeviceHead Head(StoreSession session, string region, long deviceNo)
    {
        using var row = session.Prepared("select epoch, seq, hash, effective_ms, refused_code, refused_ms, forks from device_head where region = $1 and device_no = $2").Read(region, deviceNo);
        return row.Read()
            ? new DeviceHead(deviceNo, row.GetInt64(0), row.GetInt64(1), (byte[])row.GetValue(2), row.GetInt64(3), row.GetString(4), row.GetInt64(5), row.GetInt64(6))
            : DeviceHead.First(deviceNo);
    }

    /// <summary>When a batch of any device was last taken; null: none yet.</summary>
    public static DateTimeOffset? LastReceived(StoreSession session, string region) =>
        session.Prepared("select cast(coalesce(max(received_ms), 0) as bigint) from device_head where region = $1").Scalar(region) is long at and > 0
            ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    public static void SetHead(StoreSession session, string region, DeviceHead head, long now) => session.Prepared(PutHead)
        .Execute(region, head.DeviceNo, head.Epoch, head.Seq, head.Hash, head.EffectiveMilliseconds, now);

    public static void Refused(StoreSession session, string region, DeviceHead head, string code, string detail, bool fork, long now) => session.Prepared(PutRefusal)
        .Execute(region, head.DeviceNo, head.Epoch, head.Seq, head.Hash, head.EffectiveMilliseconds, code, detail, now, fork ? 1L : 0L);

    public static void AddSegment(StoreSession session, string region, long segmentId, long deviceNo, BatchHeader header, ReadOnlyMemory<byte> wire, long now) =>
        session.Prepared(AddSegmentRow).Execute(
            region, segmentId, deviceNo, header.Epoch, header.FromSeq, (long)header.Count, (long)header.RawLength,
            Convert.FromHexString(header.PrevHash), Convert.FromHexString(header.LastHash), now, wire);

    /// <summary>One row per line, in one prepared statement.</summary>
    /// <param name="received">The hub's moment of receipt, milliseconds.</param>
    /// <returns>The effective time of the last one.</returns>
    public static long AddEntries(
        StoreSession session, string region, long segmentId, long deviceNo, BatchHeader header, IReadOnlyList<EntryHead> entries, long effectiveBefore, long received)
    {
        var insert = session.Prepared(AddEntryRow);
        var effective = effectiveBefore;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            effective = EffectiveTime.After(effective, entry.ClaimedMilliseconds, received);
            insert.Execute(region, deviceNo, header.Epoch, header.FromSeq + i, segmentId, (long)i, entry.Kind, (long)entry.Schema, effective, entry.CivilDay);
        }
        return effective;
    }

    /// <summary>Until the transaction ends nobody else moves the heads of these devices, nor revokes them.</summary>
    public static void Lock(StoreSession session, string region, params IReadOnlyList<long> devices) => session.Lock("public_device", "device_no", region, devices);

    /// <summary>The head of a device that may send; null: unknown or revoked.</summary>
    public static DeviceHead? HeadOfLiving(StoreSession session, string region, long deviceNo)
    {
        using var row = session.Prepared("""
            select d.revoked_ms, h.epoch, h.seq, h.hash, h.effective_ms, h.refused_code, h.refused_ms, h.forks
            from public_device d left join device_head h on h.region = d.region and h.device_no = d.device_no where d.region = $1 and d.device_no = $2
            """).Read(region, deviceNo);
        return !row.Read() || !row.IsDBNull(0) ? null
            : row.IsDBNull(1) ? DeviceHead.First(deviceNo)
            : new DeviceHead(deviceNo, row.GetInt64(1), row.GetInt64(2), (byte[])row.GetValue(3), row.GetInt64(4), row.GetString(5), row.GetInt64(6), row.GetInt64(7));
    }

    /// <summary>Segments under numbers from the first one on, and their lines.</summary>
    public static void AddAll(StoreSession session, string region, IReadOnlyList<NewSegment> segments, long firstNumber, long now)
    {
        using (var rows = session.Rows("segment", "region", "segment_id", "device_no", "epoch", "from_seq", "count", "raw_length", "prev_hash", "last_hash", "received_ms", "wire"))
        {
            for (var i = 0; i < segments.Count; i++)
            {
                var header = segments[i].Batch.Header;
                rows.Row().Add(region).Add(firstNumber + i).Add(segments[i].DeviceNo).Add(header.Epoch).Add(header.FromSeq).Add(header.Count).Add(header.RawLength)
                    .Add(Convert.FromHexString(header.PrevHash)).Add(Convert.FromHexString(header.LastHash)).Add(now).Add(segments[i].Batch.Wire);
            }
            rows.Done();
        }
        using (var rows = session.Rows("entry", "region", "device_no", "epoch", "seq", "segment_id", "ordinal", "kind", "schema", "captured_effective_ms", "civil_day"))
        {
            for (var i = 0; i < segments.Count; i++)
            {
                var (header, entries, effective) = (segments[i].Batch.Header, segments[i].Lines.Entries, segments[i].Effective);
                for (var at = 0; at < entries.Count; at++)
                {
                    rows.Row().Add(region).Add(segments[i].DeviceNo).Add(header.Epoch).Add(header.FromSeq + at).Add(firstNumber + i).Add(at)
                        .Add(entries[at].Kind).Add(entries[at].Schema).Add(effective[at]).Add(entries[at].CivilDay);
                }
            }
            rows.Done();
        }
    }

    /// <summary>The segments that hold any of the sequences, in order.</summary>
    public static IReadOnlyList<StoredSegment> Segments(StoreSession session, string region, long deviceNo, long epoch, long from, long through)
    {
        using var row = session.Prepared("""
            select segment_id, from_seq, count from segment
            where region = $1 and device_no = $2 and epoch = $3 and from_seq <= $4 and from_seq > $5 and from_seq + count > $6 order by from_seq
            """).Read(region, deviceNo, epoch, through, from - BatchCodec.MaxEvents, from);
        var segments = new List<StoredSegment>();
        while (row.Read())
        {
            segments.Add(new StoredSegment(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));
        }
        return segments;
    }
}

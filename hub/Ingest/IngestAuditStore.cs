using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ingest;

/// <summary>A stored segment as its row says, without its bytes.</summary>
internal sealed class SegmentRow
{
    public long SegmentId { get; init; }
    public long DeviceNo { get; init; }
    public long Epoch { get; init; }
    public long FromSeq { get; init; }
    public long Count { get; init; }
    public long RawLength { get; init; }
    public byte[] PrevHash { get; init; } = [];
    public byte[] LastHash { get; init; } = [];
    public long ReceivedMs { get; init; }
}

/// <summary>The narrow row of a line.</summary>
internal sealed record EntryRow
{
    public required string Kind { get; init; }
    public required long Schema { get; init; }
    public required long EffectiveMs { get; init; }
    public required DateOnly CivilDay { get; init; }
    public required long Ordinal { get; init; }
}

/// <summary>A cell of the claimed rollup.</summary>
internal sealed record ClaimRow
{
    public required string Site { get; init; }
    public required string VisitType { get; init; }
    public required string ServiceMonth { get; init; }
    public required string Currency { get; init; }
    public required long Settled { get; init; }
    public required long Reversed { get; init; }
    public required long Total { get; init; }
    public required long Fund { get; init; }
    public required long Account { get; init; }
    public required long Cash { get; init; }
    public required long Catastrophic { get; init; }
    public required long Assistance { get; init; }
    public required long Invoices { get; init; }
    public required long Invoiced { get; init; }
}

/// <summary>Reads what ingest keeps, for verify.</summary>
internal static class IngestAuditStore
{
    /// <summary>Devices that sent something.</summary>
    public static IReadOnlyList<long> Devices(StoreSession session, string region) => session.Query<long>(
        "select distinct device_no from segment where region = @region order by device_no", new { region });

    public static IReadOnlyList<SegmentRow> Segments(StoreSession session, string region, long deviceNo) => session.Query<SegmentRow>(
        """
        select segment_id as SegmentId, device_no as DeviceNo, epoch as Epoch, from_seq as FromSeq, count as Count, raw_length as RawLength, prev_hash as PrevHash, last_hash as LastHash, received_ms as ReceivedMs
        from segment where region = @region and device_no = @deviceNo order by epoch, from_seq
        """,
        new { region, deviceNo });

    public static byte[] Wire(StoreSession session, string region, long segmentId) => session.QuerySingleOrDefault<byte[]>(
        "select wire from segment where region = @region and segment_id = @segmentId", new { region, segmentId }) ?? [];

    /// <summary>The rows of a segment's lines, read by their places: entries have no index by segment.</summary>
    public static IReadOnlyList<EntryRow> Entries(StoreSession session, string region, SegmentRow segment) => session.Query<EntryRow>(
        """
        select kind as Kind, schema as Schema, captured_effective_ms as EffectiveMs, civil_day as CivilDay, ordinal as Ordinal
        from entry where region = @region and device_no = @DeviceNo and epoch = @Epoch and seq >= @FromSeq and seq < @behind and segment_id = @SegmentId order by seq
        """,
        new { region, segment.DeviceNo, segment.Epoch, segment.FromSeq, behind = segment.FromSeq + segment.Count, segment.SegmentId });

    public static long EntryCount(StoreSession session, string region) =>
        session.ExecuteScalar<long>("select count(*) from entry where region = @region", new { region });

    /// <summary>Layers and invoices are added up of the segments behind this one.</summary>
    public static long ClaimedSince(StoreSession session, string region) =>
        session.ExecuteScalar<long>("select cast(coalesce(max(segment_id), 0) as bigint) from claimed_since where region = @region", new { region });

    public static IReadOnlyList<ClaimRow> Claims(StoreSession session, string region) => session.Query<ClaimRow>(
        """
        select site as Site, visit_type as VisitType, service_month as ServiceMonth, currency as Currency, settled as Settled, reversed as Reversed,
               total as Total, fund as Fund, account as Account, cash as Cash,
               catastrophic as Catastrophic, assistance as Assistance, invoices as Invoices, invoiced as Invoiced
        from claimed_rollup where region = @region
        """,
        new { region });
}

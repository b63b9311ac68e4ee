using System.Diagnostics.Metrics;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Ingest;

/// <summary>Takes the agents' batches. Judges the envelope only; a refusal stops that device alone and stays visible at its head.
/// What is acknowledged is committed: raw batch, entry rows, claimed rollup and head in one transaction, which the writer shares
/// with the batches of other devices that wait at the same moment.</summary>
public sealed partial class JournalIngest(HubStore hub, SegmentReader segments, ILogger<JournalIngest> logger, SyncLimits? limits = null)
{
    /// <summary>A refusal of the same kind is written again only after this time, so that a device that repeats itself costs little.</summary>
    private const long RefusalRestMilliseconds = 10_000;

    /// <summary>Two senders of the same batch at once: the slower one looks again, and then finds it known.</summary>
    private const int MostLooks = 4;

    private const int MostDetailCharacters = 300;

    private static readonly Meter Meter = new("EdgeHub.Hub.Ingest");
    private static readonly Counter<long> UnsignedCounter = Meter.CreateCounter<long>("edgehub.ingest.unsigned", "{batch}", "Batches in a device's name that its key has not signed.");

    /// <summary>Batches that may wait for room to be unpacked.</summary>
    private const int MostWaiting = 4_096;

    private readonly IngestQueue _queue = new(hub);
    private readonly FairTurns _unpacked = new((limits ?? new SyncLimits()).MostRawBytes, MostWaiting, SyncLimits.LongestWait, hub.Clock);
    private long _unsigned;
    private long _unsignedLoggedMilliseconds;

    /// <exception cref="FaultException">HubClockJumped: nothing is taken under a clock that cannot be right.</exception>
    public async Task<JournalAnswer> Receive(ReadOnlyMemory<byte> wire)
    {
        hub.ClockWatch.Demand();
        ReceivedBatch batch;
        try
        {
            batch = BatchCodec.Read(wire);
        }
        catch (JournalFormatException unreadable)
        {
            // Whose it is cannot be trusted before the header is read: nothing is written, the sender is told.
            Log.Unreadable(logger, unreadable.Code);
            return new JournalAnswer(JournalAnswer.Refused, 0, 0, Chain.Text(Chain.Zero), unreadable.Code, unreadable.Detail);
        }
        var (device, head) = hub.Read(session => Known(session, batch.Header.Device));
        if (device is null)
        {
            Log.UnknownDevice(logger, batch.Header.Device);
            return new JournalAnswer(JournalAnswer.Refused, 0, 0, Chain.Text(Chain.Zero), Codes.UnknownDevice, $"device: {batch.Header.Device}");
        }
        var signed = batch.Header.KeyId == device.KeyId && BatchCodec.SignatureHolds(batch.Header, device.PublicKey);
        return Refusal(batch.Header, device, signed) is not { } refusal ? await InTurn(batch, device)
            : signed ? await Refuse(head!, refusal)
            : Unsigned(head!, refusal);
    }

    /// <summary>Batches that wait to be stored.</summary>
    public int Waiting => _queue.WaitingBatches;

    /// <summary>Batches in a device's name that its key has not signed, since the start.</summary>
    public long UnsignedRefused => Interlocked.Read(ref _unsigned);

    /// <summary>Anybody can send a batch in a device's name. The sender is told; nothing is written at the device's head, where it
    /// would push aside what truly happened there, and nothing costs the disk.</summary>
    private JournalAnswer Unsigned(DeviceHead head, ChainPlace.Refused refusal)
    {
        var count = Interlocked.Increment(ref _unsigned);
        UnsignedCounter.Add(1);
        var now = hub.NowMilliseconds;
        var last = Interlocked.Read(ref _unsignedLoggedMilliseconds);
        if (now - last >= RefusalRestMilliseconds && Interlocked.CompareExchange(ref _unsignedLoggedMilliseconds, now, last) == last)
        {
            Log.Unsigned(logger, head.DeviceNo, refusal.Code, count);
        }
        return Answer(JournalAnswer.Refused, head) with { Code = refusal.Code, Detail = refusal.Detail };
    }

    private (Device? Device, DeviceHead? Head) Known(StoreSession session, string name) =>
        AccessStore.FindDevice(session, hub.Region, name) is { } device ? (device, IngestStore.Head(session, hub.Region, device.DeviceNo)) : (null, null);

    /// <summary>Revoked, wrong region, bad signature: in this order.</summary>
    private ChainPlace.Refused? Refusal(BatchHeader header, Device device, bool signed) =>
        device.RevokedMilliseconds is not null ? new ChainPlace.Refused(Codes.Revoked, $"device: {device.Name} was revoked")
        : header.Region != hub.Region ? new ChainPlace.Refused(Codes.WrongRegion, $"region: {header.Region}; expected {hub.Region}")
        : header.Site != device.Site ? new ChainPlace.Refused(Codes.WrongRegion, $"site: {header.Site}; the device speaks for {device.Site}")
        : !signed ? new ChainPlace.Refused(Codes.BadSignature, $"signature: not by key {device.KeyId}")
        : null;

    /// <summary>Unpacked batches stay in memory until they are stored: all of them together take so much and no more.</summary>
    private async Task<JournalAnswer> InTurn(ReceivedBatch batch, Device device)
    {
        using var room = await _unpacked.Enter(batch.Header.RawLength, CancellationToken.None)
            ?? throw new StoreException(Codes.Busy, HubStore.FileName, "too many batches wait to be stored; try again");
        return await Place(batch, device);
    }

    private async Task<JournalAnswer> Place(ReceivedBatch batch, Device device)
    {
        BatchLines? lines = null;
        for (var look = 0; look < MostLooks; look++)
        {
            var head = hub.Read(session => IngestStore.Head(session, hub.Region, device.DeviceNo));
            var place = ChainPlace.Of(head, batch.Header);
            if (place is ChainPlace.Refused refused)
            {
                return await Refuse(head, refused);
            }
            if (place is ChainPlace.PartlyKnown)
            {
                return Answer(JournalAnswer.ResumeFrom, head);
            }
            try
            {
                lines ??= BatchLines.Open(batch, DateOnly.FromDateTime(hub.Clock.GetUtcNow().UtcDateTime));
            }
            catch (JournalFormatException damaged)
            {
                return await Refuse(head, new ChainPlace.Refused(damaged.Code, damaged.Detail));
            }
            if (place is ChainPlace.Known)
            {
                return hub.Read(session => SameBytes(session, device, batch.Header, lines.Lines))
                    ? Answer(JournalAnswer.Acknowledged, head)
                    : await Refuse(head, new ChainPlace.Refused(Codes.Fork, $"seq {batch.Header.FromSeq} to {batch.Header.LastSeq}: other bytes than the hub has stored"));
            }
            if (await _queue.Store(device, batch, lines) is { } stored)
            {
                NoteBounded(device, lines, hub.NowMilliseconds);
                return Answer(JournalAnswer.Acknowledged, stored);
            }
        }
        throw new StoreException(Codes.Busy, HubStore.FileName, $"the head of {device.Name} moved {MostLooks} times meanwhile");
    }

    private void NoteBounded(Device device, BatchLines lines, long now)
    {
        var bounded = lines.Entries.Count(entry => entry.ClaimedMilliseconds is { } claimed && EffectiveTime.IsBounded(claimed, now));
        if (bounded > 0)
        {
            Log.TimeBounded(logger, bounded, device.DeviceNo);
        }
    }

    /// <summary>Whether the stored lines under these sequences are these lines, byte for byte.</summary>
    private bool SameBytes(StoreSession session, Device device, BatchHeader header, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        var seq = header.FromSeq;
        foreach (var segment in IngestStore.Segments(session, hub.Region, device.DeviceNo, header.Epoch, header.FromSeq, header.LastSeq))
        {
            var stored = segments.Lines(session, hub.Region, segment.SegmentId);
            for (; seq <= header.LastSeq && seq <= segment.LastSeq; seq++)
            {
                if (!stored[(int)(seq - segment.FromSeq)].Span.SequenceEqual(lines[(int)(seq - header.FromSeq)].Span))
                {
                    return false;
                }
            }
        }
        return seq > header.LastSeq
            ? true
            : throw new StoreException(Codes.StoreDamaged, HubStore.FileName, $"the segment of {device.Name} with seq {seq} is missing");
    }

    private async Task<JournalAnswer> Refuse(DeviceHead head, ChainPlace.Refused refusal)
    {
        var now = hub.NowMilliseconds;
        var detail = refusal.Detail.Length > MostDetailCharacters ? refusal.Detail[..MostDetailCharacters] : refusal.Detail;
        if (head.RefusedCode != refusal.Code || now - head.RefusedMilliseconds >= RefusalRestMilliseconds)
        {
            Log.Refused(logger, head.DeviceNo, refusal.Code, detail);
            await hub.SubmitTo(head.DeviceNo, session =>
            {
                IngestStore.Refused(session, hub.Region, head, refusal.Code, detail, refusal.Code == Codes.Fork, now);
                return true;
            });
        }
        return Answer(JournalAnswer.Refused, head) with { Code = refusal.Code, Detail = detail };
    }

    private static JournalAnswer Answer(string status, DeviceHead head) => new(status, head.Epoch, head.Seq, Chain.Text(head.Hash), null, null);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} entries of device {DeviceNo} claim a time that cannot be; they are filed by the time of receipt")]
        public static partial void TimeBounded(ILogger logger, int count, long deviceNo);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A batch that cannot be read was refused: {Code}")]
        public static partial void Unreadable(ILogger logger, string code);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of the unknown device {Device} was refused")]
        public static partial void UnknownDevice(ILogger logger, string device);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A batch in the name of device {DeviceNo} was refused and not noted at it, its key has not signed it: {Code}; {Count} such since the start")]
        public static partial void Unsigned(ILogger logger, long deviceNo, string code, long count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of device {DeviceNo} was refused: {Code}; {Detail}")]
        public static partial void Refused(ILogger logger, long deviceNo, string code, string detail);
    }
}

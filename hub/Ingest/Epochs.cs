using EdgeHub.Hub.Access;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Ingest;

/// <summary>A device that was restored from a backup cannot know it; it asks the hub with its own head. When the hub knows more, or
/// other, the device gets a new epoch and seals again there what the hub does not have. A device of which two copies live
/// gets none until an operator has looked (hub device clear).</summary>
public sealed class Epochs(HubStore hub, SegmentReader segments)
{
    /// <summary>Whatever the reason: after so many epochs in a day a person must look.</summary>
    public const int MostInADay = 3;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <exception cref="FaultException">BadCharacter: a hash is none; Cloned: two copies of the device live; Fork: too many epochs in a
    /// day. An operator must look.</exception>
    public async Task<EpochAnswer> Ask(Device device, EpochRequest request)
    {
        if (request.Device != device.Name)
        {
            throw new FaultException(new Fault(Codes.BadSignature, "device", request.Device, device.Name));
        }
        if (request.Tail is { Count: > EpochRequest.MostTail } tail)
        {
            throw new FaultException(new Fault(Codes.TooLong, "tail", FormattableString.Invariant($"{tail.Count}"), $"at most {EpochRequest.MostTail} hashes"));
        }
        var hash = Chain.TryParse(request.Hash)
            ?? throw new FaultException(new Fault(Codes.BadCharacter, "hash", request.Hash, "64 lower-case hexadecimal digits"));
        // What is refused is marked all the same, so the fault is thrown behind the commit.
        var (answer, fault) = await hub.SubmitTo(device.DeviceNo, session => Answer(session, device, request, hash));
        return answer ?? throw new FaultException(fault!);
    }

    private (EpochAnswer? Answer, Fault? Fault) Answer(StoreSession session, Device device, EpochRequest request, byte[] hash)
    {
        IngestStore.Lock(session, hub.Region, device.DeviceNo);
        var now = hub.NowMilliseconds;
        var head = IngestStore.Head(session, hub.Region, device.DeviceNo);
        var clone = EpochStore.Clone(session, hub.Region, device.DeviceNo);
        var end = EpochStore.LastSeq(session, hub.Region, device.DeviceNo, request.Epoch);
        var known = KnownThrough(session, device, request, end);
        var standing = new EpochStanding(head, EpochStore.Find(session, hub.Region, device.DeviceNo, head.Epoch), clone, end, known);
        switch (EpochRule.Of(standing, request, hash))
        {
            case EpochVerdict.Present:
                return (new EpochAnswer(head.Epoch, known, AckedIsOther(session, device, request)), null);
            case EpochVerdict.Cloned cloned:
                EpochStore.SeenTwice(session, hub.Region, device.DeviceNo, cloned.Detail, now);
                return (null, new Fault(Codes.Cloned, "device", device.Name, $"one living copy; then hub device clear {device.Name}"));
            case EpochVerdict.New anew:
                var since = Math.Max(now - (long)Day.TotalMilliseconds, clone.ClearedMilliseconds);
                if (EpochStore.Since(session, hub.Region, device.DeviceNo, since) >= MostInADay)
                {
                    return (null, new Fault(Codes.Fork, "device", device.Name, $"at most {MostInADay} new epochs in a day: are there two copies of this device?"));
                }
                var epoch = Math.Max(head.Epoch, request.Epoch) + 1;
                EpochStore.Add(session, hub.Region, device.DeviceNo, new EpochGiven(epoch, request.Epoch, now), anew.Why);
                IngestStore.SetHead(session, hub.Region, head with { Epoch = epoch, Seq = 0, Hash = Chain.Zero }, now);
                return (new EpochAnswer(epoch, known, AckedIsOther(session, device, request)), null);
            case var other:
                throw new InvalidOperationException($"Unknown verdict {other.GetType().Name}.");
        }
    }

    /// <summary>Whether the hub has not what the device takes as acknowledged, though it has other lines at that place, or none.</summary>
    private bool AckedIsOther(StoreSession session, Device device, EpochRequest request)
    {
        if (request.AckedHash is not { } acked || request.AckedSeq <= 0)
        {
            return false;
        }
        var segment = IngestStore.Segments(session, hub.Region, device.DeviceNo, request.Epoch, request.AckedSeq, request.AckedSeq).FirstOrDefault();
        if (segment is null)
        {
            return true;
        }
        var lines = segments.Lines(session, hub.Region, segment.SegmentId).Take((int)(request.AckedSeq - segment.FromSeq + 1));
        return Chain.Text(Chain.Through(EpochStore.HashBefore(session, hub.Region, segment.SegmentId), [.. lines])) != acked;
    }

    /// <summary>How far behind what it takes as acknowledged the device has the same lines, by the hashes that it told; 0: it told none.</summary>
    private long KnownThrough(StoreSession session, Device device, EpochRequest request, long end)
    {
        if (request.Tail is not { Count: > 0 } tail || request.AckedSeq < 0 || request.AckedSeq >= end)
        {
            return 0;
        }
        var (first, known) = (request.AckedSeq + 1, 0L);
        foreach (var segment in IngestStore.Segments(session, hub.Region, device.DeviceNo, request.Epoch, first, Math.Min(end, request.AckedSeq + tail.Count)))
        {
            var hash = EpochStore.HashBefore(session, hub.Region, segment.SegmentId);
            var lines = segments.Lines(session, hub.Region, segment.SegmentId);
            for (var i = 0; i < lines.Count; i++)
            {
                hash = Chain.Next(hash, lines[i].Span);
                var at = segment.FromSeq + i - first;
                if (at >= tail.Count || (at >= 0 && tail[(int)at] != Chain.Text(hash)))
                {
                    return known;
                }
                known = at >= 0 ? segment.FromSeq + i : known;
            }
        }
        return known;
    }
}

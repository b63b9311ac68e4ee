using EdgeHub.Hub.Access;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Ingest;

/// <summary>Gathers the batches of many devices into one transaction. A device has its lane, so that what it sends stays in order;
/// a lane has one transaction under way, and what comes meanwhile waits for the next. On SQLite the one writer is the only lane.
/// In a transaction: the devices are locked in the order of their numbers, each head is read again, what no longer continues its
/// chain is left out, and the rest is written by each engine's bulk way. Nobody is told before the commit returned.</summary>
public sealed class IngestQueue
{
    /// <summary>Lines in one transaction, unless one batch alone has more.</summary>
    public const int MostEvents = 5_000;

    /// <summary>Numbers of segments that a lane takes at a time where several processes hand them out.</summary>
    private const int SegmentBlock = 1_000;

    private readonly HubStore _hub;
    private readonly Lane[] _lanes;

    public IngestQueue(HubStore hub)
    {
        _hub = hub;
        _lanes = [.. Enumerable.Range(0, hub.Lanes).Select(_ => new Lane())];
    }

    /// <summary>Batches that wait for a transaction.</summary>
    public int WaitingBatches => _lanes.Sum(lane =>
    {
        lock (lane.Queue)
        {
            return lane.Queue.Count;
        }
    });

    /// <summary>Stores the batch where it still continues its device's chain.</summary>
    /// <returns>The device's new head; null: the head moved, or the device was revoked meanwhile.</returns>
    /// <exception cref="StoreException">Nothing was stored, unless it says that the outcome is unknown.</exception>
    public Task<DeviceHead?> Store(Device device, ReceivedBatch batch, BatchLines lines)
    {
        var lane = _lanes[device.DeviceNo % _lanes.Length];
        var waiting = new Waiting(device, batch, lines);
        bool idle;
        lock (lane.Queue)
        {
            lane.Queue.Enqueue(waiting);
            idle = !lane.Running;
            lane.Running = true;
        }
        if (idle)
        {
            _ = Drain(lane);
        }
        return waiting.Told.Task;
    }

    private async Task Drain(Lane lane)
    {
        while (Next(lane) is { Count: > 0 } group)
        {
            if (!await Written(lane, group) && group.Count > 1)
            {
                // One of them cannot be written: each by itself, so that it harms no other.
                foreach (var one in group)
                {
                    await Written(lane, [one]);
                }
            }
        }
    }

    /// <summary>What waits, up to the limit; empty: nothing, and the lane rests.</summary>
    private static List<Waiting> Next(Lane lane)
    {
        var group = new List<Waiting>();
        var events = 0;
        lock (lane.Queue)
        {
            while (lane.Queue.TryPeek(out var next) && (events == 0 || events + next.Batch.Header.Count <= MostEvents))
            {
                group.Add(lane.Queue.Dequeue());
                events += next.Batch.Header.Count;
            }
            lane.Running = group.Count > 0;
        }
        return group;
    }

    /// <returns>False: something other than the store failed, and nobody of a group of several was told.</returns>
    private async Task<bool> Written(Lane lane, List<Waiting> group)
    {
        try
        {
            var written = await _hub.SubmitTo(group[0].Device.DeviceNo, session => StoreAll(session, group, lane.Free));
            lane.Free = written.Free;
            for (var i = 0; i < group.Count; i++)
            {
                group[i].Told.SetResult(written.Heads[i]);
            }
            return true;
        }
        catch (Exception failed) when (failed is StoreException || group.Count == 1)
        {
            // Whether numbers of segments were taken is not known: the next transaction takes others.
            lane.Free = default;
            foreach (var one in group)
            {
                one.Told.SetException(failed);
            }
            return true;
        }
        catch (Exception)
        {
            lane.Free = default;
            return false;
        }
    }

    private (DeviceHead?[] Heads, Numbers Free) StoreAll(StoreSession session, List<Waiting> group, Numbers free)
    {
        var now = _hub.NowMilliseconds;
        var standing = new Dictionary<long, DeviceHead?>();
        var devices = group.Select(one => one.Device.DeviceNo).Distinct().Order().ToList();
        IngestStore.Lock(session, _hub.Region, devices);
        foreach (var device in devices)
        {
            standing.Add(device, IngestStore.HeadOfLiving(session, _hub.Region, device));
        }
        var heads = new DeviceHead?[group.Count];
        var segments = new List<NewSegment>(group.Count);
        for (var i = 0; i < group.Count; i++)
        {
            var (device, batch, lines) = (group[i].Device, group[i].Batch, group[i].Lines);
            if (standing[device.DeviceNo] is not { } head || ChainPlace.Of(head, batch.Header) is not ChainPlace.Continues)
            {
                continue;
            }
            var segment = new NewSegment(device.DeviceNo, device.Site, batch, lines, head.EffectiveMilliseconds, now);
            segments.Add(segment);
            heads[i] = standing[device.DeviceNo] = head with
            {
                Seq = batch.Header.LastSeq, Hash = Convert.FromHexString(batch.Header.LastHash), EffectiveMilliseconds = segment.EffectiveAfter,
            };
        }
        if (segments.Count > 0)
        {
            var take = free.Count >= segments.Count ? 0 : _hub.IsShared ? Math.Max(SegmentBlock, segments.Count) : segments.Count;
            var numbers = take == 0 ? free : new Numbers(Counters.Take(session, _hub.Region, "segment", take), take);
            IngestStore.AddAll(session, _hub.Region, segments, numbers.First, now);
            ClaimedStore.Add(session, _hub.Region, segments);
            foreach (var head in standing.Where(each => each.Value is not null && segments.Exists(s => s.DeviceNo == each.Key)))
            {
                IngestStore.SetHead(session, _hub.Region, head.Value!, now);
            }
            free = new Numbers(numbers.First + segments.Count, numbers.Count - segments.Count);
        }
        return (heads, free);
    }

    /// <summary>Numbers of segments that are this lane's alone.</summary>
    private readonly record struct Numbers(long First, int Count);

    private sealed record Waiting(Device Device, ReceivedBatch Batch, BatchLines Lines)
    {
        // Continuations run elsewhere: nobody holds up the lane.
        public TaskCompletionSource<DeviceHead?> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lane
    {
        public Queue<Waiting> Queue { get; } = new();
        public bool Running { get; set; }
        public Numbers Free { get; set; }
    }
}

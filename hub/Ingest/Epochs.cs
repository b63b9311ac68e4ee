using EdgeHub.Hub.Access;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Ingest;

/// <summary>A device that was restored from a backup cannot know it; it asks the hub with its own head. When the hub knows more, or
/// other, the device gets a new epoch and seals again there what was not acknowledged.</summary>
public sealed class Epochs(HubStore hub)
{
    /// <summary>Two living copies of a device would outbid each other for ever; after so many epochs in a day a person must look.</summary>
    public const int MostInADay = 3;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <exception cref="FaultException">BadCharacter: the hash is none; Fork: too many epochs in a day, an operator must look.</exception>
    public Task<EpochAnswer> Ask(Device device, EpochRequest request)
    {
        if (request.Device != device.Name)
        {
            throw new FaultException(new Fault(Codes.BadSignature, "device", request.Device, device.Name));
        }
        var hash = Chain.TryParse(request.Hash)
            ?? throw new FaultException(new Fault(Codes.BadCharacter, "hash", request.Hash, "64 lower-case hexadecimal digits"));
        return hub.Submit(session => Answer(session, device, request, hash));
    }

    private EpochAnswer Answer(StoreSession session, Device device, EpochRequest request, byte[] hash)
    {
        var head = IngestStore.Head(session, hub.Region, device.DeviceNo);
        if (WhyNew(head, request, hash) is not { } why)
        {
            return new EpochAnswer(head.Epoch);
        }
        var now = hub.NowMilliseconds;
        if (IngestStore.EpochsSince(session, hub.Region, device.DeviceNo, now - (long)Day.TotalMilliseconds) >= MostInADay)
        {
            throw new FaultException(new Fault(Codes.Fork, "device", device.Name, $"at most {MostInADay} new epochs in a day: are there two copies of this device?"));
        }
        var epoch = Math.Max(head.Epoch, request.Epoch) + 1;
        IngestStore.AddEpoch(session, hub.Region, device.DeviceNo, epoch, why, now);
        IngestStore.SetHead(session, hub.Region, head with { Epoch = epoch, Seq = 0, Hash = Chain.Zero }, now);
        return new EpochAnswer(epoch);
    }

    /// <summary>Why the device needs a new epoch; null: it may go on in the present one.</summary>
    private static string? WhyNew(DeviceHead head, EpochRequest request, byte[] hash)
    {
        if (request.Epoch != head.Epoch)
        {
            return $"the device stands in epoch {request.Epoch}, the hub in {head.Epoch}";
        }
        if (head.Seq > request.Seq)
        {
            return $"the hub has seq {head.Seq}, the device {request.Seq}";
        }
        if (head.Seq == request.Seq)
        {
            return hash.AsSpan().SequenceEqual(head.Hash) ? null : $"other lines up to seq {head.Seq}";
        }
        return head.RefusedCode == Codes.Fork ? $"a fork was refused behind seq {head.Seq}" : null;
    }
}

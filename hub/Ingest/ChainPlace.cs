using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Ingest;

/// <summary>How a batch stands to what is stored of its device.</summary>
public abstract record ChainPlace
{
    private ChainPlace() { }

    /// <summary>It continues the chain.</summary>
    public sealed record Continues : ChainPlace;

    /// <summary>All of its sequences are stored already: the bytes decide.</summary>
    public sealed record Known : ChainPlace;

    /// <summary>Some of its sequences are stored already: the device sends again from behind the head.</summary>
    public sealed record PartlyKnown : ChainPlace;

    public sealed record Refused(string Code, string Detail) : ChainPlace;

    /// <summary>In the order of precedence: stale epoch, fork, gap.</summary>
    public static ChainPlace Of(DeviceHead head, BatchHeader batch)
    {
        if (batch.Epoch != head.Epoch)
        {
            return new Refused(Codes.StaleEpoch, $"epoch: {batch.Epoch}; the hub gave {head.Epoch}");
        }
        var next = head.Seq + 1;
        if (batch.FromSeq == next)
        {
            return batch.PrevHash == Chain.Text(head.Hash)
                ? new Continues()
                : new Refused(Codes.Fork, $"prevHash: {batch.PrevHash} before seq {next}; the hub has {Chain.Text(head.Hash)}");
        }
        if (batch.FromSeq > next)
        {
            return new Refused(Codes.Gap, $"fromSeq: {batch.FromSeq}; the hub has {head.Seq}, expected {next}");
        }
        return batch.LastSeq <= head.Seq ? new Known() : new PartlyKnown();
    }
}

using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Sync.ByHand;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Sync;

/// <summary>The unsent lines up to one moment, as they are written to a file for the hub: in batches that are signed as over the line.
/// One batch at a time is read and held.</summary>
/// <param name="acked">The lines behind this one.</param>
/// <param name="ends">Where a batch ends, in order: where earlier files ended, so that the hub knows their batches again, and the last line.</param>
public sealed class UnsentFile(AgentStore store, ISigner signer, SiteFacts site, byte[] hubKey, ChainHead acked, ChainHead head, IReadOnlyList<long> ends, Unsent unsent)
{
    public Unsent Unsent { get; } = unsent;

    public string Device => site.Device;

    public string HubKeyId => EcdsaKeys.KeyId(hubKey);

    /// <exception cref="IOException">The output took no more.</exception>
    public async Task WriteTo(Stream output, CancellationToken cancel)
    {
        var header = new JournalFileHeader(
            JournalFileHeader.CurrentFormat, "", "", site.Region, site.Site, site.Device, head.Epoch, acked.Seq + 1, head.Seq,
            Chain.Text(acked.Hash.Span), Chain.Text(head.Hash.Span), store.Clock.Now);
        using var writer = await JournalFileWriter.Begin(output, hubKey, header, cancel);
        var (seq, hash) = (acked.Seq, acked.Hash);
        foreach (var end in ends)
        {
            while (seq < end)
            {
                var from = seq;
                var rows = await store.Do(session => store.Journal.After(session, head.Epoch, from, (int)Math.Min(BatchCodec.MaxEvents, end - from), BatchCodec.SafeRawBytes));
                if (rows.Count == 0)
                {
                    throw new InvalidOperationException($"A line is missing after {JournalStore.Place(head.Epoch, from)}.");
                }
                var wire = BatchCodec.Write(
                    site.Region, site.Site, site.Device, head.Epoch, from + 1, hash.Span, [.. rows.Select(row => (ReadOnlyMemory<byte>)row.Line)], signer);
                (seq, hash) = (rows[^1].Seq, rows[^1].Hash);
                await writer.Add(wire, last: seq == head.Seq, cancel);
            }
        }
        await output.FlushAsync(cancel);
    }
}

using System.Globalization;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.ByHand;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Ingest;

/// <summary>What came of a file of unsent lines.</summary>
/// <param name="Taken">Lines that were new; <paramref name="Known"/>: that the hub had already.</param>
/// <param name="Refused">Code and detail why the rest was not taken; null: all of the file is stored.</param>
/// <param name="Acks">The file that goes back to the clinic; null: the device is not known here, so there is nothing to acknowledge.</param>
public sealed record ImportReport(JournalFileHeader Header, long Taken, long Known, (string Code, string Detail)? Refused, Acks? Acks);

/// <summary>Takes a file of unsent lines that came by hand: each batch in it goes the way of a batch that came over the line. What was
/// taken in before is known; the file may be taken in again, in part or whole, whenever.</summary>
public sealed class JournalImport(HubStore hub, JournalIngest ingest)
{
    private const int MostDetailCharacters = 300;

    /// <exception cref="JournalFormatException">UnknownFormat, FileOfAnother, FileDamaged in its header: nothing was taken.</exception>
    public async Task<ImportReport> From(Stream input, CancellationToken cancel)
    {
        using var file = await JournalFileReader.Open(input, hub.Keys.Hand, cancel);
        var (header, done) = (file.Header, new Counts());
        var refused = await Batches(file, done, cancel);
        return new ImportReport(header, done.Taken, done.Known, refused, Answer(header, done, refused));
    }

    private async Task<(string Code, string Detail)?> Batches(JournalFileReader file, Counts done, CancellationToken cancel)
    {
        var (seq, hash) = (file.Header.FromSeq - 1, file.Header.PrevHash);
        try
        {
            while (await file.Next(cancel) is { } wire)
            {
                var batch = BatchCodec.Read(wire).Header;
                if (Disagrees(file.Header, batch, seq, hash) is { } wrong)
                {
                    return (Codes.FileDamaged, $"lines from {batch.FromSeq}: {wrong} is not what the file's header says");
                }
                var before = HeadOf(batch.Device);
                var answer = await ingest.Receive(wire);
                if (answer.Status == JournalAnswer.Refused)
                {
                    return (answer.Code ?? answer.Status, answer.Detail ?? "");
                }
                if (answer.AckedThrough < batch.LastSeq)
                {
                    return (Codes.Gap, string.Create(CultureInfo.InvariantCulture, $"lines {batch.FromSeq} to {batch.LastSeq} are known through {answer.AckedThrough}: export again from there"));
                }
                var known = before is { } head && head.Epoch == batch.Epoch && head.Seq >= batch.LastSeq;
                (done.Known, done.Taken) = (done.Known + (known ? batch.Count : 0), done.Taken + (known ? 0 : batch.Count));
                (seq, hash) = (batch.LastSeq, batch.LastHash);
            }
        }
        catch (JournalFormatException damaged)
        {
            return (damaged.Code, damaged.Detail);
        }
        return seq == file.Header.LastSeq && hash == file.Header.LastHash ? null : (Codes.FileDamaged, $"the lines end at {seq}; the header says {file.Header.LastSeq}");
    }

    /// <summary>Which field of the file's header the batch contradicts; null: none.</summary>
    private static string? Disagrees(JournalFileHeader file, BatchHeader batch, long seq, string hash) =>
        (batch.Region, batch.Site, batch.Device) != (file.Region, file.Site, file.Device) ? "device"
        : batch.Epoch != file.Epoch ? "epoch"
        : batch.FromSeq != seq + 1 || batch.LastSeq > file.LastSeq ? "sequence"
        : batch.PrevHash != hash ? "hash"
        : null;

    private Acks? Answer(JournalFileHeader header, Counts done, (string Code, string Detail)? refused)
    {
        var detail = refused?.Detail is { Length: > MostDetailCharacters } text ? text[..MostDetailCharacters] : refused?.Detail;
        return hub.Region == header.Region && HeadOf(header.Device) is { } head
            ? new Acks(
                Acks.CurrentFormat, header.Region, header.Site, header.Device, head.Epoch, head.Seq, Chain.Text(head.Hash), done.Taken, done.Known,
                refused?.Code, detail, hub.Clock.GetUtcNow())
            : null;
    }

    private DeviceHead? HeadOf(string device) => hub.Read(session =>
        AccessStore.FindDevice(session, hub.Region, device) is { } known ? IngestStore.Head(session, hub.Region, known.DeviceNo) : null);

    private sealed class Counts
    {
        public long Taken { get; set; }
        public long Known { get; set; }
    }
}

using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.ByHand;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Hub.Ingest;

/// <summary>hub import journal: what a clinic without a line brings. Beside a hub that serves, too.</summary>
public static class ImportCommands
{
    public static void Register(CommandFrame frame)
    {
        frame.At("import", "What comes by hand.");
        var file = new Argument<FileInfo>("file") { Description = "What the agent's export-unsent wrote." };
        var acks = new Option<FileInfo?>("--acks") { Description = "Where the answer for the clinic goes; FILE.acks when not given." };
        var journal = frame.At("import journal", "Takes a file of unsent lines in, as if they had come over the line, and writes the answer that the agent takes in (import-acks).");
        journal.Arguments.Add(file);
        journal.Options.Add(acks);
        frame.On(journal, async (parsed, stop) =>
        {
            var from = parsed.GetRequiredValue(file);
            if (!from.Exists)
            {
                throw new FaultException(new Fault(Codes.NotFound, "file", from.FullName, "a file that exists"));
            }
            using var hub = HubStore.Open(frame.Folder(parsed), frame.Clock, frame.Entropy);
            return await Import(hub, from, parsed.GetValue(acks)?.FullName ?? from.FullName + ".acks", frame.Output, stop);
        });
    }

    private static async Task<int> Import(HubStore hub, FileInfo from, string answer, TextWriter output, CancellationToken stop)
    {
        ImportReport report;
        try
        {
            await using var input = from.OpenRead();
            report = await new JournalImport(hub, new JournalIngest(hub, new SegmentReader(), NullLogger<JournalIngest>.Instance)).From(input, stop);
        }
        catch (JournalFormatException unusable)
        {
            throw new FaultException(new Fault(unusable.Code, "file", unusable.Detail, "a file that an agent's export-unsent wrote for this hub"));
        }
        var header = report.Header;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{header.Device}, epoch {header.Epoch}, lines {header.FromSeq} to {header.LastSeq}: {report.Taken} taken, {report.Known} known, {header.LastSeq - header.FromSeq + 1 - report.Taken - report.Known} not taken."));
        if (report.Refused is { } refused)
        {
            output.WriteLine($"Refused: {refused.Code}: {refused.Detail}");
        }
        if (report.Acks is { } acks)
        {
            OwnerFiles.Write(answer, AckFile.Write(acks, hub.Keys.Signer));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Stored of it: epoch {acks.Epoch} through line {acks.Seq}. The answer for the clinic: {answer}"));
        }
        return report.Refused is null ? CommandFrame.Done : CommandFrame.FoundWrong;
    }
}

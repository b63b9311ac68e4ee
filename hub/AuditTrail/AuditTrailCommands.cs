using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Jobs;

namespace EdgeHub.Hub.AuditTrail;

/// <summary>hub export audit --out DIR [--from MONTH --through MONTH].</summary>
public static class AuditTrailCommands
{
    public static void Register(CommandFrame frame)
    {
        frame.At("export", "Gives data out.");
        var to = new Option<DirectoryInfo>("--out") { Description = "A new or an empty folder.", Required = true };
        var from = new Option<string?>("--from") { Description = "First month, yyyy-MM; without it from the beginning." };
        var through = new Option<string?>("--through") { Description = "Last month, yyyy-MM; without it to the end." };
        var audit = frame.At("export audit", "Everything that a third party needs to check this hub without it. Holds personal data.");
        audit.Options.Add(to);
        audit.Options.Add(from);
        audit.Options.Add(through);
        frame.OnStore(audit, (parsed, hub) =>
        {
            var folder = parsed.GetRequiredValue(to);
            var exported = AuditExport.Write(hub, folder, AuditRange.Of(parsed.GetValue(from), parsed.GetValue(through)));
            frame.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{exported.Files} files in {folder.FullName}: {exported.Batches} batches, {exported.Settlements} settlements, {exported.Sets} ledger sets, signed by key {hub.Keys.Signer.KeyId}."));
            return CommandFrame.Done;
        });
    }
}

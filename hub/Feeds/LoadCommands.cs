using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;

namespace EdgeHub.Hub.Feeds;

/// <summary>hub load members|catalogue|policy|blacklist|parameters FILE.</summary>
public static class LoadCommands
{
    public static void Register(CommandFrame frame)
    {
        frame.At("load", "Loads reference data from files; a file with a wrong value is refused as a whole.");
        Members(frame);
        Load(frame, "catalogue", "Drugs, services, materials with their classes and price limits.", (hub, file) =>
        {
            var rows = CatalogueFile.Read(CsvTable.Read(file, CatalogueFile.Columns));
            return Words("catalogue", rows.Count, CatalogueFile.Load(hub, rows));
        });
        Load(frame, "policy", "A benefit policy book (JSON).", (hub, file) =>
        {
            var book = PolicyFile.Read(file);
            return $"policy book {book.Key}: {(PolicyFile.Load(hub, book) ? "loaded" : "was loaded before, nothing changed")}";
        });
        Load(frame, "blacklist", "Persons whose benefit is stopped: person, reason, first, last.", (hub, file) =>
        {
            var rows = BlacklistFile.Read(CsvTable.Read(file, BlacklistFile.Columns));
            return Words("blacklist", rows.Count, BlacklistFile.Load(hub, rows));
        });
        Load(frame, "parameters", "Offline limits and other parameters of the sites: key, value, unit.", (hub, file) =>
        {
            var rows = ParameterFile.Read(CsvTable.Read(file, ParameterFile.Columns));
            return Words("parameters", rows.Count, ParameterFile.Load(hub, rows));
        });
    }

    private static void Members(CommandFrame frame)
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV: " + string.Join(',', MemberFile.Columns) + "; and, where family members share an account, " + MemberFile.AccountOwner };
        var whole = new Option<bool>("--whole") { Description = "The file is the whole list: who is not in it is removed." };
        var load = frame.At("load members", "Insured persons; rows that changed get a new version, others are left alone.");
        load.Arguments.Add(file);
        load.Options.Add(whole);
        frame.OnStore(load, (parsed, hub) =>
        {
            var rows = MemberFile.Read(CsvTable.Read(parsed.GetRequiredValue(file), MemberFile.Columns));
            var (changed, removed) = MemberFile.Load(hub, rows, parsed.GetValue(whole), parsed.GetRequiredValue(file).Name);
            frame.Output.WriteLine(Words("members", rows.Count, changed) + (removed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {removed} removed") : ""));
            return CommandFrame.Done;
        });
    }

    private static void Load(CommandFrame frame, string what, string description, Func<HubStore, FileInfo, string> load)
    {
        var file = new Argument<FileInfo>("file") { Description = "The file." };
        var command = frame.At("load " + what, description);
        command.Arguments.Add(file);
        frame.OnStore(command, (parsed, hub) =>
        {
            frame.Output.WriteLine(load(hub, parsed.GetRequiredValue(file)));
            return CommandFrame.Done;
        });
    }

    private static string Words(string what, int read, int changed) => string.Create(CultureInfo.InvariantCulture, $"{what}: {read} read, {changed} new or changed");
}

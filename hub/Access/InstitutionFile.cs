using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Access;

/// <summary>hub load institutions FILE: code, name, level, type, villages (codes with ; between), and alliance (lead, member,
/// private) where it is known. A row replaces what was known of that institution; others stay.</summary>
public static class InstitutionFile
{
    private const int MostVillages = 2_000;
    private const int CodeCharacters = 12;

    public static void Register(CommandFrame frame)
    {
        frame.At("load", "Loads reference data from files; a file with a wrong value is refused as a whole.");
        var file = new Argument<FileInfo>("file") { Description = "CSV: code,name,level,type,villages (;), and alliance." };
        var load = frame.At("load institutions", "Institutions, and the villages whose people they serve.");
        load.Arguments.Add(file);
        frame.OnStore(load, (parsed, hub) =>
        {
            var rows = Read(CsvTable.Read(parsed.GetRequiredValue(file), ["code", "name", "level", "type", "villages"]));
            var changed = Load(hub, rows);
            frame.Output.WriteLine($"institutions: {rows.Count} read, {changed} new or changed");
            return CommandFrame.Done;
        });
    }

    /// <exception cref="FileFaultException">A value is not right; all such values are named.</exception>
    public static IReadOnlyList<(Institution Institution, IReadOnlyList<string> Villages)> Read(CsvTable csv)
    {
        var faults = new FileFaults(csv.File);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        var rows = new List<(Institution, IReadOnlyList<string>)>(csv.Rows.Count);
        foreach (var row in csv.Rows)
        {
            if (row["code"].Length != CodeCharacters || !row["code"].All(char.IsAsciiLetterOrDigit) || !codes.Add(row["code"]))
            {
                faults.Add(row.Line, "code", row["code"], "12 letters or digits, each institution once");
            }
            if (row["name"].Length is 0 or > 100)
            {
                faults.Add(row.Line, "name", row["name"], "1 to 100 characters");
            }
            if (row["level"] is not ("0" or "1" or "2" or "3"))
            {
                faults.Add(row.Line, "level", row["level"], "0 village clinic, 1 township, 2 or 3");
            }
            if (row["type"].Length is 0 or > 40 || row["alliance"].Length > 40)
            {
                faults.Add(row.Line, "type", row["type"], "1 to 40 characters; alliance at most 40");
            }
            var villages = row["villages"].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (villages.Length > MostVillages || villages.Distinct(StringComparer.Ordinal).Count() != villages.Length || villages.Any(village => village.Length != CodeCharacters || !village.All(char.IsAsciiDigit)))
            {
                faults.Add(row.Line, "villages", row["villages"], $"at most {MostVillages} codes of 12 digits with ; between, each once");
            }
            if (faults.Count == 0)
            {
                rows.Add((new Institution(row["code"], row["name"], int.Parse(row["level"], CultureInfo.InvariantCulture), row["type"], row["alliance"]), villages));
            }
        }
        faults.ThrowIfAny();
        return rows;
    }

    /// <returns>How many are new or changed.</returns>
    public static int Load(HubStore hub, IReadOnlyList<(Institution Institution, IReadOnlyList<string> Villages)> rows) => hub.Write(session =>
    {
        long version = 0;
        long Version() => version == 0 ? version = FeedVersions.Next(session, hub.Region, FeedNames.Members) : version;
        long site = 0;
        long SiteVersion() => site == 0 ? site = FeedVersions.Next(session, hub.Region, FeedNames.Site) : site;
        var changes = rows.Count(row =>
        {
            var changed = AccessStore.PutInstitution(session, hub.Region, row.Institution);
            if (changed)
            {
                AccessStore.Versioned(session, hub.Region, row.Institution.Code, SiteVersion());
            }
            return Catchment(session, hub.Region, row.Institution.Code, row.Villages, Version) || changed;
        });
        TableSums.KeepIf(changes > 0, session, hub.Region, InstitutionSums.Institutions);
        return changes;
    });

    /// <summary>Whose people the site serves changed: its members feed changes with it.</summary>
    private static bool Catchment(StoreSession session, string region, string site, IReadOnlyList<string> villages, Func<long> version)
    {
        var known = AccessStore.Villages(session, region, site).ToHashSet(StringComparer.Ordinal);
        var added = villages.Where(village => !known.Contains(village)).ToList();
        var gone = known.Except(villages, StringComparer.Ordinal).ToList();
        added.ForEach(village => AccessStore.AddVillage(session, region, site, village, version()));
        gone.ForEach(village => AccessStore.RemoveVillage(session, region, site, village, version()));
        return added.Count + gone.Count > 0;
    }
}

using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Rules.Ids;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Hub.Feeds;

/// <summary>The blacklist: person, reason, first, last (included; blank: until further notice). A stop is lifted by a row with
/// the same person and first day, and a last day.</summary>
public static class BlacklistFile
{
    public static readonly IReadOnlyList<string> Columns = ["person", "reason", "first", "last"];

    /// <exception cref="FileFaultException">A value is not right; all such values are named.</exception>
    public static IReadOnlyList<BlacklistRow> Read(CsvTable csv)
    {
        var faults = new FileFaults(csv.File);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var rows = new List<BlacklistRow>(csv.Rows.Count);
        foreach (var line in csv.Rows)
        {
            var cells = new CellReader(line, faults);
            var person = cells.Id<PersonNo>("person", PersonNo.TryParse, personal: false).Format();
            var first = cells.Day("first");
            var row = new BlacklistRow(
                string.Create(CultureInfo.InvariantCulture, $"{person}/{first:yyyy-MM-dd}"), person, cells.Text("reason", 1, 200), first, cells.EndAfter("last", first));
            cells.Require("person", keys.Add(row.Key), "each person and first day once");
            rows.Add(row);
        }
        faults.ThrowIfAny();
        return rows;
    }

    /// <returns>How many are new or changed.</returns>
    public static int Load(HubStore hub, IReadOnlyList<BlacklistRow> rows) => hub.Write(session =>
    {
        var version = new PendingVersion(session, hub.Region, FeedNames.Blacklist);
        var changed = rows.Count(row => FeedStore.PutBlacklisted(session, hub.Region, row, version.Next));
        version.TakeIf(changed > 0);
        TableSums.KeepIf(changed > 0, session, hub.Region, ReferenceSums.Blacklist);
        return changed;
    });
}

/// <summary>Parameters of the sites, the offline limits above all: key, value, unit. Other columns tell people where a value
/// comes from.</summary>
public static class ParameterFile
{
    public static readonly IReadOnlyList<string> Columns = ["key", "value", "unit"];

    /// <exception cref="FileFaultException">A value is not right; all such values are named.</exception>
    /// <exception cref="FaultException">An offline limit cannot be used.</exception>
    public static IReadOnlyList<ParameterRow> Read(CsvTable csv)
    {
        var faults = new FileFaults(csv.File);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var rows = new List<ParameterRow>(csv.Rows.Count);
        foreach (var line in csv.Rows)
        {
            var cells = new CellReader(line, faults);
            var row = new ParameterRow(cells.Text("key", 1, 60), cells.Text("value", 1, 200), cells.Text("unit", 0, 30));
            cells.Require("key", values.TryAdd(row.Key, row.Value), "each key once");
            rows.Add(row);
        }
        faults.ThrowIfAny();
        OfflineLimitsReader.Read(values, Currency.Cny);
        return rows;
    }

    /// <returns>How many are new or changed.</returns>
    public static int Load(HubStore hub, IReadOnlyList<ParameterRow> rows) => hub.Write(session =>
    {
        var version = new PendingVersion(session, hub.Region, FeedNames.Parameters);
        var changed = rows.Count(row => FeedStore.PutParameter(session, hub.Region, row, version.Next));
        version.TakeIf(changed > 0);
        TableSums.KeepIf(changed > 0, session, hub.Region, ReferenceSums.Parameters);
        return changed;
    });
}

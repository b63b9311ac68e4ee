using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Hub.Feeds;

/// <summary>The catalogue as a file: code, name, pinyin, class, category, unit, price, limit0 to limit3, pre_self_pay, first, last
/// (included; blank: open), remark. What a row means is judged by the rules' own reader.</summary>
public static class CatalogueFile
{
    public static readonly IReadOnlyList<string> Columns =
        ["code", "name", "pinyin", "class", "category", "unit", "price", "limit0", "limit1", "limit2", "limit3", "pre_self_pay", "first", "last", "remark"];

    /// <returns>Rows in the order of <see cref="Columns"/>, last turned into the first day after.</returns>
    /// <exception cref="FileFaultException">A value is not right; all such values are named.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Read(CsvTable csv)
    {
        var faults = new FileFaults(csv.File);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        var rows = new List<IReadOnlyList<string>>(csv.Rows.Count);
        foreach (var line in csv.Rows)
        {
            var cells = new CellReader(line, faults);
            cells.Require("code", codes.Add(line["code"]), "each code once");
            var first = cells.Day("first");
            var end = cells.EndAfter("last", first);
            string[] row = [.. Columns.Select(column => column == "last" ? end : line[column])];
            if (CatalogueReader.Read([row[0], "0", .. row[1..]]) is CatalogueReading.Refused refused)
            {
                foreach (var fault in refused.Faults)
                {
                    faults.Add(line.Line, fault.Field is "key" ? "code" : fault.Field, fault.Value, fault.Expected);
                }
            }
            rows.Add(row);
        }
        faults.ThrowIfAny();
        return rows;
    }

    /// <returns>How many are new or changed.</returns>
    public static int Load(HubStore hub, IReadOnlyList<IReadOnlyList<string>> rows) => hub.Write(session =>
    {
        var version = new PendingVersion(session, hub.Region, FeedNames.Catalogue);
        var changed = rows.Count(row => FeedStore.PutItem(session, hub.Region, row, long.Parse(row[4], CultureInfo.InvariantCulture), version.Next));
        version.TakeIf(changed > 0);
        TableSums.KeepIf(changed > 0, session, hub.Region, ReferenceSums.Catalogue);
        return changed;
    });
}

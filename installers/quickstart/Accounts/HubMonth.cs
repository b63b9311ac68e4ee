using System.Text.Json.Nodes;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart.Accounts;

/// <summary>The hub's report of a month's settlement, as it was exported.</summary>
public static class HubMonth
{
    /// <summary>Sums by institution and kind of visit.</summary>
    /// <exception cref="MorningFault">The file is not such a report.</exception>
    public static IReadOnlyDictionary<string, GroupSum> Read(string file)
    {
        var report = JsonNode.Parse(File.ReadAllText(file));
        var groups = new Dictionary<string, GroupSum>(StringComparer.Ordinal);
        foreach (var row in report?["rows"]?.AsArray() ?? throw new MorningFault($"{file} holds no rows."))
        {
            var key = $"{row!["institution"]} {row["visitType"]}";
            groups[key] = groups.GetValueOrDefault(key, GroupSum.None)
                .Plus(new GroupSum(row["visits"]!.GetValue<long>(), row["total"]!.GetValue<long>(), row["fund"]!.GetValue<long>()));
        }
        return groups;
    }
}

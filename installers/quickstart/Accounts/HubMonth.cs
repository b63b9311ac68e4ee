using System.Text.Json.Nodes;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart.Accounts;

/// <summary>The hub's report of a month's settlement, as it was exported.</summary>
/// <param name="Groups">Sums by institution and kind of visit.</param>
/// <param name="Due">What the pool owes each institution for the month, fen.</param>
public sealed record HubMonth(IReadOnlyDictionary<string, GroupSum> Groups, IReadOnlyDictionary<string, long> Due)
{
    /// <exception cref="MorningFault">The file is not such a report.</exception>
    public static HubMonth Read(string file)
    {
        var report = JsonNode.Parse(File.ReadAllText(file));
        var groups = new Dictionary<string, GroupSum>(StringComparer.Ordinal);
        var due = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in report?["rows"]?.AsArray() ?? throw new MorningFault($"{file} holds no rows."))
        {
            var institution = row!["institution"]!.ToString();
            due[institution] = due.GetValueOrDefault(institution) + row["due"]!.GetValue<long>();
            var key = $"{institution} {row["visitType"]}";
            groups[key] = groups.GetValueOrDefault(key, GroupSum.None)
                .Plus(new GroupSum(row["visits"]!.GetValue<long>(), row["total"]!.GetValue<long>(), row["fund"]!.GetValue<long>()));
        }
        return new HubMonth(groups, due);
    }
}

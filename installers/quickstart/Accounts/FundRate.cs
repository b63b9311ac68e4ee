using System.Globalization;
using System.Text.Json.Nodes;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart.Accounts;

/// <summary>The fund's rate, read from the policy file by plain means, to say beforehand what the hub will have to find.</summary>
public static class FundRate
{
    /// <summary>An outpatient's amount times the rate of an institution's level, in fen, rounded half away from zero.</summary>
    /// <exception cref="MorningFault">Not exactly one row of the file is for it.</exception>
    public static long Of(long fen, int level, Options options)
    {
        var file = Path.Combine(options.Root, "installers", "quickstart", "data", "policy-2025-sample.json");
        var rows = JsonNode.Parse(File.ReadAllText(file))!["rows"]!.AsArray().Select(row => row!.ToString().Split(',')).ToArray();
        int Column(string name) => Array.IndexOf(rows[0], name);
        var levelText = level.ToString(CultureInfo.InvariantCulture);
        var found = rows.Skip(1).Where(row => row[Column("visit_type")] == "11" && row[Column("level")] == levelText).ToArray();
        MorningFault.Unless(found.Length == 1, $"{file}: {found.Length} rows for outpatients at level {level}; one would be right.");
        return (long)decimal.Round(fen * decimal.Parse(found[0][Column("fund_rate")], CultureInfo.InvariantCulture), 0, MidpointRounding.AwayFromZero);
    }
}

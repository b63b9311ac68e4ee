using System.Globalization;
using System.Text.Json.Nodes;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart.Events;

/// <summary>The month's settlement as a table that fits a terminal, from the exported report.</summary>
public static class MonthTable
{
    private const int NameWidth = 20, NumberWidth = 11;
    private static readonly string[] Amounts = ["total", "inScope", "fund", "account", "cash", "adjustments", "due"];

    public static void Print(Screen screen, string file)
    {
        var report = JsonNode.Parse(File.ReadAllText(file))!;
        screen.Plain($"  {Left("institution")}{Right("visits", 7)}{string.Concat(Amounts.Select(name => Right(name, NumberWidth + 1)))}");
        foreach (var row in report["rows"]!.AsArray())
        {
            Line(screen, row!["name"]!.ToString(), row);
        }
        Line(screen, "together", report["totals"]!);
    }

    private static void Line(Screen screen, string name, JsonNode row) => screen.Plain(
        $"  {Left(name)}{Right(row["visits"]!.GetValue<long>().ToString(CultureInfo.InvariantCulture), 7)}"
        + string.Concat(Amounts.Select(amount => Right(Screen.Yuan(row[amount]!.GetValue<long>()), NumberWidth + 1))));

    /// <summary>A Chinese character is two cells wide.</summary>
    private static string Left(string text) => text + new string(' ', Math.Max(1, NameWidth - text.Sum(letter => letter > 0x2E80 ? 2 : 1)));

    private static string Right(string text, int width) => text.PadLeft(width);
}

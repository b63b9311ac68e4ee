using System.Globalization;
using System.Text;

namespace EdgeHub.Tests.Bench;

/// <summary>One measured figure.</summary>
/// <param name="Measured">With its unit.</param>
/// <param name="Floor">What was measured beside it in the same run, with its unit; blank: none.</param>
/// <param name="Figure">What is compared: mostly measured ÷ floor.</param>
/// <param name="Target">What is to be reached; null: told, not judged.</param>
/// <param name="AtLeast">True: the figure reaches the target from above.</param>
public sealed record Row(string Measure, string Measured, string Floor, double Figure, double? Target, bool AtLeast)
{
    public string Verdict => Target is not { } target ? "" : (AtLeast ? Figure >= target : Figure <= target) ? "met" : "MISSED";

    public string TargetText => Target is not { } target ? "" : (AtLeast ? ">= " : "<= ") + Report.Number(target);
}

/// <summary>All figures of a run, as a table for a terminal and as Markdown.</summary>
public sealed class Report
{
    private static readonly string[] Heads = ["measure", "measured", "floor", "figure", "target", "verdict"];
    private readonly List<Row> _rows = [];

    public bool AllMet => _rows.All(row => row.Verdict != "MISSED");

    public void Add(Row row)
    {
        _rows.Add(row);
        Console.Error.WriteLine($"  {row.Measure}: {row.Measured}; floor {row.Floor}; {Number(row.Figure)} {row.TargetText} {row.Verdict}");
    }

    public static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : "0.##", CultureInfo.InvariantCulture);

    public string Table()
    {
        var cells = Cells();
        var widths = Enumerable.Range(0, Heads.Length).Select(column => cells.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in cells)
        {
            text.AppendJoin("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).AppendLine();
        }
        return text.ToString();
    }

    public string Markdown()
    {
        var cells = Cells();
        var text = new StringBuilder();
        text.AppendLine("| " + string.Join(" | ", cells[0]) + " |").AppendLine("|" + string.Concat(Heads.Select(_ => "---|")));
        foreach (var row in cells.Skip(1))
        {
            text.AppendLine("| " + string.Join(" | ", row) + " |");
        }
        return text.ToString();
    }

    private List<string[]> Cells() =>
        [Heads, .. _rows.Select(row => new[] { row.Measure, row.Measured, row.Floor, Number(row.Figure), row.TargetText, row.Verdict })];
}

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
    /// <summary>A part that this machine cannot run: none of its targets is met.</summary>
    public bool IsMissing { get; init; }

    public string Verdict => IsMissing ? "NOT MEASURED" : Target is not { } target ? "" : (AtLeast ? Figure >= target : Figure <= target) ? "met" : "MISSED";

    public string TargetText => Target is not { } target ? "" : (AtLeast ? ">= " : "<= ") + Report.Number(target);
}

/// <summary>All figures of a run, as a table in Markdown behind the machine's name.</summary>
public sealed class Report
{
    private static readonly string[] Heads = ["measure", "measured", "floor", "figure", "target", "verdict"];
    private readonly List<Row> _rows = [];
    private string _machine = "";

    public bool AllMet => _rows.All(row => row.Verdict is "" or "met");

    public void Add(Row row)
    {
        _rows.Add(row);
        Console.Error.WriteLine($"  {row.Measure}: {row.Measured}; floor {row.Floor}; {Number(row.Figure)} {row.TargetText} {row.Verdict}");
    }

    /// <summary>What the figures were measured on: processors, memory, what one sync costs its disk.</summary>
    public void Machine(Floors floors, string folder)
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
        _machine = string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} x {model ?? "unknown processor"}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}; a 4 KiB overwrite with fsync {Floors.FsyncMicroseconds(floors.FsyncFloor, folder, 200):0} µs; load at the start {load}");
        Console.Error.WriteLine(_machine);
    }

    /// <summary>A part that this machine cannot run; said by name, and no target is met by it.</summary>
    public void Missing(string part, string why) => Add(new Row(part, "not measured: " + why, "", double.NaN, null, AtLeast: true) { IsMissing = true });

    public static string Number(double value) => double.IsNaN(value) ? "" : value.ToString(Math.Abs(value) >= 100 ? "0" : "0.##", CultureInfo.InvariantCulture);

    public string Markdown()
    {
        var cells = Cells();
        var text = new StringBuilder();
        text.AppendLine(_machine).AppendLine();
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

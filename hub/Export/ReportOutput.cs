using System.CommandLine;
using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Export;

/// <summary>--format and --out of every report.</summary>
public sealed class ReportOutput
{
    public static readonly IReadOnlyList<string> Formats = ["table", "csv", "xlsx", "json"];

    private readonly Option<string> _format = new("--format") { Description = "table, csv, xlsx or json.", DefaultValueFactory = _ => "table" };
    private readonly Option<FileInfo?> _out = new("--out") { Description = "File to write; without it the report is printed." };

    public void AddTo(Command command)
    {
        command.Options.Add(_format);
        command.Options.Add(_out);
    }

    /// <exception cref="FaultException">An unknown format, or a workbook without a file.</exception>
    public int Write(CommandFrame frame, ParseResult parsed, ReportTable table)
    {
        var format = parsed.GetRequiredValue(_format);
        var file = parsed.GetValue(_out);
        if (!Formats.Contains(format))
        {
            throw new FaultException(new Fault(Codes.UnknownCode, "--format", format, string.Join(", ", Formats)));
        }
        if (file is null && format == "xlsx")
        {
            throw new FaultException(new Fault(Codes.Missing, "--out", "", "a file for the workbook, for example settlement.xlsx"));
        }
        using var whole = new MemoryStream();
        Write(table, format, whole);
        if (file is null)
        {
            frame.Output.Write(System.Text.Encoding.UTF8.GetString(whole.GetBuffer(), 0, checked((int)whole.Length)));
            return CommandFrame.Done;
        }
        file.Directory?.Create();
        using var to = file.Create();
        whole.WriteTo(to);
        frame.Output.WriteLine($"{table.Name}: {table.Rows.Count} rows written to {file.FullName}");
        return CommandFrame.Done;
    }

    /// <summary>The report's bytes in one of the formats.</summary>
    public static void Write(ReportTable table, string format, Stream to)
    {
        switch (format)
        {
            case "csv":
                CsvReport.Write(table, to);
                break;
            case "xlsx":
                XlsxReport.Write(table, to);
                break;
            case "json":
                JsonReport.Write(table, to);
                break;
            default:
                using (var writer = new StreamWriter(to, new System.Text.UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" })
                {
                    TextReport.Write(table, writer);
                }
                break;
        }
    }
}

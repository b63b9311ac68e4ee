using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Export;
using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Schemes.CountyPackage;

/// <summary>hub load budget FILE and hub report package --year.</summary>
public static class PackageCommands
{
    public static void Register(CommandFrame frame)
    {
        var file = new Argument<FileInfo>("file") { Description = "JSON as \"hub calculate county.year-budget --template\" gives it." };
        var load = frame.At("load budget", "Computes a year's budget, stores it with its steps and issues it in the ledger.");
        load.Arguments.Add(file);
        frame.OnStore(load, (parsed, hub) =>
        {
            var (budget, changed) = YearBudgetFile.Load(hub, Text(parsed.GetRequiredValue(file)));
            frame.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"budget {budget.SchemeYear}, version {budget.Version}: {(changed ? "loaded" : "was loaded before, nothing changed")}; funding {budget.Funding / 100m:0.00}, package {budget.Package / 100m:0.00}, lead hospital {budget.LeadIndicator / 100m:0.00}"));
            return CommandFrame.Done;
        });
        var year = new Option<int>("--year") { Description = "Scheme year, for example 2025.", Required = true };
        var output = new ReportOutput();
        var report = frame.At("report package", "The year's package and a preview of its annual clearing.");
        report.Options.Add(year);
        output.AddTo(report);
        frame.OnStore(report, (parsed, hub) =>
            output.Write(frame, parsed, hub.Read(session => PackageReport.Of(session, hub.Region, parsed.GetRequiredValue(year)))));
    }

    private static string Text(FileInfo file) => file switch
    {
        { Exists: false } => throw new FaultException(new Fault(Codes.NotFound, "file", file.Name, "a file that exists")),
        { Length: > YearBudgetFile.MaxBytes } => throw new FaultException(new Fault(Codes.TooLong, "file", file.Name, $"at most {YearBudgetFile.MaxBytes} bytes")),
        _ => File.ReadAllText(file.FullName),
    };
}

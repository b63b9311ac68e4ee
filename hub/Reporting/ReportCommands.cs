using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Export;
using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Reporting;

/// <summary>hub report settlement --month yyyy-MM and hub report owed.</summary>
public static class ReportCommands
{
    public static void Register(CommandFrame frame)
    {
        frame.At("report", "Reports as table, csv, xlsx or json.");
        Settlement(frame);
        var owedOutput = new ReportOutput();
        var owed = frame.At("report owed", "What is owed to persons, due from institutions, and open cases.");
        owedOutput.AddTo(owed);
        frame.OnStore(owed, (parsed, hub) =>
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(hub.Settings.TimeZone);
            return owedOutput.Write(frame, parsed, hub.Read(session => OwedReport.Of(session, hub.Region, zone)));
        });
    }

    private static void Settlement(CommandFrame frame)
    {
        var month = new Option<string>("--month") { Description = "Month of posting, yyyy-MM.", Required = true };
        var output = new ReportOutput();
        var settlement = frame.At("report settlement", "A month's settlement per institution by visit class.");
        settlement.Options.Add(month);
        output.AddTo(settlement);
        frame.OnStore(settlement, (parsed, hub) =>
        {
            var asked = parsed.GetRequiredValue(month);
            return DateOnly.TryParseExact(asked, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? output.Write(frame, parsed, hub.Read(session => SettlementReport.Of(session, hub.Region, asked)))
                : throw new FaultException(new Fault(Codes.BadDate, "--month", asked, "a month, for example 2025-03"));
        });
    }
}

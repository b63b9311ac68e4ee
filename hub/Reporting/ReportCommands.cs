using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Export;
using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Reporting;

/// <summary>hub report settlement, owed, quarantine, refusals, unsettled.</summary>
public static class ReportCommands
{
    public static void Register(CommandFrame frame)
    {
        frame.At("report", "Reports as table, csv, xlsx or json.");
        OfMonth(frame, "settlement", "A month's settlement per institution by visit class, by month of posting.", SettlementReport.Of);
        OfMonth(frame, "refusals", "Settlements that a limit of the bureau refused offline: evidence for the clinics.", AsideReports.Refusals);
        OfMonth(frame, "unsettled", "Visits that were not settled on the spot, with the reason that the clinic said (Z27 rule 2).", AsideReports.Unsettled);
        var owedOutput = new ReportOutput();
        var owed = frame.At("report owed", "What is owed to persons, due from institutions, and open cases.");
        owedOutput.AddTo(owed);
        frame.OnStore(owed, (parsed, hub) =>
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(hub.Settings.TimeZone);
            return owedOutput.Write(frame, parsed, hub.Read(session => OwedReport.Of(session, hub.Region, zone)));
        });
        var asideOutput = new ReportOutput();
        var aside = frame.At("report quarantine", "Entries that could not be used, with reason, owner and age.");
        asideOutput.AddTo(aside);
        frame.OnStore(aside, (parsed, hub) =>
            asideOutput.Write(frame, parsed, hub.Read(session => AsideReports.Quarantine(session, hub.Region, hub.NowMilliseconds))));
    }

    private static void OfMonth(CommandFrame frame, string name, string description, Func<StoreSession, string, string, ReportTable> report)
    {
        var month = new Option<string>("--month") { Description = "Month, yyyy-MM.", Required = true };
        var output = new ReportOutput();
        var command = frame.At("report " + name, description);
        command.Options.Add(month);
        output.AddTo(command);
        frame.OnStore(command, (parsed, hub) =>
        {
            var asked = parsed.GetRequiredValue(month);
            return DateOnly.TryParseExact(asked, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? output.Write(frame, parsed, hub.Read(session => report(session, hub.Region, asked)))
                : throw new FaultException(new Fault(Codes.BadDate, "--month", asked, "a month, for example 2025-03"));
        });
    }
}

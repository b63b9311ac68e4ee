using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Settlement;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;

namespace EdgeHub.Hub;

/// <summary>hub month close --month: from then on the month takes no posting; what comes later for its visits is posted in the
/// open month, with the month of the service beside it. Exit code 1: it is not ready to be closed.</summary>
public static class MonthCommand
{
    public static void Register(CommandFrame frame)
    {
        frame.At("month", "The months of the ledger.");
        var month = new Option<string>("--month") { Description = "Month, yyyy-MM; it must be over.", Required = true };
        var close = frame.At("month close", "Closes a month. Needs every received entry judged, and a hub that agrees with itself.");
        close.Options.Add(month);
        frame.OnStore(close, (parsed, hub) => Close(frame, hub, parsed.GetRequiredValue(month)));
    }

    private static int Close(CommandFrame frame, HubStore hub, string asked)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(hub.Settings.TimeZone);
        var now = hub.Clock.GetUtcNow();
        var current = TimeZoneInfo.ConvertTime(now, zone).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        if (!DateOnly.TryParseExact(asked, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) || string.CompareOrdinal(asked, current) >= 0)
        {
            throw new FaultException(new Fault(Codes.BadDate, "--month", asked, $"a month before {current}, for example 2025-03"));
        }
        if (hub.Read(session => LedgerStore.IsClosed(session, hub.Region, asked)))
        {
            frame.Output.WriteLine($"{asked} was closed before.");
            return CommandFrame.Done;
        }
        if (hub.Read(session => CursorStore.Waiting(session, hub.Region, 1)).Count > 0)
        {
            frame.Errors.WriteLine($"{asked} is not closed: received entries wait to be judged. Let hub serve go on until none waits.");
            return CommandFrame.FoundWrong;
        }
        if (hub.Read(session => VerifyCommand.Run(session, hub.Region)).First is { } difference)
        {
            frame.Errors.WriteLine($"{asked} is not closed: hub verify finds a difference. The first: {difference}");
            return CommandFrame.FoundWrong;
        }
        hub.Write(session =>
        {
            LedgerStore.Close(session, hub.Region, asked, now);
            return true;
        });
        frame.Output.WriteLine($"{asked} is closed.");
        return CommandFrame.Done;
    }
}

using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Export;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Settlement;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub;

/// <summary>hub month close --month --operator: from then on the month takes no posting; what comes later for its visits is posted in the
/// open month, with the month of the service beside it. Exit code 1: it is not ready to be closed, and says everything that stands against it.</summary>
public static class MonthCommand
{
    private const int MostOfAName = 100;

    public static void Register(CommandFrame frame)
    {
        frame.At("month", "The months of the ledger.");
        var month = new Option<string>("--month") { Description = "Month, yyyy-MM; it must be over.", Required = true };
        var by = new Option<string>("--operator") { Description = "Who closes it.", Required = true };
        var close = frame.At("month close", "Closes a month for good. Needs every received entry judged, and a hub that agrees with itself.");
        close.Options.Add(month);
        close.Options.Add(by);
        frame.OnStore(close, (parsed, hub) => Close(frame, hub, parsed.GetRequiredValue(month), parsed.GetRequiredValue(by)));
        var output = new ReportOutput();
        var list = frame.At("month list", "The closed months: when, by whom, how many sets, the hash over them.");
        output.AddTo(list);
        frame.OnStore(list, (parsed, hub) => output.Write(frame, parsed, hub.Read(session => LedgerReports.Closings(session, hub.Region))));
    }

    private static int Close(CommandFrame frame, HubStore hub, string asked, string by)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(hub.Settings.TimeZone);
        var now = hub.Clock.GetUtcNow();
        var current = TimeZoneInfo.ConvertTime(now, zone).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        if (!DateOnly.TryParseExact(asked, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) || string.CompareOrdinal(asked, current) >= 0)
        {
            throw new FaultException(new Fault(Codes.BadDate, "--month", asked, $"a month before {current}, for example 2025-03"));
        }
        if (by.Trim().Length is 0 or > MostOfAName || by.Any(char.IsControl))
        {
            throw new FaultException(new Fault(Codes.BadCharacter, "--operator", by, $"a name of 1 to {MostOfAName} characters"));
        }
        if (hub.Read(session => PeriodStore.IsClosed(session, hub.Region, asked)))
        {
            frame.Output.WriteLine($"{asked} was closed before.");
            return CommandFrame.Done;
        }
        var refused = hub.Read(session => Refusals(session, hub.Region, asked, whole: true));
        var closing = refused.Count > 0 ? null : hub.Write(session =>
        {
            // What came in since is looked at once more, in the transaction that closes.
            refused = Refusals(session, hub.Region, asked, whole: false);
            return refused.Count > 0 ? null : PeriodStore.Close(session, hub.Region, asked, by.Trim(), now);
        });
        if (closing is null)
        {
            foreach (var refusal in refused)
            {
                frame.Errors.WriteLine($"{asked} is not closed: {refusal}");
            }
            return CommandFrame.FoundWrong;
        }
        frame.Output.WriteLine($"{asked} is closed.");
        frame.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{closing.Sets} sets, by {closing.ClosedBy}, hash {closing.Hash}"));
        return CommandFrame.Done;
    }

    /// <summary>Everything that stands against closing the month, in a fixed order.</summary>
    /// <param name="whole">With the replay of all journals, which takes its time.</param>
    private static IReadOnlyList<string> Refusals(StoreSession session, string region, string month, bool whole)
    {
        var refusals = new List<string>();
        if (PeriodStore.OpenBefore(session, region, month) is [var open, ..])
        {
            refusals.Add($"{open} has postings and is open: close it first.");
        }
        if (PeriodStore.Closings(session, region).LastOrDefault() is { } last && string.CompareOrdinal(last.Month, month) > 0)
        {
            refusals.Add($"{last.Month} is closed already: months are closed in their order.");
        }
        if (CursorStore.Waiting(session, region, 1).Count > 0)
        {
            refusals.Add("received entries wait to be judged. Let hub serve go on until none waits.");
        }
        if (CaseStore.FailedYears(session, region, 1).Count > 0)
        {
            refusals.Add("a person's year could not be computed. Look at the open cases Unexpected (hub report owed).");
        }
        if (whole && VerifyCommand.Run(session, region).First is { } difference)
        {
            refusals.Add($"hub verify finds a difference. The first: {difference}");
        }
        return refusals;
    }
}

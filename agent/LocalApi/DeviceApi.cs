using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Serial;
using EdgeHub.Agent.Kiosk;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;

namespace EdgeHub.Agent.LocalApi;

/// <summary>What a scanner read.</summary>
/// <param name="Last">Number of the last scan, to ask for what comes behind it; 0: none yet.</param>
/// <param name="Scan">Null: nothing came in time.</param>
public sealed record ScanAnswer(long Last, Scan? Scan);

/// <summary>What became of a slip.</summary>
/// <param name="Outcome">Printed; Unconfirmed: the printer took it and says nothing of itself; Failed.</param>
/// <param name="Error">One of the devices' errors; null: nothing is wrong.</param>
/// <param name="StaffText">What staff may do.</param>
public sealed record PrintAnswer(string Outcome, string? Error, string? Detail, string? StaffText);

/// <summary>Devices over serial lines: what a scanner read, a settlement's receipt on paper.</summary>
public static class DeviceApi
{
    private const int MostWaitSeconds = 30;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/scans", async (SerialDevices devices, HttpContext http, long after = 0, int wait = 0, string? scanner = null) => new ScanAnswer(
                devices.Scans.Last, await devices.Scans.After(after, scanner, TimeSpan.FromSeconds(Math.Clamp(wait, 0, MostWaitSeconds)), http.RequestAborted)))
            .Produces<ScanAnswer>().WithSummary("The first scan behind a number; waits at most 30 seconds for one. A scan is kept for 30 seconds.").Needs(Actions.UseReader);
        api.MapPost("/settlements/{id}/print", Print).Produces<PrintAnswer>()
            .WithSummary("Prints a settlement's receipt on the clinic's printer, in the caller's language. What was settled stands, whatever the printer says.").Needs(Actions.SeeSettlement);
    }

    private static async Task<IResult> Print(string id, LookUps lookUps, CheckIn.CheckIn visits, AgentStore store, SerialDevices devices, HttpContext http, string? printer = null)
    {
        if (devices.Printers.FirstOrDefault(each => printer is null || each.Name == printer) is not { } chosen)
        {
            return Problems.Answer(http, Refusal.Of(Codes.NotFound, "printer", printer ?? "", "a printer of the agent's settings, Devices:Serial"));
        }
        var outcome = await lookUps.Settlement(id);
        if (outcome is LookUp<SettlementShown>.Refused refused)
        {
            return Problems.Answer(http, refused.Why);
        }
        var language = Languages.Accepted(http.Request.Headers.AcceptLanguage.ToString());
        var shown = ((LookUp<SettlementShown>.Found)outcome).Value;
        var name = await visits.Show(shown.Confirmed.Visit) is CheckInOutcome.Opened opened ? MaskedName.Of(opened.Visit.Name) : "";
        return Results.Ok(Of(await chosen.Print(Slips.Receipt(Facts(shown, store.Site?.InstitutionName ?? "", name), language)), language));
    }

    private static ReceiptFacts Facts(SettlementShown shown, string institution, string person)
    {
        var (confirmed, shares) = (shown.Confirmed, shown.Confirmed.Shares);
        return new ReceiptFacts(
            institution, confirmed.ReceiptNo, confirmed.ServiceDay, person, confirmed.Currency, [.. confirmed.Lines.Select(line => (line.Name, line.Amount))],
            confirmed.Totals.Total, shares.Fund, shares.Catastrophic, shares.Assistance, shares.Account, shares.Cash, shown.Reversal is not null, confirmed.ReceiptNo);
    }

    private static PrintAnswer Of(PrintOutcome outcome, string language) => outcome switch
    {
        PrintOutcome.Printed => new PrintAnswer(nameof(PrintOutcome.Printed), null, null, null),
        PrintOutcome.Unconfirmed => new PrintAnswer(nameof(PrintOutcome.Unconfirmed), null, null, null),
        PrintOutcome.Failed failed => new PrintAnswer(nameof(PrintOutcome.Failed), failed.Why.Code.ToString(), failed.Why.Detail, DeviceErrors.For(failed.Why.Code).Staff(language)),
        _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
    };
}

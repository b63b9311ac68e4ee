using EdgeHub.Agent.Access;
using EdgeHub.Agent.Devices.Serial;
using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;

namespace EdgeHub.Agent.LocalApi;

/// <summary>What a scanner read.</summary>
/// <param name="Last">Number of the last scan, to ask for what comes behind it; 0: none yet.</param>
/// <param name="Scan">Null: nothing came in time.</param>
public sealed record ScanAnswer(long Last, Scan? Scan);

/// <summary>Devices over serial lines: what a scanner read, a settlement's receipt on paper.</summary>
public static class DeviceApi
{
    private const int MostWaitSeconds = 30;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/scans", async (SerialDevices devices, HttpContext http, long after = 0, int wait = 0, string? scanner = null) =>
            {
                var scan = await devices.Scans.After(after, scanner, TimeSpan.FromSeconds(Math.Clamp(wait, 0, MostWaitSeconds)), http.RequestAborted);
                // A code may be a person's number; whose it is, the check-in or the lookup that follows says.
                Sight.Of(http).List("scans", scan is null ? 0 : 1);
                return new ScanAnswer(devices.Scans.Last, scan);
            })
            .Produces<ScanAnswer>().WithSummary("The first scan behind a number; waits at most 30 seconds for one. A scan is kept for 30 seconds.").Needs(Actions.UseReader, Shows.Told);
        api.MapPost("/settlements/{id}/print", Print).Produces<PrintAnswer>()
            .WithSummary("Prints a settlement's receipt on the clinic's printer, in the caller's language. What was settled stands, whatever the printer says.").Needs(Actions.SeeSettlement, Shows.Settlement);
    }

    private static async Task<IResult> Print(string id, LookUps lookUps, PrintReceipt print, HttpContext http, string? printer = null)
    {
        if (!print.Has(printer))
        {
            return Problems.Answer(http, Refusal.Of(Codes.NotFound, "printer", printer ?? "", "a printer of the agent's settings, Devices:Serial"));
        }
        var outcome = await lookUps.Settlement(id);
        if (outcome is LookUp<SettlementShown>.Refused refused)
        {
            return Problems.Answer(http, refused.Why);
        }
        var language = Languages.Accepted(http.Request.Headers.AcceptLanguage.ToString());
        return Results.Ok(await print.Now(((LookUp<SettlementShown>.Found)outcome).Value, printer, language));
    }
}

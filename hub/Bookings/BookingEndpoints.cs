using EdgeHub.Hub.Access;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Bookings;

/// <summary>POST /api/v1/bookings, POST /api/v1/fees: a booking system hands its appointments over, as text/csv or as FHIR R4 JSON with ?site=CODE;
/// the register of the high-cost protection hands over what patients paid, as text/csv.</summary>
public static class BookingEndpoints
{
    private const int MaxBodyBytes = 4 * 1024 * 1024;

    public static IServiceCollection AddBookings(this IServiceCollection services) => services.AddSingleton<IEntryTaker, BookingTaker>();

    public static void MapBookings(this IEndpointRouteBuilder routes)
    {
        var gate = new ClientGate(routes.ServiceProvider.GetRequiredService<HubStore>(), Clients.Bookings);
        routes.MapPost("/api/v1/bookings", Take).AddEndpointFilter((context, next) => gate.InvokeAsync(context, next))
            .WithSummary("Booked visits of the sites: text/csv, or application/fhir+json (an Appointment or a Bundle) with ?site=. What is known and unchanged stays as it is.");
        var fees = new ClientGate(routes.ServiceProvider.GetRequiredService<HubStore>(), Clients.Fees);
        routes.MapPost("/api/v1/fees", TakeFees).AddEndpointFilter((context, next) => fees.InvokeAsync(context, next))
            .WithSummary("Fees that patients paid anywhere: text/csv.");
    }

    private static async Task<IResult> TakeFees(HttpContext http, HubStore hub)
    {
        using var body = await Body(http);
        return Taken(() => FeeFile.Load(hub, FeeFile.Read(CsvTable.Read(body, "fees", FeeFile.Columns))));
    }

    private static async Task<IResult> Take(HttpContext http, HubStore hub, string? site = null)
    {
        using var body = await Body(http);
        var type = http.Request.ContentType?.Split(';')[0].Trim() ?? "";
        return Taken(() =>
        {
            var (rows, passed) = type switch
            {
                "text/csv" => (BookingFile.Read(CsvTable.Read(body, "bookings", BookingFile.Columns), "http"), 0),
                "application/fhir+json" or "application/json" => AppointmentReader.Read(
                    body.GetBuffer().AsMemory(0, (int)body.Length), site ?? throw new FaultException(new Fault(Codes.Missing, "site", "", "the code of an institution, as ?site=CODE"))),
                _ => throw new FaultException(new Fault(Codes.UnknownFormat, "Content-Type", type, "text/csv or application/fhir+json")),
            };
            return BookingLoad.Run(hub, rows, passed);
        });
    }

    private static IResult Taken(Func<BookingsLoaded> load)
    {
        try
        {
            return TypedResults.Ok(load());
        }
        catch (FileFaultException wrong)
        {
            throw new FaultException([.. wrong.Faults.Select(fault => new Fault(Codes.BadCharacter, $"line {fault.Line}, {fault.Column}", fault.Value, fault.Expected))]);
        }
    }

    /// <exception cref="FaultException">TooLong.</exception>
    private static async Task<MemoryStream> Body(HttpContext http)
    {
        var (from, to) = (http.Request.Body, new MemoryStream());
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            if (to.Length + read > MaxBodyBytes)
            {
                throw new FaultException(new Fault(Codes.TooLong, "body", "", $"at most {MaxBodyBytes} bytes"));
            }
            to.Write(chunk, 0, read);
        }
        to.Position = 0;
        return to;
    }
}

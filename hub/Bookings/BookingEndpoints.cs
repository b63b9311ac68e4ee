using System.Text;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Bookings;

/// <summary>POST /api/v1/bookings: a booking system hands its appointments over, as text/csv or as FHIR R4 JSON with ?site=CODE.</summary>
public static class BookingEndpoints
{
    private const int MaxBodyBytes = 4 * 1024 * 1024;

    public static IServiceCollection AddBookings(this IServiceCollection services) => services.AddSingleton<IEntryTaker, BookingTaker>();

    public static void MapBookings(this IEndpointRouteBuilder routes)
    {
        var gate = new ClientGate(routes.ServiceProvider.GetRequiredService<HubStore>(), Clients.Bookings);
        routes.MapPost("/api/v1/bookings", Take).AddEndpointFilter((context, next) => gate.InvokeAsync(context, next))
            .WithSummary("Booked visits of the sites: text/csv, or application/fhir+json (an Appointment or a Bundle) with ?site=. What is known and unchanged stays as it is.");
    }

    private static async Task<IResult> Take(HttpContext http, HubStore hub, string? site = null)
    {
        using var body = new MemoryStream();
        await Copy(http.Request.Body, body, http.RequestAborted);
        body.Position = 0;
        var type = http.Request.ContentType?.Split(';')[0].Trim() ?? "";
        try
        {
            var (rows, passed) = type switch
            {
                "text/csv" => (BookingFile.Read(CsvTable.Read(body, "bookings", BookingFile.Columns), "http"), 0),
                "application/fhir+json" or "application/json" => AppointmentReader.Read(
                    body.GetBuffer().AsMemory(0, (int)body.Length), site ?? throw new FaultException(new Fault(Codes.Missing, "site", "", "the code of an institution, as ?site=CODE"))),
                _ => throw new FaultException(new Fault(Codes.UnknownFormat, "Content-Type", type, "text/csv or application/fhir+json")),
            };
            return TypedResults.Ok(BookingLoad.Run(hub, rows, passed));
        }
        catch (FileFaultException wrong)
        {
            throw new FaultException([.. wrong.Faults.Select(fault => new Fault(Codes.BadCharacter, $"line {fault.Line}, {fault.Column}", fault.Value, fault.Expected))]);
        }
    }

    /// <exception cref="FaultException">TooLong.</exception>
    private static async Task Copy(Stream from, MemoryStream to, CancellationToken stop)
    {
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(chunk, stop)) > 0)
        {
            if (to.Length + read > MaxBodyBytes)
            {
                throw new FaultException(new Fault(Codes.TooLong, "body", "", $"at most {MaxBodyBytes} bytes"));
            }
            to.Write(chunk, 0, read);
        }
    }
}

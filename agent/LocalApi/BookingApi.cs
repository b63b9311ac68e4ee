using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Agent.LocalApi;

/// <summary>Booked visits over the local interface.</summary>
internal static class BookingApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/bookings", async (string? day, Bookings bookings, AgentStore store, HttpContext http) =>
            day is null ? Listed(await bookings.OnDay(store.Clock.CivilDay(store.Clock.Now)), http)
            : DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) && parsed.Year is >= FirstYear and <= LastYear
                ? Listed(await bookings.OnDay(parsed), http)
                : Problems.Answer(http, Refusal.Of(Codes.BadDate, "day", day, "a day, for example 2025-03-12")))
            .Produces<IReadOnlyList<Booking>>().WithSummary("The visits booked here on a day, today unless told.").Needs(Actions.SeeQueue, Shows.Told);
        api.MapPost("/bookings", async (BookRequest request, Bookings bookings, SyncWorker worker, HttpContext http) =>
            LocalApi.Money(await bookings.Make(request), worker, http)).Produces<BookedAnswer>().WithSummary("Books a visit at the desk.").Needs(Actions.CheckIn, Shows.OwnEntry);
        api.MapPost("/bookings/{booking}/cancel", async (string booking, CancelRequest request, Bookings bookings, SyncWorker worker, HttpContext http) =>
            Went(await bookings.Cancel(booking, request.Reason ?? "", request.Operator ?? ""), worker, http)).Produces<Booking>().WithSummary("Cancels a booking whose patient has not come.").Needs(Actions.CheckIn, Shows.OwnEntry);
        api.MapPost("/bookings/{booking}/move", async (string booking, MoveRequest request, Bookings bookings, SyncWorker worker, HttpContext http) =>
            LocalApi.Money(await bookings.Move(booking, request), worker, http)).Produces<BookedAnswer>().WithSummary("Moves a booking whose patient has not come: cancelled and made anew.").Needs(Actions.CheckIn, Shows.OwnEntry);
        api.MapPost("/bookings/{booking}/steps", async (string booking, StepRequest request, Bookings bookings, SyncWorker worker, HttpContext http) =>
            Went(await bookings.Step(booking, request.To ?? "", BookingWords.Desk, request.Place?.Trim() ?? "", request.Operator ?? ""), worker, http))
            .Produces<Booking>().WithSummary("Leads a booked visit a step on: CheckedIn, Called, Done, NoShow.").Needs(Actions.CheckIn, Shows.OwnEntry);
    }

    private static IResult Listed(IReadOnlyList<Booking> booked, HttpContext http)
    {
        Sight.Of(http).List("bookings", booked.Count);
        return Results.Json(booked, RequestContent.Json);
    }

    private static IResult Went(StepOutcome outcome, SyncWorker worker, HttpContext http)
    {
        if (outcome is StepOutcome.Refused refused)
        {
            return Problems.Answer(http, refused.Why);
        }
        worker.Nudge();
        return Results.Json(((StepOutcome.Went)outcome).Booking, RequestContent.Json);
    }

    /// <summary>Days at the ends of the calendar have no midnight here.</summary>
    private const int FirstYear = 2000;

    private const int LastYear = 2099;

    internal sealed record CancelRequest(string? Reason, string? Operator);

    /// <param name="To">CheckedIn, Called, Done or NoShow.</param>
    /// <param name="Place">The room that calls; null: none.</param>
    internal sealed record StepRequest(string? To, string? Place, string? Operator);
}

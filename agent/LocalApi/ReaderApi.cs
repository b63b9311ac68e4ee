using EdgeHub.Agent.Access;
using EdgeHub.Agent.Devices;
using EdgeHub.Rules;

namespace EdgeHub.Agent.LocalApi;

/// <summary>A reader in plain words.</summary>
/// <param name="Status">Absent, Ready, CardIn, Reading, Read, NotRead, Faulty.</param>
/// <param name="Error">One of the devices' errors; null: nothing is wrong.</param>
/// <param name="Detail">For whoever mends it; null: nothing is wrong.</param>
/// <param name="Allowed">Retry, ManualEntry (with a reason) or NoService; null: nothing is wrong.</param>
/// <param name="PatientText">What the patient is told.</param>
/// <param name="StaffText">What staff may do.</param>
public sealed record ReaderShown(
    string Name, string Status, string Says, string? Error, string? Detail, string? Allowed, string? PatientText, string? StaffText, CardRead? Card, DateTimeOffset Since)
{
    public static ReaderShown Of(ReaderState state, string language)
    {
        var text = state.Error is { } error ? DeviceErrors.For(error.Code) : null;
        return new ReaderShown(
            state.Name, state.Status.ToString(), DeviceStates.Say(state.Status.ToString(), language), state.Error?.Code.ToString(), state.Error?.Detail,
            text?.Allowed.ToString(), text?.Patient(language), text?.Staff(language), state.Card, state.Since);
    }
}

/// <summary>All readers at one version of them.</summary>
public sealed record ReadersAnswer(long Version, IReadOnlyList<ReaderShown> Readers);

/// <summary>The readers: how they stand, the card that is in, a card for the simulated one.</summary>
public static class ReaderApi
{
    private const int MostWaitSeconds = 30;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/readers", Readers).Produces<ReadersAnswer>()
            .WithSummary("Every reader. With seen=VERSION&wait=SECONDS (at most 30) the answer waits until something differs from that version.").Needs(Actions.SeeDevices, Shows.Told);
        api.MapGet("/card", (CardReaders readers, HttpContext http) => readers.Current is { } card
            ? Results.Ok(Seen(card, http))
            : Problems.Answer(http, Refusal.Of(Codes.NotFound, "card", "", "a card in the reader"))).Produces<CardRead>().WithSummary("The card in the reader.").Needs(Actions.UseReader, Shows.Told);
        api.MapPut("/card", (PresentedCard card, HttpContext http) => Simulated(http, reader => Results.Ok(Shown(reader.Present(card), http))))
            .Produces<ReaderShown>().WithSummary("Simulated reader: puts a card in, a good one or one with an error.").Needs(Actions.UseReader, Shows.Told);
        api.MapDelete("/card", (HttpContext http) => Simulated(http, reader =>
        {
            reader.Remove();
            return Results.NoContent();
        })).Produces(StatusCodes.Status204NoContent).WithSummary("Simulated reader: takes the card out.").Needs(Actions.UseReader, Shows.Nobody);
    }

    private static async Task<ReadersAnswer> Readers(CardReaders readers, HttpContext http, long seen = 0, int wait = 0)
    {
        var version = wait > 0
            ? await readers.WaitForChange(seen, TimeSpan.FromSeconds(Math.Min(wait, MostWaitSeconds)), http.RequestAborted)
            : readers.Version;
        return new ReadersAnswer(version, [.. readers.States.Select(state => Shown(state, http))]);
    }

    /// <summary>Whose card is in, is seen by whoever asks.</summary>
    private static ReaderShown Shown(ReaderState state, HttpContext http)
    {
        Seen(state.Card, http);
        return ReaderShown.Of(state, Languages.Accepted(http.Request.Headers.AcceptLanguage.ToString()));
    }

    private static CardRead? Seen(CardRead? card, HttpContext http)
    {
        Sight.Of(http).Card(card);
        return card;
    }

    private static IResult Simulated(HttpContext http, Func<SimulatedCardReader, IResult> work) =>
        http.RequestServices.GetService<SimulatedCardReader>() is { } reader
            ? work(reader)
            : Problems.Answer(http, Refusal.Of(Codes.NotFound, "card", "", "an agent that was started with --Devices:SimulatedReader true"));
}

using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;

namespace EdgeHub.Agent.LocalApi;

/// <summary>The interface of the clinic's own system and of the desk, on loopback only. Described at /openapi/v1.json.</summary>
public static class LocalApi
{
    /// <summary>A bill of 500 lines needs about 60 KB.</summary>
    public const int MaxBodyBytes = 256 * 1024;

    public const int MaxConnections = 256;
    private const int SearchRows = 50;
    private const int SearchCharacters = 60;

    public static void AddLocalApi(this IServiceCollection services)
    {
        services.AddOpenApi("v1");
        services.AddSingleton<PrintReceipt>();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.MaxDepth = 32;
        });
    }

    /// <summary>The interface alone, without pages: failures to answers, this machine only, who calls, then the endpoint.</summary>
    public static void UseLocalApi(this WebApplication app)
    {
        app.UseMiddleware<Failures>();
        app.UseMiddleware<LoopbackOnly>();
        app.UseRouting();
        app.UseMiddleware<ApiGate>();
        app.MapLocalApi();
    }

    /// <summary>The endpoints. Failures of theirs become answers in <see cref="Failures"/>.</summary>
    public static void MapLocalApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapGet("/health", (AgentStore store) => store.Damage is null ? Results.Ok(new Health("ok")) : Results.Json(new Health("damaged"), statusCode: 200))
            .WithSummary("The process answers; whether the store is sound.");
        var api = app.MapGroup("/api/v1");
        foreach (var status in Problems.Statuses)
        {
            api.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), ["application/problem+json"]));
        }
        MapStation(api);
        MapVisits(api);
        MapContacts(api);
        MapMoney(api);
        ByHandApi.Map(api);
        BookingApi.Map(api);
    }

    private static void MapStation(RouteGroupBuilder api)
    {
        api.MapGet("/status", (StatusReader reader, HttpContext http) => reader.Read(Languages.Accepted(http.Request.Headers.AcceptLanguage.ToString())))
            .Produces<StatusAnswer>().WithSummary("Where the agent stands, what waits, what is wrong.").Needs(Actions.SeeStatus, Shows.Nobody);
        // The hub's one-time code is what allows it; before it there is neither staff nor a token.
        api.MapPost("/enrol", async (EnrolAsked asked, Enrol enrol, SyncWorker worker, HttpContext http) =>
        {
            var outcome = await enrol.With(asked, http.RequestAborted);
            if (outcome is EnrolOutcome.Refused refused)
            {
                return Problems.Answer(http, refused.Why);
            }
            worker.Nudge();
            return Results.Ok(((EnrolOutcome.Enrolled)outcome).Site);
        }).Produces<SiteFacts>().WithSummary("Enrols with a one-time code of the hub.").WithMetadata(new ForEverybodyAttribute());
        api.MapPost("/sync", (SyncWorker worker, HttpContext http) => worker.Now(http.RequestAborted)).Produces<SyncReport>().WithSummary("One round with the hub now: ask, send, pull.").Needs(Actions.SyncNow, Shows.Nobody);
        ReaderApi.Map(api);
        DeviceApi.Map(api);
        api.MapGet("/catalogue", (string? q, AgentStore store) => store.Do(session => CatalogueStore.Search(
            session, (q ?? "").Length > SearchCharacters ? q![..SearchCharacters] : q ?? "", SearchRows))).Produces<IReadOnlyList<EdgeHub.Rules.Benefit.CatalogueItem>>().WithSummary("Items by code, pinyin initials or name; at most 50.").Needs(Actions.SearchCatalogue, Shows.Nobody);
    }

    private static void MapVisits(RouteGroupBuilder api)
    {
        // The look is in the check-in's own commit: the way to the price gets no longer.
        api.MapPost("/visits", async (CheckInRequest request, CheckIn.CheckIn checkIn, HttpContext http) => Opened(
                await checkIn.Open(request with { Seen = (LookFilter.Caller(http).Number, Sight.PageOf(http)) }, http.RequestAborted), http))
            .Produces<VisitAnswer>().WithSummary("Checks a patient in.").Needs(Actions.CheckIn, Shows.OwnEntry);
        api.MapGet("/visits/{visit}", async (string visit, CheckIn.CheckIn checkIn, HttpContext http) => Opened(await checkIn.Show(visit), http))
            .Produces<VisitAnswer>().WithSummary("A visit, as it stands now.").Needs(Actions.SeePerson, Shows.Visit);
        api.MapPost("/visits/{visit}/quote", async (string visit, SettleRequest request, SettleVisit settle, HttpContext http) =>
            await settle.Quote(visit, request) switch
            {
                QuoteOutcome.Quoted quoted => Results.Json(quoted.Answer, RequestContent.Json),
                QuoteOutcome.Refused refused => Problems.Answer(http, refused.Why),
                var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
            }).Produces<QuoteAnswer>().WithSummary("What a bill would give now, every step explained. Writes nothing.").Needs(Actions.Quote, Shows.Visit);
        api.MapPost("/visits/{visit}/settlements", async (string visit, SettleRequest request, SettleVisit settle, SyncWorker worker, HttpContext http) =>
            Money(await settle.Settle(visit, request, http.RequestAborted), worker, http)).Produces<SettledAnswer>().WithSummary("Settles a part of a visit.").Needs(Actions.Settle, Shows.OwnEntry);
    }

    private static void MapContacts(RouteGroupBuilder api) =>
        api.MapPost("/contacts", async (ContactRequest request, RecordContact contacts, SyncWorker worker, HttpContext http) =>
            Money(await contacts.Record(request), worker, http)).Produces<ContactAnswer>().WithSummary("Keeps a contact with a patient: its channel, its profession.").Needs(Actions.RecordContact, Shows.OwnEntry);

    private static void MapMoney(RouteGroupBuilder api)
    {
        api.MapGet("/settlements/{id}", async (string id, LookUps lookUps, HttpContext http) => Found(await lookUps.Settlement(id), http))
            .Produces<SettlementShown>().WithSummary("A settlement, and what became of it.").Needs(Actions.SeeSettlement, Shows.Settlement);
        api.MapPost("/settlements/{id}/reversal", async (string id, ReverseRequest request, ReverseVisit reverse, SyncWorker worker, HttpContext http) =>
            Money(await reverse.Reverse(id, request, http.RequestAborted), worker, http)).Produces<ReversedAnswer>().WithSummary("Takes a settlement back.").Needs(Actions.Reverse, Shows.OwnEntry);
        api.MapPost("/settlements/{id}/partial-refund", async (string id, PartRefundRequest request, RefundPart refund, SyncWorker worker, HttpContext http) =>
            Money(await refund.Refund(id, request, http.RequestAborted), worker, http)).Produces<PartRefundAnswer>().WithSummary("Takes a part of a settlement back: what remains is settled in its place.").Needs(Actions.RefundPart, Shows.OwnEntry);
        api.MapPost("/settlements/{id}/partial-refund/quote", async (string id, PartRefundRequest request, RefundPart refund, HttpContext http) =>
            Found(await refund.Quote(id, request), http)).Produces<PartRefundQuote>().WithSummary("What a partial refund would give back now. Writes nothing.").Needs(Actions.RefundPart, Shows.Settlement);
        api.MapGet("/requests/{requestKey}", async (string requestKey, LookUps lookUps, HttpContext http) => await lookUps.ByRequestKey(requestKey) switch
        {
            LookUp<AnsweredRequest>.Found found => Results.Bytes(found.Value.Answer, "application/json"),
            LookUp<AnsweredRequest>.Refused refused => Problems.Answer(http, refused.Why),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        }).Produces<object>().WithDescription("SettledAnswer, ReversedAnswer, PartRefundAnswer, ReimbursementAnswer, PaidAnswer or ContactAnswer: the bytes that were answered.").WithSummary("The answer that a request key got: the one truth when the answer was lost.").Needs(Actions.SeeSettlement, Shows.Request);
        api.MapGet("/days/{day}/totals", async (string day, LookUps lookUps, HttpContext http) =>
            DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
                ? Results.Json(await lookUps.DayTotals(parsed), RequestContent.Json)
                : Problems.Answer(http, Refusal.Of(Codes.BadDate, "day", day, "a day, for example 2025-03-12")))
            .Produces<DayTotalsAnswer>().WithSummary("One clinic day's money.").Needs(Actions.SeeDay, Shows.Nobody);
        api.MapPost("/reimbursements", async (ReimbursementRequest request, ClaimReimbursement claims, SyncWorker worker, HttpContext http) =>
            Money(await claims.Claim(request, http.RequestAborted), worker, http)).Produces<ReimbursementAnswer>()
            .WithSummary("Takes in an invoice that the patient paid in full. The hub decides; what it owes is then paid out as a payable.").Needs(Actions.TakeInInvoice, Shows.OwnEntry);
        api.MapGet("/reimbursements/{id}", async (string id, ClaimReimbursement claims, HttpContext http) => Found(await claims.Show(id), http))
            .Produces<ReimbursementShown>().WithSummary("A reimbursement, and what the hub decided.").Needs(Actions.SeeSettlement, Shows.Claim);
        api.MapGet("/persons/{person}/payables", async (string person, PayOut payOut, HttpContext http) =>
        {
            var owed = await payOut.Payables(person);
            Sight.Of(http).Person(owed.Count > 0 ? person : "");
            return owed;
        }).Produces<IReadOnlyList<PayableShown>>().WithSummary("What is owed to a person.").Needs(Actions.SeePerson, Shows.Told);
        api.MapPost("/payables/{decision}/payment", async (string decision, PayOutRequest request, PayOut payOut, SyncWorker worker, HttpContext http) =>
            Money(await payOut.Pay(decision, request, http.RequestAborted), worker, http)).Produces<PaidAnswer>().WithSummary("Pays out what a decision owes.").Needs(Actions.PayOut, Shows.OwnEntry);
    }

    internal static IResult Money(MoneyOutcome outcome, SyncWorker worker, HttpContext http)
    {
        if (outcome is MoneyOutcome.Refused refused)
        {
            return Problems.Answer(http, refused.Why);
        }
        worker.Nudge();
        return Results.Bytes(((MoneyOutcome.Done)outcome).Json, "application/json");
    }

    private static IResult Opened(CheckInOutcome outcome, HttpContext http) => outcome switch
    {
        CheckInOutcome.Opened opened => Results.Json(opened.Visit, RequestContent.Json),
        CheckInOutcome.Refused refused => Problems.Answer(http, refused.Why),
        _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
    };

    private static IResult Found<T>(LookUp<T> outcome, HttpContext http) => outcome switch
    {
        LookUp<T>.Found found => Results.Json(found.Value, RequestContent.Json),
        LookUp<T>.Refused refused => Problems.Answer(http, refused.Why),
        _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
    };

    private sealed record Health(string Status);
}

using System.Text.Json;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.LocalApi;

/// <summary>What is wrong, as RFC 9457 problem details in the caller's language, with what staff may do.</summary>
/// <param name="Type">urn:edgehub:CODE.</param>
/// <param name="Retry">no, yes or later: whether the same request can succeed when it is sent again.</param>
/// <param name="Rule">The rule that refuses, where one does.</param>
public sealed record Problem(
    string Type, string Title, int Status, string Detail, string Code, string Field, string Value, string Expected, string Retry, string StaffMay,
    string? Rule, IReadOnlyList<ProblemFault> Faults);

public sealed record ProblemFault(string Code, string Field, string Value, string Expected, string Detail);

/// <summary>Turns refusals and failures into answers.</summary>
public static class Problems
{
    public static IResult Answer(HttpContext http, Refusal why, int? status = null) => Results.Json(
        Of(why, status ?? StatusOf(why.Code), Languages.Accepted(http.Request.Headers.AcceptLanguage.ToString())),
        RequestContent.Json, "application/problem+json", status ?? StatusOf(why.Code));

    public static Problem Of(Refusal why, int status, string language)
    {
        var first = why.Faults[0];
        var text = Texts.For(why.Code);
        // A card or a reader says what it is by the devices' own table, to patient and staff.
        var device = why.Code is Codes.CardRefused or Codes.CardNotRead && Enum.TryParse<DeviceErrorCode>(first.Value, out var error) ? DeviceErrors.For(error) : null;
        return new Problem(
            "urn:edgehub:" + why.Code, why.Code, status, device?.Patient(language) ?? text.Say(language, first), why.Code, first.Field, first.ShownValue,
            Expectations.In(language, first.Expected), text.Retry.ToString().ToLowerInvariant(), device?.Staff(language) ?? text.StaffMay(language), why.Article?.ToString(),
            [.. why.Faults.Take(50).Select(fault => new ProblemFault(
                fault.Code, fault.Field, fault.ShownValue, Expectations.In(language, fault.Expected), Texts.For(fault.Code).Say(language, fault)))]);
    }

    /// <summary>What a failure is to the caller; null: nothing that has a name.</summary>
    public static Refusal? Known(Exception failure) => failure switch
    {
        StoreException store when Texts.All.ContainsKey(store.Code) => Refusal.Of(store.Code, "store", Path.GetFileName(store.File), store.Message),
        FaultException fault => new Refusal(fault.Faults, null),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Refusal.Of(Codes.TooLong, "body", "", $"at most {LocalApi.MaxBodyBytes} bytes"),
        BadHttpRequestException { InnerException: JsonException json } => Refusal.Of(Codes.BadJson, json.Path ?? "body", "", "JSON as /openapi/v1.json describes it"),
        BadHttpRequestException bad => Refusal.Of(Codes.BadJson, "body", "", bad.Message),
        _ => null,
    };

    /// <summary>Every status that an answer with a problem can have.</summary>
    public static readonly IReadOnlyList<int> Statuses =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict,
        StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity,
        StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable, StatusCodes.Status507InsufficientStorage,
    ];

    /// <summary>The HTTP status of a code.</summary>
    public static int StatusOf(string code) => code switch
    {
        Codes.NotFound => StatusCodes.Status404NotFound,
        Codes.StoreDamaged or Codes.Busy or Codes.HubUnreachable => StatusCodes.Status503ServiceUnavailable,
        Codes.DiskFull => StatusCodes.Status507InsufficientStorage,
        Codes.SignInNeeded => StatusCodes.Status401Unauthorized,
        Codes.NotLocal or Codes.NotAllowed or Codes.SignInWrong or Codes.SignInWait or Codes.PinEnded or Codes.SecondPersonNeeded => StatusCodes.Status403Forbidden,
        Codes.Unexpected => StatusCodes.Status500InternalServerError,
        Codes.RequestKeyReused or Codes.AlreadySettled or Codes.AlreadyReversed or Codes.PartlyRefunded or Codes.InvoiceAlreadyClaimed or Codes.LaterSettlementFirst or Codes.RefundAlreadyPaid or Codes.QuoteChanged
            or Codes.NobodyWaits or Codes.ChangedElsewhere or Codes.StepNotAllowed
            or Codes.NothingOpen or Codes.HandKeyMissing or Codes.FileOfAnother or Codes.FileStale or Codes.StaleEpoch or Codes.Fork or Codes.AlreadyEnrolled or Codes.NotEnrolled or Codes.VisitClosed or Codes.StaffExists or Codes.LastManager => StatusCodes.Status409Conflict,
        Codes.CardRefused or Codes.CardNotRead or Codes.OutsideCatchmentOffline or Codes.UnknownPerson or Codes.NotCovered or Codes.BenefitStopped or Codes.Blacklisted or Codes.UnknownItem or Codes.ItemNotValid
            or Codes.LineGrows or Codes.NothingRemains or Codes.NothingTakenBack or Codes.NoPolicy or Codes.PolicyConflict or Codes.LineAmountMismatch or Codes.OfflineAmountPerVisit or Codes.OfflineAmountPerDay or Codes.OfflineAccountPerDay
            or Codes.OfflineCountPerDay or Codes.OfflineInpatientAmount or Codes.SnapshotTooOld or Codes.UnacknowledgedAmount
            or Codes.UnacknowledgedCount => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status400BadRequest,
    };
}

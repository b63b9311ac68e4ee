using EdgeHub.Rules;

namespace EdgeHub.Sync.Journal;

/// <summary>The states of a booked visit as entries and feeds write them, and what an entry on one may hold. The steps are those of
/// the rule (O7, VisitState), which a test holds them to. Source: O7.</summary>
public static class BookingWords
{
    public const string Booked = "Booked";
    public const string CheckedIn = "CheckedIn";
    public const string Called = "Called";
    public const string Done = "Done";
    public const string NoShow = "NoShow";

    public const string Kiosk = "kiosk";
    public const string Desk = "desk";

    /// <summary>A booking that a desk made begins so: no other system's key does.</summary>
    public const string DeskKey = "desk-";

    public const int MostKeyCharacters = 80;
    public const int MostWordCharacters = 60;
    public const int MostMinutes = 1_440;
    public const int MostNumber = 99_999;

    public static readonly IReadOnlyList<(string From, string To)> Steps =
        [(Booked, CheckedIn), (Booked, NoShow), (CheckedIn, Called), (Called, Done), (Called, NoShow)];

    /// <summary>What is wrong with the body; null: nothing.</summary>
    public static Fault? Wrong(BookingMade body) =>
        Key(body.Booking) ?? Word("person", body.Person, 1)
        ?? (body.Minutes is >= 1 and <= MostMinutes ? null : new Fault(Codes.BadNumber, "minutes", $"{body.Minutes}", $"1 to {MostMinutes}"))
        ?? Word("room", body.Room) ?? Word("profession", body.Profession) ?? Word("staff", body.Staff);

    /// <inheritdoc cref="Wrong(BookingMade)"/>
    public static Fault? Wrong(BookingCancelled body) => Key(body.Booking);

    /// <inheritdoc cref="Wrong(BookingMade)"/>
    public static Fault? Wrong(BookingStepped body) =>
        Key(body.Booking) ?? Word("person", body.Person, 1) ?? Word("place", body.Place)
        ?? (Steps.Contains((body.From, body.To)) ? null : new Fault(Codes.StepNotAllowed, "visit", $"{body.From} -> {body.To}", string.Join(", ", Steps.Select(step => $"{step.From} -> {step.To}"))))
        ?? (body.By is Kiosk or Desk ? null : new Fault(Codes.UnknownCode, "by", body.By, $"{Kiosk} or {Desk}"))
        ?? (body.Number is >= 0 and <= MostNumber ? null : new Fault(Codes.BadNumber, "number", $"{body.Number}", $"0 to {MostNumber}"));

    private static Fault? Key(string key) => key.Length is >= 1 and <= MostKeyCharacters && !key.Any(char.IsControl)
        ? null
        : new Fault(Codes.BadLength, "booking", key.Length > MostKeyCharacters ? key[..MostKeyCharacters] : key, $"1 to {MostKeyCharacters} characters");

    private static Fault? Word(string field, string word, int least = 0) => word.Length >= least && word.Length <= MostWordCharacters && !word.Any(char.IsControl)
        ? null
        : new Fault(Codes.BadLength, field, word.Length > MostWordCharacters ? word[..MostWordCharacters] : word, $"{least} to {MostWordCharacters} characters");
}

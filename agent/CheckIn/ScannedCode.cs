namespace EdgeHub.Agent.CheckIn;

/// <summary>What a scanner read at a kiosk: a booking's key as a letter or message about the visit shows it (EHB:KEY), a card's, identity
/// or person number (EHP:NUMBER), or either without saying which: then a booking first.</summary>
public sealed record ScannedCode
{
    public const string OfBooking = "EHB:";
    public const string OfPerson = "EHP:";
    private const int MostCharacters = 80;

    private ScannedCode(string text, bool isBooking, bool isPerson) => (Text, IsBooking, IsPerson) = (text, isBooking, isPerson);

    public string Text { get; }

    /// <summary>It says that it is a booking's key.</summary>
    public bool IsBooking { get; }

    /// <summary>It says that it is a person's.</summary>
    public bool IsPerson { get; }

    /// <summary>Null: it is no such code, but the code of something else.</summary>
    public static ScannedCode? Of(string scanned)
    {
        var text = scanned.Trim();
        var isBooking = text.StartsWith(OfBooking, StringComparison.OrdinalIgnoreCase);
        var isPerson = text.StartsWith(OfPerson, StringComparison.OrdinalIgnoreCase);
        var value = isBooking || isPerson ? text[OfBooking.Length..] : text;
        return value.Length is > 0 and <= MostCharacters && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/' or ':' or '|')
            ? new ScannedCode(value, isBooking, isPerson)
            : null;
    }

    /// <summary>Not what it says: it may name a person.</summary>
    public override string ToString() => "scanned code";
}

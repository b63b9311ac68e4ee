using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>What the readers say to a desk: who is there, or what is wrong and what may be done.</summary>
/// <param name="Version">Of the readers' board, to wait for its next change.</param>
/// <param name="Reader">The reader that is meant: the one that this desk chose, else the one that has most to say; null: no reader at all, or
/// cards of several are read and nobody said whose is meant.</param>
/// <param name="Person">Who the card in it shows; null: nobody, or nobody known here.</param>
public sealed record CardView(long Version, ReaderState? Reader, PersonSeen? Person)
{
    private const string ReaderCookie = "edgehub-reader";
    private const int MostCharacters = 200;

    /// <summary>All readers of the site, by name.</summary>
    public IReadOnlyList<ReaderState> Readers { get; private init; } = [];

    /// <summary>The reader that this desk chose for good; null: any.</summary>
    public string? Own { get; private init; }

    /// <summary>Cards are read in more than one reader, and this desk has none of its own.</summary>
    public bool IsAmbiguous { get; private init; }

    public bool IsRead => Reader?.Status == ReaderStatus.Read;

    /// <summary>What is wrong; null: nothing, or no reader was ever there.</summary>
    public DeviceErrorText? Trouble => Reader?.Error is { } error ? DeviceErrors.For(error.Code)
        : Reader is null && !IsAmbiguous ? DeviceErrors.For(DeviceErrorCode.NoReader)
        : null;

    /// <summary>The one table says whether somebody may be entered by hand with a reason.</summary>
    public bool MayEnterByHand => Trouble?.Allowed == Allowed.ManualEntry;

    /// <summary>A card that is not valid: no service on it, and none by hand.</summary>
    public bool IsRefused => Trouble?.Allowed == Allowed.NoService;

    /// <summary>Whoever the card shows is looked at with it.</summary>
    public static async Task<CardView> Read(CardReaders readers, LookAtPerson look, HttpContext http)
    {
        var version = readers.Version;
        var states = readers.States;
        var own = states.FirstOrDefault(state => state.Name == OwnOf(http));
        var isAmbiguous = own is null && states.Count(state => state.Status == ReaderStatus.Read) > 1;
        var reader = own ?? (isAmbiguous ? null : states.OrderBy(Rank).ThenByDescending(state => state.Since).FirstOrDefault());
        var person = reader?.Status == ReaderStatus.Read ? await look.Shown(new EvidenceGiven("card", null, null) { Reader = reader.Name }, "11") : null;
        if (person is not null)
        {
            Sight.Of(http).Person(person.Member.Person);
        }
        return new CardView(version, reader, person) { Readers = states, Own = own?.Name, IsAmbiguous = isAmbiguous };
    }

    /// <summary>Keeps which reader stands at this desk, for a year, in its browser; null or blank: any.</summary>
    public static void Choose(HttpContext http, string? reader)
    {
        var options = new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Path = "/" };
        if (string.IsNullOrEmpty(reader) || reader.Length > MostCharacters)
        {
            http.Response.Cookies.Delete(ReaderCookie, options);
        }
        else
        {
            http.Response.Cookies.Append(ReaderCookie, Uri.EscapeDataString(reader), options);
        }
    }

    private static string? OwnOf(HttpContext http) =>
        http.Request.Cookies[ReaderCookie] is { Length: > 0 and <= MostCharacters * 9 } kept ? Uri.UnescapeDataString(kept) : null;

    /// <summary>A card that was read first, then one that was not, then what is wrong with a reader.</summary>
    private static int Rank(ReaderState state) => state.Status switch
    {
        ReaderStatus.Read => 0,
        ReaderStatus.NotRead => 1,
        ReaderStatus.Reading or ReaderStatus.CardIn => 2,
        ReaderStatus.Faulty => 3,
        ReaderStatus.Ready => 4,
        _ => 5,
    };
}

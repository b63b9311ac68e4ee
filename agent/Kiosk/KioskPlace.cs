using EdgeHub.Rules;

namespace EdgeHub.Agent.Kiosk;

/// <summary>Which kiosk a screen is and which devices are its own: said once by whoever puts it up at this machine
/// (/kiosk?name=entrance&amp;reader=NAME&amp;printer=NAME&amp;scanner=NAME), or where it was paired.</summary>
/// <param name="Reader">Null: any.</param>
/// <param name="Printer">Null: the site's first; <see cref="None"/>: it has none.</param>
/// <param name="Scanner">Null: any.</param>
public sealed record KioskPlace(string Name, string? Reader, string? Printer, string? Scanner)
{
    public const string None = "none";
    public const int NameCharacters = 20;
    private const int DeviceCharacters = 128;
    private const int Days = 3_650;
    private const string Cookie = "edgehub-kiosk-place";
    private static readonly KioskPlace Unnamed = new("kiosk", null, null, null);

    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= NameCharacters } && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    /// <summary>A device's name; null where none is said.</summary>
    /// <exception cref="FaultException">BadLength, BadCharacter: whoever typed the address sees it at once.</exception>
    public static string? Device(string? name) => name?.Trim() is not { Length: > 0 } said ? null
        : said.Length > DeviceCharacters ? throw new FaultException(new Fault(Codes.BadLength, "device", said[..DeviceCharacters], $"at most {DeviceCharacters} characters"))
        : said.Any(char.IsControl) ? throw new FaultException(new Fault(Codes.BadCharacter, "device", "", "a text without control characters"))
        : said;

    /// <summary>The kiosk that asks: as it was paired, else as its browser keeps it.</summary>
    public static KioskPlace Of(HttpContext http)
    {
        if (http.Features.Get<KioskPlace>() is { } paired)
        {
            return paired;
        }
        var kept = Uri.UnescapeDataString(http.Request.Cookies[Cookie] ?? "").Split('|');
        return IsName(kept[0]) ? new KioskPlace(kept[0], Kept(kept, 1), Kept(kept, 2), Kept(kept, 3)) : Unnamed;
    }

    /// <summary>Has the browser keep which kiosk it is; a name that is none is left.</summary>
    public void Keep(HttpContext http)
    {
        if (IsName(Name))
        {
            http.Response.Cookies.Append(Cookie, Uri.EscapeDataString(string.Join('|', Name, Reader, Printer, Scanner)), new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(Days), HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Secure = http.Request.IsHttps, Path = "/kiosk",
            });
        }
    }

    private static string? Kept(string[] kept, int at) => kept.Length > at && kept[at].Length is > 0 and <= DeviceCharacters ? kept[at] : null;
}

using EdgeHub.Pages.Speech;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EdgeHub.Agent.Kiosk;

/// <summary>A screen of a kiosk: one question, one main button.</summary>
public abstract class KioskPage(KioskSessions sessions) : PageModel
{
    /// <summary>Which kiosk this is and which reader is its own: set once by whoever puts it up (/kiosk?name=entrance&amp;reader=NAME).</summary>
    private const string PlaceCookie = "edgehub-kiosk-place";

    private const int MostNameCharacters = 20;
    private const int MostReaderCharacters = 128;
    private const int PlaceDays = 3_650;

    private Words? _words;

    public abstract string Title { get; }

    public Words W => _words ??= HttpContext.RequestServices.GetRequiredService<Words>();

    public Formats F => W.Formats;

    protected KioskSessions Sessions { get; } = sessions;

    /// <summary>Who stands here; null: nobody.</summary>
    public KioskSession? Session => Sessions.Of(HttpContext);

    /// <summary>How far the patient has come, of three; 0: not begun.</summary>
    public virtual int Progress => 0;

    /// <summary>Whether there is a screen to go back to.</summary>
    public virtual string? Back => "/kiosk/clean";

    /// <summary>This kiosk's name.</summary>
    public string Kiosk => Place().Name;

    /// <summary>The reader that is this kiosk's own; null: any.</summary>
    public string? Reader => Place().Reader;

    protected void SetPlace(string name, string? reader)
    {
        if (name.Length is > 0 and <= MostNameCharacters && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') && (reader?.Length ?? 0) <= MostReaderCharacters)
        {
            Response.Cookies.Append(PlaceCookie, Uri.EscapeDataString(name + "|" + reader), new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(PlaceDays), HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Secure = Request.IsHttps, Path = "/kiosk",
            });
        }
    }

    /// <summary>To the start: nobody is known any more.</summary>
    protected RedirectResult FromTheStart()
    {
        Sessions.Wipe(HttpContext);
        return Redirect("/kiosk");
    }

    private (string Name, string? Reader) Place()
    {
        var kept = Uri.UnescapeDataString(Request.Cookies[PlaceCookie] ?? "").Split('|', 2);
        return (kept[0].Length is > 0 and <= MostNameCharacters ? kept[0] : "kiosk", kept.Length == 2 && kept[1].Length is > 0 and <= MostReaderCharacters ? kept[1] : null);
    }
}

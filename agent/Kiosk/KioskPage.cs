using EdgeHub.Pages.Speech;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EdgeHub.Agent.Kiosk;

/// <summary>A screen of a kiosk: one question, one main button.</summary>
public abstract class KioskPage(KioskSessions sessions) : PageModel
{
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

    /// <summary>Which kiosk this is.</summary>
    public KioskPlace Place => KioskPlace.Of(HttpContext);

    /// <summary>To the start: nobody is known any more.</summary>
    protected RedirectResult FromTheStart()
    {
        Sessions.Wipe(HttpContext);
        return Redirect("/kiosk");
    }
}

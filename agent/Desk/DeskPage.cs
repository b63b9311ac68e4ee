using EdgeHub.Agent.Access;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Pages.Speech;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EdgeHub.Agent.Desk;

/// <summary>A page of the desk: its title, who works, the words of the reader's language, and what was refused.</summary>
public abstract class DeskPage : PageModel
{
    private Words? _words;

    /// <summary>Head of the page and of the browser's window.</summary>
    public abstract string Title { get; }

    public Words W => _words ??= HttpContext.RequestServices.GetRequiredService<Words>();

    public Formats F => W.Formats;

    /// <summary>Who works; null: nobody has signed in.</summary>
    public Operator? Me => HttpContext.Features.Get<Operator>();

    /// <summary>The session, which may be locked; null: none.</summary>
    public SignedIn? Session => HttpContext.Features.Get<SignedIn>();

    /// <summary>This page shows this person: the gate makes it an entry.</summary>
    /// <param name="visit">Blank: outside a visit.</param>
    protected void Sees(string person, string visit = "") => Sight.Of(HttpContext).Person(person, visit);

    /// <summary>What was refused, in the reader's words; null: nothing. The partial _Refused shows it.</summary>
    public Problem? Refused { get; private set; }

    /// <summary>The page again with what was refused, under the status that says so. What was typed stays.</summary>
    protected PageResult Refuse(Refusal why)
    {
        Refused = Problems.Of(why, Problems.StatusOf(why.Code), W.Language);
        Response.StatusCode = Refused.Status;
        return Page();
    }

    /// <summary>A piece of a page, where htmx asked for it; the whole page else.</summary>
    protected bool IsPiece => Request.Headers["HX-Request"] == "true" && Request.Headers["HX-Boosted"] != "true";

    /// <summary>A partial, also one that refuses: htmx shows it in its place.</summary>
    protected IActionResult Piece(string partial)
    {
        Response.Headers["X-Partial"] = "yes";
        return new PartialViewResult { ViewName = partial, ViewData = ViewData, TempData = TempData };
    }
}

using EdgeHub.Agent.Access;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Rules;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk;

/// <summary>What is shown in place of a page that could not be: what happened, what it means, what to do. Reached by
/// <see cref="PageFailures"/> alone.</summary>
[ForEverybody]
[IgnoreAntiforgeryToken]
public sealed class TroublePage : DeskPage
{
    public override string Title => W["trouble.title"];

    public Problem What { get; private set; } = null!;

    /// <summary>Where to try again: the page that failed, where it only showed something.</summary>
    public string Again { get; private set; } = "/desk";

    public void OnGet()
    {
        var trouble = HttpContext.Features.Get<Trouble>() ?? new Trouble(Refusal.Of(Codes.NotFound, "page", "", "a page of the desk"), "/desk");
        var status = Problems.StatusOf(trouble.Why.Code);
        (What, Again) = (Problems.Of(trouble.Why, status, W.Language), trouble.Path);
        Response.StatusCode = status;
    }
}

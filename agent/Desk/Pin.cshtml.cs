using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk;

/// <summary>An own PIN in place of the one until now. Open to a person whose PIN was given and who may do nothing else yet.</summary>
[ForEverybody]
public sealed class PinPage(SignIn signIn, Sessions sessions, AgentStore store) : DeskPage
{
    public override string Title => W["pin.title"];

    public bool MustChange => Session is { MustChange: true };

    public IActionResult OnGet() => Session is { Locked: false } ? Page() : LocalRedirect("/desk/signin");

    public async Task<IActionResult> OnPostAsync(string? old, string? wanted, string? again)
    {
        if (Session is not { Locked: false } who)
        {
            return LocalRedirect("/desk/signin");
        }
        var outcome = await signIn.Change(who.Me.Number, old, wanted, again);
        if (outcome is PinOutcome.Refused refused)
        {
            return Refuse(refused.Why);
        }
        // Whoever knew the old PIN and is signed in elsewhere is out.
        await store.Do(session =>
        {
            AccessStore.EndOthers(session, who.Me.Number, []);
            return true;
        });
        Response.Cookies.Append(DeskGate.Cookie, await sessions.Open(((PinOutcome.Right)outcome).Member), SignInPage.SessionCookie(Request));
        return LocalRedirect("/desk");
    }
}

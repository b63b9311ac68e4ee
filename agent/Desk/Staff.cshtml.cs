using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk;

/// <summary>Who works here and which programs speak to this machine; the manager's page. A PIN or token that is made is shown once, in the
/// answer to the request that made it.</summary>
[Needs(Actions.ChangeStaff, Shows.Nobody)]
public sealed class StaffPage(StaffChanges changes, ApiClients clients, AgentStore store, AgentOptions options) : DeskPage
{
    public override string Title => W["menu.staff"];

    public IReadOnlyList<StaffMember> Staff { get; private set; } = [];

    public IReadOnlyList<ApiClient> Clients { get; private set; } = [];

    public bool IsOpen => options.OpenApi;

    /// <summary>Whose PIN was made now, and the PIN; null: none.</summary>
    public (string Number, string Pin)? Given { get; private set; }

    public (string Name, string Token)? Token { get; private set; }

    public Task OnGetAsync() => Read();

    public async Task<IActionResult> OnPostAddAsync(string? number, string? name, string? role) => await Shown(await changes.Add(number, name, role, Me!.Number));

    public async Task<IActionResult> OnPostRoleAsync(string number, string? role) => await Shown(await changes.ChangeRole(number, role, Me!.Number));

    public async Task<IActionResult> OnPostPinAsync(string number) => await Shown(await changes.ResetPin(number, Me!.Number));

    public async Task<IActionResult> OnPostLeaveAsync(string number) => await Shown(await changes.Leave(number, Me!.Number));

    public async Task<IActionResult> OnPostReturnAsync(string number) => await Shown(await changes.Return(number, Me!.Number));

    [Needs(Actions.ChangeClients, Shows.Nobody)]
    public async Task<IActionResult> OnPostClientAsync(string? name) => await Shown(await clients.Add(name, Me!.Number));

    [Needs(Actions.ChangeClients, Shows.Nobody)]
    public async Task<IActionResult> OnPostRevokeAsync(string name) => await Shown(await clients.Revoke(name, Me!.Number));

    /// <summary>left, waits (too many wrong tries), given (the PIN was handed out and not changed) or works.</summary>
    public string StateOf(StaffMember member) =>
        member.LeftAt is not null ? "left"
        : member.WrongAt is { } at && store.Clock.Now - at < Access.SignIn.WaitAfter(member.Wrong) ? "waits"
        : member.MustChange ? "given"
        : "works";

    private async Task<IActionResult> Shown(StaffOutcome outcome)
    {
        await Read();
        if (outcome is StaffOutcome.Refused refused)
        {
            return Refuse(refused.Why);
        }
        var done = (StaffOutcome.Done)outcome;
        Given = done.Pin is { } pin ? (done.Member.Number, pin) : null;
        return Given is null ? LocalRedirect("/desk/staff") : Page();
    }

    private async Task<IActionResult> Shown(ClientOutcome outcome)
    {
        await Read();
        if (outcome is ClientOutcome.Refused refused)
        {
            return Refuse(refused.Why);
        }
        var done = (ClientOutcome.Done)outcome;
        Token = done.Token is { } token ? (done.Name, token) : null;
        return Token is null ? LocalRedirect("/desk/staff") : Page();
    }

    private async Task Read() => (Staff, Clients) = await store.Do(session => (store.Staff.All(session), AccessStore.Clients(session)));
}

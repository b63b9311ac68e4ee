using EdgeHub.Agent.Access;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Desk;

/// <summary>Who may do what, as the program itself decides it.</summary>
[Needs(Actions.SeeRoles, Shows.Nobody)]
public sealed class RolesPage(SecondPerson second) : DeskPage
{
    public override string Title => W["menu.roles"];

    /// <summary>What needs a second person, above how much.</summary>
    public IReadOnlyList<(string Action, Money Above)> Limits { get; private set; } = [];

    public async Task OnGetAsync() => Limits = await second.Known();
}

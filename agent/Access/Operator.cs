namespace EdgeHub.Agent.Access;

/// <summary>Who works: a person who signed in at the desk, or a program with a token.</summary>
/// <param name="Number">The staff number, or the client's name: what stands as operator in the journal.</param>
/// <param name="Name">Shown on pages; never in the journal.</param>
/// <param name="Role">One of <see cref="Roles.All"/>.</param>
public sealed record Operator(string Number, string Name, string Role)
{
    public bool May(string action) => Roles.May(Role, action);
}

namespace EdgeHub.Agent.Access;

/// <summary>The action, and what is shown of patients, that a page, a handler of it or an endpoint is. A handler's own stands before its page's. Without one nothing
/// is answered: a page that forgot it fails its test, and would be refused.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = true)]
public sealed class NeedsAttribute(string action, Shows shows) : Attribute
{
    public string Action { get; } = action;

    public Shows Shows { get; } = shows;
}

/// <summary>What a page asks for by itself, every few seconds: no sign of a person, so it keeps no screen open.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = true)]
public sealed class ByItselfAttribute : Attribute;

/// <summary>What is open to everybody who stands at the machine: signing in, choosing a language, what a failure says.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = true)]
public sealed class ForEverybodyAttribute : Attribute;

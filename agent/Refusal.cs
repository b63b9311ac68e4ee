using EdgeHub.Rules;

namespace EdgeHub.Agent;

/// <summary>Why something was not done: the first fault's code decides, every fault is shown, with the article that says so.</summary>
/// <param name="Article">Null where no document but the machine itself refuses.</param>
public sealed record Refusal(IReadOnlyList<Fault> Faults, Article? Article)
{
    public string Code => Faults[0].Code;

    public static Refusal Of(string code, string field, string value, string expected, Article? article = null) =>
        new([new Fault(code, field, value, expected)], article);

    public static Refusal NotEnrolled() => Of(Codes.NotEnrolled, "agent", "", "an agent that was enrolled at the hub");
}

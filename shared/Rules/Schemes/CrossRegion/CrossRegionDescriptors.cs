using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.States;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>The rules of cross-province settlement as a person can try them; each template is the clause's worked example.</summary>
public static class CrossRegionDescriptors
{
    public static readonly IReadOnlyList<RuleDescriptor> All =
        [.. CrossRegionAccessDescriptors.All, .. CrossRegionCareDescriptors.All, .. CrossRegionMoneyDescriptors.All, .. CrossRegionOperationsDescriptors.All];

    internal static RuleDescriptor Rule(string name, LocalText title, Article article, IReadOnlyList<RuleInput> inputs, Func<RuleInputs, RuleResult> compute) =>
        new("cross-region." + name, title, [article], inputs, i => Announced(() => compute(i))) { Scheme = CrossRegionScheme.Name };

    /// <summary>One step of a table of states: the new state and what may follow, or the refusal by name.</summary>
    internal static RuleDescriptor Steps<TState>(
        string name, LocalText title, Article article, StateTable<TState> table, TState from, TState to, Func<TState, TState, Cited<TState>> goes)
        where TState : struct, Enum =>
        Rule(name, title, article, StateDescriptors.Inputs(from, to), i => StateDescriptors.Step(i, table, goes));

    internal static RuleInput Month(string example) => RuleInput.Count("month", "month", example, 12) with { Lowest = 1 };

    internal static YearMonth MonthOf(RuleInputs i) => new(i.Whole("year"), i.Whole("month"));

    /// <summary>A month written as a day in it; null where it is left out.</summary>
    internal static YearMonth? MonthOrNone(RuleInputs i, string name) => i.DayOrNone(name) is { } day ? YearMonth.Of(day) : null;

    internal static RuleInput Signed(string name, string example) => RuleInput.Money(name, example) with { Lowest = -100_000_000_000m };

    internal static RuleInput Days(string name, string example, string parameter) => RuleInput.Count(name, "days", example, 366).Or(parameter);

    private static RuleResult Announced(Func<RuleResult> compute)
    {
        try
        {
            return compute();
        }
        catch (CalendarNotAnnounced unknown)
        {
            throw new FaultException(new Fault(Codes.BadDate, "day", Article.Written(unknown.Year), unknown.Message));
        }
    }
}

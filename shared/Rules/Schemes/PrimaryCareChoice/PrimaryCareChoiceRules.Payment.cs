using EdgeHub.Rules.Payment;
using static EdgeHub.Rules.Schemes.PrimaryCareChoice.PrimaryCareChoiceArticles;

namespace EdgeHub.Rules.Schemes.PrimaryCareChoice;

/// <summary>The rules of the care choice, one function each. This part: how a care centre is paid. Amounts are öre.</summary>
public static partial class PrimaryCareChoiceRules
{
    /// <summary>A contract's payment for a period: any mix of the five models. Source: Ersättningen och e-hälsan.</summary>
    /// <exception cref="FaultException">A part twice, or a part that is negative and no penalty.</exception>
    public static Cited<ContractPayment> Pay(IReadOnlyList<PaymentComponent> contract, Currency currency) =>
        O01.Gives(ContractPayment.Sum(contract, currency), contract.CountAs("parts"));

    /// <summary>The unit at which a person is listed on a day; null: at none. Source: Ersättningen och e-hälsan (kapitation).</summary>
    /// <exception cref="FaultException">Two listings hold on that day.</exception>
    public static Cited<string?> ListedAt(IReadOnlyList<Listing> listings, string person, DateOnly day)
    {
        var own = listings.Where(each => each.Person == person && each.First <= day && (each.End is null || day < each.End)).ToList();
        return own.Count > 1
            ? throw Wrong(Codes.Duplicated, "listings", Article.Written(day), "one listing of a person on a day")
            : O01.Gives(own.Count == 0 ? null : own[0].Unit, ("day", day), listings.CountAs("listings"));
    }

    /// <summary>The capitation's share of the whole, against what is expected (85 to 90 %); monitored, never enforced. Compared
    /// unrounded, both ends included. Source: Hur kan ersättningsmodellen stimulera.</summary>
    /// <exception cref="FaultException">A negative amount, or more than the whole.</exception>
    public static Cited<MonitoredShare> CapitationShare(Money capitation, Money whole, Rate lowest, Rate highest)
    {
        if (NotNegative("capitation", capitation) > NotNegative("whole", whole))
        {
            throw Wrong(Codes.BadAmount, "capitation", capitation.ToString(), $"at most {whole}, the whole");
        }
        ShareBand? band = whole.IsZero ? null
            : capitation.MinorUnits < whole.MinorUnits * lowest.Value ? ShareBand.Below
            : capitation.MinorUnits > whole.MinorUnits * highest.Value ? ShareBand.Above : ShareBand.Within;
        return O02.Gives(
            new MonitoredShare(whole.IsZero ? null : new Fraction(capitation.MinorUnits, whole.MinorUnits), band),
            ("capitation", capitation), ("whole", whole), ("lowest", lowest), ("highest", highest));
    }

    /// <summary>What a visit is paid: a physical one the rate; a video visit the same from the addition's first day on, and only where
    /// it replaces a physical visit; anything else nothing. Source: Hur kan ersättningsmodellen stimulera, tillägg från 1 januari 2020.</summary>
    /// <param name="videoFrom">First day of the addition.</param>
    public static Cited<Money> VisitPay(PaidVisit visit, Money rate, DateOnly videoFrom)
    {
        var isPaid = visit.Channel is Channel.Physical or Channel.Home
            || (visit.Channel is Channel.Video && !string.IsNullOrWhiteSpace(visit.Replaces) && visit.Day >= videoFrom);
        return O03.Gives(isPaid ? NotNegative("rate", rate) : Money.Zero(rate.Currency),
            ("channel", visit.Channel), ("day", visit.Day), ("replaces", visit.Replaces), ("rate", rate), ("video from", videoFrom));
    }

    /// <summary>A period's visits paid by <see cref="VisitPay"/>. Source: Hur kan ersättningsmodellen stimulera, tillägg från 1 januari 2020.</summary>
    public static Cited<VisitPayment> PayVisits(IReadOnlyList<PaidVisit> visits, Money rate, DateOnly videoFrom)
    {
        var paid = visits.Count(visit => VisitPay(visit, rate, videoFrom).Value.IsPositive);
        return O03.Gives(new VisitPayment(paid, visits.Count - paid, rate.Times(paid)), visits.CountAs("visits"), ("rate", rate), ("video from", videoFrom));
    }

    /// <summary>A project grant: so much per listed patient. Source: Hur kan ersättningsmodellen stimulera, 1.</summary>
    /// <exception cref="FaultException">A negative number or amount.</exception>
    public static Cited<Money> ProjectGrant(long listed, Money perListed) => O04.Gives(
        NotNegative("perListed", perListed).Times(NotNegative("listed", listed)), ("listed patients", listed), ("per listed", perListed));

    /// <summary>The state of a project grant after a step: paid only after agreement, work and report. Source: Hur kan
    /// ersättningsmodellen stimulera, 1.</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<GrantState> GrantGoes(GrantState from, GrantState to) => O04.Gives(PrimaryCareChoiceStates.Grant.Go(from, to), ("from", from), ("to", to));

    /// <summary>What of the agreed measures was not done; empty: the grant may be paid. Source: Hur kan ersättningsmodellen stimulera, 1.</summary>
    public static Cited<IReadOnlyList<string>> MeasuresMissing(IReadOnlyList<string> agreed, IReadOnlyList<string> done) => O04.Gives<IReadOnlyList<string>>(
        [.. agreed.Where(measure => !done.Contains(measure, StringComparer.Ordinal))], agreed.CountAs("agreed"), done.CountAs("done"));

    /// <summary>Whether a grant is expired on a day: its time is over and it was not reported. Source: Hur kan ersättningsmodellen
    /// stimulera, 1 (tidsbegränsade).</summary>
    /// <param name="lastDay">Last day of the grant, included.</param>
    public static Cited<bool> GrantExpires(GrantState state, DateOnly lastDay, DateOnly day) => O04.Gives(
        day > lastDay && state is GrantState.Proposed or GrantState.Agreed or GrantState.Active, ("state", state), ("last day", lastDay), ("day", day));

    /// <summary>What a goal gives: the bonus where the indicator reaches its target, else the penalty, below zero. The target itself
    /// is reached. Source: Hur kan ersättningsmodellen stimulera, 2; Ersättningen och e-hälsan, 5.</summary>
    /// <param name="lowerIsBetter">The indicator should not be above the target.</param>
    /// <exception cref="FaultException">A negative bonus or penalty.</exception>
    public static Cited<GoalPayment> Goal(decimal value, decimal target, bool lowerIsBetter, Money bonus, Money penalty)
    {
        var isReached = lowerIsBetter ? value <= target : value >= target;
        return O05.Gives(
            new GoalPayment(isReached, isReached ? NotNegative("bonus", bonus) : -NotNegative("penalty", penalty)),
            ("value", value), ("target", target), ("lower is better", lowerIsBetter), ("bonus", bonus), ("penalty", penalty));
    }

    private static Money NotNegative(string field, Money amount) => amount.IsNegative ? throw Wrong(Codes.BadAmount, field, amount.ToString(), "an amount of zero or more") : amount;

    private static long NotNegative(string field, long count) => count < 0 ? throw Wrong(Codes.BadNumber, field, Article.Written(count), "a number of zero or more") : count;

    private static FaultException Wrong(string code, string field, string value, string expected) => new(new Fault(code, field, value, expected));
}

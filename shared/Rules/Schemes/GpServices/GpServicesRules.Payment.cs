using EdgeHub.Rules.Calendars;
using static EdgeHub.Rules.Schemes.GpServices.GpServicesArticles;

namespace EdgeHub.Rules.Schemes.GpServices;

/// <summary>This part: additional roles, and capacity and access. Amounts are pence.</summary>
public static partial class GpServicesRules
{
    /// <summary>A network's claims against its two budgets: salary and some on-costs; newly qualified GPs come from a ring-fenced budget
    /// and from their first month on only. More than a budget is claimed, not paid. Source: 3.1.</summary>
    /// <param name="gpsFrom">First month of the ring-fenced budget.</param>
    /// <exception cref="FaultException">A negative amount, or a newly qualified GP before the first month.</exception>
    public static Cited<IReadOnlyList<ArrsPosition>> ArrsPositions(IReadOnlyList<ArrsClaim> claims, Money roles, Money newlyQualifiedGps, YearMonth gpsFrom)
    {
        foreach (var claim in claims)
        {
            NotNegative("salary", claim.Salary);
            NotNegative("onCosts", claim.OnCosts);
            if (claim.Wte < 0)
            {
                throw Wrong(Codes.BadNumber, "wte", Article.Written(claim.Wte), "a number of zero or more");
            }
            if (claim.Budget is ArrsBudget.NewlyQualifiedGps && claim.Month < gpsFrom)
            {
                throw Wrong(Codes.BadDate, "month", claim.Month.ToString(), $"a month from {gpsFrom}");
            }
        }
        return K05.Gives<IReadOnlyList<ArrsPosition>>(
            [Position(ArrsBudget.Roles, roles), Position(ArrsBudget.NewlyQualifiedGps, newlyQualifiedGps)],
            claims.CountAs("claims"), ("budget for roles", roles), ("budget for newly qualified GPs", newlyQualifiedGps));

        ArrsPosition Position(ArrsBudget budget, Money whole)
        {
            var own = claims.Where(claim => claim.Budget == budget).ToList();
            var claimed = own.Aggregate(Money.Zero(whole.Currency), (sum, claim) => sum + claim.Salary + claim.OnCosts);
            var payable = Money.Min(claimed, NotNegative("budget", whole));
            return new ArrsPosition(budget, claimed, payable, whole - payable, own.Sum(claim => claim.Wte));
        }
    }

    /// <summary>What an uplift adds for the months from its first one up to the month before it is paid monthly. Source: 3.1 (backdated
    /// to 1 April 2024).</summary>
    /// <param name="firstNewMonth">First month that already has the new amount.</param>
    /// <exception cref="FaultException">The new amount is below the old one.</exception>
    public static Cited<Money> BackdatedUplift(Money oldMonthly, Money newMonthly, YearMonth from, YearMonth firstNewMonth)
    {
        if (newMonthly < oldMonthly)
        {
            throw Wrong(Codes.BadAmount, "newMonthly", newMonthly.ToString(), $"at least {oldMonthly}");
        }
        var months = Math.Max(0, ((firstNewMonth.Year - from.Year) * MonthsOfYear) + firstNewMonth.Month - from.Month);
        return K05.Gives((newMonthly - oldMonthly).Times(months), ("old", oldMonthly), ("new", newMonthly), ("from", from), ("first new month", firstNewMonth), ("months", months));
    }

    /// <summary>What of the retargeted incentive fund is for capacity and access improvement. Source: 2.5.</summary>
    public static Cited<Money> CaipPool(Money retargetedFund, Rate share) => K13.Gives(
        NotNegative("retargetedFund", retargetedFund).Times(share, MidpointRounding.AwayFromZero), ("retargeted fund", retargetedFund), ("share", share));

    /// <summary>A network's payment: a third for each domain that was declared by the last day, that day included, with all its practices
    /// complying; payable from the declaration on. The odd penny is the third domain's. Source: 2.5; thirds and compliance are
    /// public guidance.</summary>
    /// <param name="lastDay">The document says before 31/3/2025.</param>
    /// <exception cref="FaultException">A domain declared twice, or a negative amount.</exception>
    public static Cited<CaipPayment> Caip(Money available, IReadOnlyList<CaipDeclaration> declarations, DateOnly lastDay)
    {
        RefuseTwice("domain", declarations.Select(each => each.Domain.ToString()));
        var domains = Enum.GetValues<CaipDomain>();
        var thirds = NotNegative("available", available).Split([.. domains.Select(_ => 1m)]);
        var parts = domains.Select((domain, i) =>
        {
            var counts = declarations.FirstOrDefault(each => each.Domain == domain && each.AllPracticesComply && each.Declared <= lastDay);
            return new CaipPart(domain, counts is null ? Money.Zero(available.Currency) : thirds[i], counts?.Declared);
        }).ToList();
        return K13.Gives(
            new CaipPayment(parts, parts.Aggregate(Money.Zero(available.Currency), (sum, part) => sum + part.Amount)),
            ("available", available), declarations.CountAs("declarations"), ("last day", lastDay));
    }
}

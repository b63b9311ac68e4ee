using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>This part: who gets which indicator of the year.</summary>
public static partial class CountyPackageRules
{
    /// <summary>The last day on which the year's allocation plan is in time with the city: 31 January, included (1月底前).
    /// Source: 四(二).</summary>
    public static Cited<DateOnly> PlanDue(int year) => Z09.Gives(new DateOnly(year, 1, 31), ("year", year));

    /// <summary>Whether the plan may go from one state to the other: each state follows the one before; a filed plan may close
    /// without an adjustment, an adjusted one may be adjusted again. Source: 四(二); the states are ours.</summary>
    public static Cited<bool> PlanMayGo(PlanState from, PlanState to) =>
        Z09.Gives(CountyStates.Plan.May(from, to), ("from", from), ("to", to));

    /// <summary>A private provider's indicator by the formula A + A x B. Source: 四(二)1.</summary>
    /// <param name="growth">B: national growth of inpatient cost per person in the year before last; may be negative.</param>
    /// <exception cref="FaultException">A is negative, or B is not between -100 % and 100 %.</exception>
    public static Cited<Money> IndicatorByFormula(Money disbursedLastYear, Rate growth)
    {
        NotNegative("disbursedLastYear", disbursedLastYear);
        Within("growth", growth, new Rate(-1m), Rate.One);
        return Z10.Gives(
            disbursedLastYear + disbursedLastYear.Times(growth, MidpointRounding.AwayFromZero),
            ("A disbursed last year", disbursedLastYear), ("B growth", growth));
    }

    /// <summary>The private providers' indicators: each by the formula and at most 4.5 % of P; where their sum is above it, pro
    /// rata to what each had, rounded, the residual to the last, so that they sum to the pool exactly. Source: 四(二)1; that the
    /// sum is held strictly, and how, is the default for 原则上.</summary>
    /// <exception cref="FaultException">A provider twice, or an input that <see cref="IndicatorByFormula"/> refuses.</exception>
    public static Cited<IReadOnlyList<PrivateIndicator>> PrivateIndicators(IReadOnlyList<PrivateProvider> providers, Rate growth, Money package, Rate privateShare)
    {
        RefuseTwice(providers);
        var pool = SplitPackage(package, privateShare).Value.PrivatePool;
        var byFormula = providers.Select(p => IndicatorByFormula(p.DisbursedLastYear, growth).Value).ToList();
        var capped = byFormula.Select(amount => Money.Min(amount, pool)).ToList();
        var sum = capped.Aggregate(Money.Zero(package.Currency), (total, amount) => total + amount);
        var given = sum > pool ? pool.Split([.. capped.Select(amount => (decimal)amount.MinorUnits)]) : capped;
        return Z10.Gives<IReadOnlyList<PrivateIndicator>>(
            [.. providers.Select((p, i) => new PrivateIndicator(p.Institution, byFormula[i], given[i]))],
            ("B growth", growth), ("P", package), ("private share", privateShare), ("private pool", pool), ("sum by formula", sum));
    }

    /// <summary>An increase that the experts granted for a new department or technology; it counts from the next natural year.
    /// Source: 四(二)1.</summary>
    /// <param name="year">The year of the application.</param>
    public static Cited<IndicatorIncrease> IncreaseForNewTechnology(Money increase, int year, Money package, Rate limit) =>
        Z11.Gives(
            new IndicatorIncrease(NotNegative("increase", increase), year + 1, increase.MinorUnits > package.MinorUnits * limit.Value),
            ("increase", increase), ("year of application", year), ("P", package), ("limit", limit));

    /// <summary>The lead hospital's indicator: P less the private providers' indicators; what they leave of 4.5 % is the lead
    /// hospital's, so this governs over the 95.5 % of Z6. It makes the second allocation to its members. Source: 四(二)2.</summary>
    /// <exception cref="FaultException">The private indicators exceed P.</exception>
    public static Cited<Money> LeadIndicator(Money package, Money privateIndicators) => privateIndicators > package
        ? throw new FaultException(new Fault(Codes.BadAmount, "privateIndicators", privateIndicators.ToString(), $"at most {package}, the package budget"))
        : Z12.Gives(package - NotNegative("privateIndicators", privateIndicators), ("P", package), ("sum of private indicators", privateIndicators));

    /// <summary>Whether a share of a whole reaches its floor: township and village of the package inside the alliance, village
    /// outpatient of the outpatient fund, each 25 %. Compared unrounded, so that the amount from which it passes is rounded up.
    /// Source: 四(二).</summary>
    /// <param name="lastYear">Share and whole of last year; null: not known. That the share rises (逐年提高) is shown, not required.</param>
    /// <exception cref="FaultException">A negative amount, or a share above its whole.</exception>
    public static Cited<FloorTest> PrimaryCareShare(Money share, Money whole, Rate floor, (Money Share, Money Whole)? lastYear)
    {
        NotNegative("share", share);
        if (share > whole)
        {
            throw new FaultException(new Fault(Codes.BadAmount, "share", share.ToString(), $"at most {whole}, the whole"));
        }
        var least = Money.Rounded(whole.MinorUnits * floor.Value, whole.Currency, MidpointRounding.ToPositiveInfinity);
        bool? rises = lastYear is { } last ? (decimal)share.MinorUnits * last.Whole.MinorUnits > (decimal)last.Share.MinorUnits * whole.MinorUnits : null;
        return Z13.Gives(
            new FloorTest(share >= least, least, (least - share).NotBelowZero(), rises),
            ("share", share), ("whole", whole), ("floor", floor), ("share last year", lastYear?.Share), ("whole last year", lastYear?.Whole));
    }

    private static void RefuseTwice(IReadOnlyList<PrivateProvider> providers)
    {
        var twice = providers.GroupBy(p => p.Institution, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new FaultException(new Fault(Codes.Duplicated, "institution", twice.Key, "each private provider once"));
        }
    }
}

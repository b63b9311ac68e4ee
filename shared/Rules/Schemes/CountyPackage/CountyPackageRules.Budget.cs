using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>The clauses of the county package, one function each. This part: the year's budget and the risk reserve.
/// Amounts are fen; every product is rounded once, half away from zero.</summary>
public static partial class CountyPackageRules
{
    /// <summary>F: the year's budgeted funding, insured persons times the premium per person (筹资标准). Source: 四(一)1.</summary>
    /// <exception cref="FaultException">A negative number of persons or premium.</exception>
    public static Cited<Money> Funding(long insured, Money premiumPerPerson) =>
        Z05.Gives(NotNegative("premium", premiumPerPerson).Times(NotNegative("insured", insured)),
            ("insured", insured), ("premium per person", premiumPerPerson));

    /// <summary>What the city takes from F for its own reserve, by the city's rate. Source: 四(一)1.</summary>
    public static Cited<Money> CityExtraction(Money funding, Rate rate) =>
        Z05.Gives(funding.Times(Within("cityExtractionRate", rate, Rate.Zero, Rate.One), MidpointRounding.AwayFromZero),
            ("funding F", funding), ("city rate", rate));

    /// <summary>What goes to the catastrophic insurer: insured persons times its premium. Source: 四(一)1.</summary>
    public static Cited<Money> CatastrophicPremium(long insured, Money premiumPerPerson) =>
        Z05.Gives(NotNegative("catastrophicPremium", premiumPerPerson).Times(NotNegative("insured", insured)),
            ("insured", insured), ("catastrophic premium per person", premiumPerPerson));

    /// <summary>B0: the package budget as the city sets it, F less the city's extraction and the catastrophic premium; the
    /// county's extraction is a share of it. Source: 四(一)2(1).</summary>
    /// <exception cref="FaultException">City and catastrophic premium together exceed F.</exception>
    public static Cited<Money> ReserveBase(Money funding, Money cityExtraction, Money catastrophicPremium)
    {
        var reserveBase = funding - cityExtraction - catastrophicPremium;
        return reserveBase.IsNegative
            ? throw new FaultException(new Fault(Codes.BadAmount, "catastrophicPremium", catastrophicPremium.ToString(), $"at most {funding - cityExtraction}, what the city leaves of the funding"))
            : Z07.Gives(reserveBase, ("funding F", funding), ("city extraction", cityExtraction), ("catastrophic premium", catastrophicPremium));
    }

    /// <summary>The county's extraction for its risk reserve: r x B0 while the balance is below the cap, and only up to the
    /// cap. The smaller of both is taken unrounded and rounded once. Source: 四(一)2(1).</summary>
    /// <param name="balance">Balance of the reserve before the extraction.</param>
    /// <exception cref="FaultException">The rate is outside the document's 1 % to 3 %, or the balance is negative.</exception>
    public static Cited<ReserveExtraction> ReserveExtraction(Money reserveBase, Rate rate, Money funding, Money balance, ReserveBounds bounds)
    {
        Within("reserveRate", rate, bounds.Lowest, bounds.Highest);
        NotNegative("reserveBalance", balance);
        var byRate = reserveBase.MinorUnits * rate.Value;
        var room = Math.Max(0m, funding.MinorUnits * bounds.CapOfFunding.Value - balance.MinorUnits);
        return Z07.Gives(
            new ReserveExtraction(Fen(byRate), Fen(room), Fen(Math.Min(byRate, room))),
            ("B0", reserveBase), ("rate r", rate), ("funding F", funding), ("cap of F", bounds.CapOfFunding), ("balance", balance));

        Money Fen(decimal minorUnits) => Money.Rounded(minorUnits, reserveBase.Currency, MidpointRounding.AwayFromZero);
    }

    /// <summary>P: the county's package budget to be allocated, B0 less the county's extraction. Source: 四(一)1.</summary>
    public static Cited<Money> PackageBudget(Money reserveBase, Money countyExtraction) =>
        Z05.Gives(reserveBase - countyExtraction, ("B0", reserveBase), ("county extraction", countyExtraction));

    /// <summary>P in its two pools: the private share (4.5 %) is rounded, the lead hospital's 95.5 % is the rest, so that both
    /// sum to P. Source: 四(一)1.</summary>
    public static Cited<PackageSplit> SplitPackage(Money package, Rate privateShare)
    {
        var pool = NotNegative("packageBudget", package).Times(Within("privateShare", privateShare, Rate.Zero, Rate.One), MidpointRounding.AwayFromZero);
        return Z06.Gives(new PackageSplit(package - pool, pool), ("P", package), ("private share", privateShare));
    }

    /// <summary>What flows into the reserve beside the extraction: half of the private surplus (the odd fen stays with the
    /// provider's carry), the deductions of supervision, assessment and clearing indicators, the city's top-up.
    /// Source: 四(一)2(2)-(4).</summary>
    /// <exception cref="FaultException">A negative amount.</exception>
    public static Cited<ReserveInflow> ReserveInflows(Money privateSurplus, Rate reserveShare, Money deductions, Money cityTopUp)
    {
        var half = NotNegative("privateSurplus", privateSurplus).Times(Within("reserveShare", reserveShare, Rate.Zero, Rate.One), MidpointRounding.ToZero);
        return Z08.Gives(
            new ReserveInflow(half, NotNegative("deductions", deductions), NotNegative("cityTopUp", cityTopUp)),
            ("private surplus", privateSurplus), ("reserve's share", reserveShare), ("deductions", deductions), ("city top-up", cityTopUp));
    }

    private static Money NotNegative(string field, Money amount) => amount.IsNegative
        ? throw new FaultException(new Fault(Codes.BadAmount, field, amount.ToString(), "an amount of zero or more"))
        : amount;

    private static long NotNegative(string field, long count) => count < 0
        ? throw new FaultException(new Fault(Codes.BadNumber, field, Article.Written(count), "a number of zero or more"))
        : count;

    private static Rate Within(string field, Rate rate, Rate lowest, Rate highest) => rate < lowest || rate > highest
        ? throw new FaultException(new Fault(Codes.BadRate, field, rate.ToString(), $"a rate from {lowest} to {highest}"))
        : rate;
}

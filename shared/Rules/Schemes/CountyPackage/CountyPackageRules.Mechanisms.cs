using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>This part: reserve, clearing indicators, rates, warnings, clawback.</summary>
public static partial class CountyPackageRules
{
    /// <summary>An overrun of the year's fund by an epidemic, an unexplained mass disease or a disaster: the city bears its share,
    /// rounded, the county the rest (3 : 7). Source: 五(一).</summary>
    /// <exception cref="FaultException">A negative overrun or weight, or both weights zero.</exception>
    public static Cited<ReserveShare> ShareOverrun(Money overrun, int cityWeight, int countyWeight)
    {
        NotNegative("overrun", overrun);
        if (NotNegative("cityWeight", cityWeight) + NotNegative("countyWeight", countyWeight) == 0)
        {
            throw new FaultException(new Fault(Codes.BadNumber, "countyWeight", "0", "weights of which one is above zero"));
        }
        var parts = overrun.Split([cityWeight, countyWeight]);
        return Z26.Gives(new ReserveShare(parts[0], parts[1]), ("overrun", overrun), ("city", cityWeight), ("county", countyWeight));
    }

    /// <summary>The fund's surplus rate of a year, held at most at 10 % (原则上控制在 10% 以内, the limit itself included).
    /// Source: 五(一).</summary>
    /// <exception cref="FaultException">A negative amount.</exception>
    public static Cited<RateTest> SurplusRate(Money funding, Money spent, Rate limit)
    {
        decimal surplus = NotNegative("funding", funding).MinorUnits - NotNegative("spent", spent).MinorUnits;
        return Z26.Gives(AtMost(surplus, funding.MinorUnits, limit), ("funding", funding), ("spent", spent), ("limit", limit));
    }

    /// <summary>Whether a reimbursable cost that was not reimbursed counts as a case: 100 yuan and more. Source: 五(二)4.</summary>
    public static Cited<bool> CountsAsNotReimbursed(Money cost, Money from) =>
        Z27.Gives(NotNegative("cost", cost) >= from, ("cost", cost), ("from", from));

    /// <summary>The five clearing indicators of a member's year: whole points, half up (四舍五入，下同); deducted from its annual
    /// indicator, rounded once; the same amount goes to the reserve. Source: 五(二).</summary>
    /// <param name="quota">The member's annual indicator without what was carried in.</param>
    /// <exception cref="FaultException">A score outside 0 to 100, a negative count or amount, or more out-of-catalogue than total cost.</exception>
    public static Cited<ClearingDeductions> DeductByIndicators(Money quota, ClearingFindings found, ClearingIndicatorTerms terms)
    {
        NotNegative("quota", quota);
        var satisfaction = found.Satisfaction is { } score
            ? Times(terms.PerSatisfactionPoint, Math.Max(0m, terms.SatisfactionFrom - WholePoints(Points("satisfaction", score))))
            : Rate.Zero;
        var refusals = Times(terms.PerRefusal, NotNegative("refusedOrNotInstant", found.RefusedOrNotInstant));
        var outside = Times(terms.PerOutOfCataloguePoint, Math.Max(0m, OutOfCataloguePoints(found) - terms.OutOfCatalogueLimits[(int)found.Level]));
        var notReimbursed = Times(terms.PerNotReimbursed, NotNegative("notReimbursed", found.NotReimbursed));
        var split = Times(terms.PerSplit, NotNegative("split", found.Split));
        var sum = new Rate(satisfaction.Value + refusals.Value + outside.Value + notReimbursed.Value + split.Value);
        var total = sum < terms.Most ? sum : terms.Most;
        var deducted = quota.Times(total, MidpointRounding.AwayFromZero);
        return Z27.Gives(
            new ClearingDeductions(satisfaction, refusals, outside, notReimbursed, split, total, deducted, quota - deducted, found.Satisfaction is null),
            ("quota", quota), ("satisfaction", found.Satisfaction), ("refused or not instant", found.RefusedOrNotInstant), ("level", found.Level),
            ("out of catalogue", found.OutOfCatalogue), ("inpatient cost", found.Inpatient), ("not reimbursed", found.NotReimbursed), ("split", found.Split));
    }

    /// <summary>The rate of out-of-county referrals, at most 10 %. Source: 五(五).</summary>
    public static Cited<RateTest> ReferralRate(long referredOut, long inpatients, Rate limit) =>
        Z30.Gives(AtMost(Part("referredOut", referredOut, inpatients), inpatients, limit), ("referred out", referredOut), ("inpatients", inpatients), ("limit", limit));

    /// <summary>The rate of visits within the county, at least 90 %. Source: 五(五).</summary>
    public static Cited<RateTest> InCountyRate(long inCounty, long visits, Rate floor)
    {
        var part = Part("inCounty", inCounty, visits);
        return Z30.Gives(new RateTest(Percent(part, visits), visits == 0 ? null : part >= visits * floor.Value), ("in the county", inCounty), ("visits", visits), ("floor", floor));
    }

    /// <summary>The rate of township and village visits among those in the county, "about" 65 %: green from 65 %, amber from 60 %;
    /// null: no visit. Source: 五(五); the amber bound is a default.</summary>
    public static Cited<RateBand> PrimaryCareVisits(long townshipAndVillage, long inCounty, Rate green, Rate amber)
    {
        var part = Part("townshipAndVillage", townshipAndVillage, inCounty);
        RateLight? light = inCounty == 0 ? null : part >= inCounty * green.Value ? RateLight.Green : part >= inCounty * amber.Value ? RateLight.Amber : RateLight.Red;
        return Z30.Gives(new RateBand(Percent(part, inCounty), light), ("township and village", townshipAndVillage), ("in the county", inCounty), ("green from", green), ("amber from", amber));
    }

    /// <summary>Whether a period's use of its quota calls for a warning or an interview; a bound itself counts. The quota of a
    /// period is its months' part of the annual indicator. Source: 五(六); the bounds are defaults.</summary>
    /// <param name="months">1 a month, 3 a quarter, 6 a half-year, 12 the year.</param>
    /// <exception cref="FaultException">Months other than 1 to 12, or a negative amount.</exception>
    public static Cited<QuotaWarning> WarnOfQuota(Money annual, int months, Money used, WarningTerms terms)
    {
        if (months is < 1 or > Months)
        {
            throw new FaultException(new Fault(Codes.BadNumber, "months", Article.Written(months), "1 to 12"));
        }
        var quota = NotNegative("annual", annual).MinorUnits * (decimal)months / Months;
        decimal spent = NotNegative("used", used).MinorUnits;
        var level = !Reaches(terms.Near) ? WarningLevel.None : !Reaches(terms.Reached) ? WarningLevel.Near : !Reaches(terms.Exceeded) ? WarningLevel.Reached : WarningLevel.Exceeded;
        return Z31.Gives(
            new QuotaWarning(Money.Rounded(quota, annual.Currency, MidpointRounding.AwayFromZero), Percent(spent, quota), level, Reaches(terms.Interview)),
            ("annual indicator", annual), ("months", months), ("used", used));

        // Whole fen on both sides: a third of a quota is no decimal. Nothing used is no warning, whatever the quota.
        bool Reaches(Rate bound) => spent > 0m && spent * Months >= annual.MinorUnits * (decimal)months * bound.Value;
    }

    /// <summary>Money clawed back: what the remaining package bears now, the rest from next year's package. Source: 五(七).</summary>
    /// <param name="remaining">What is left of the package; nothing is taken below zero.</param>
    /// <exception cref="FaultException">A negative amount to be clawed back.</exception>
    public static Cited<Clawback> ClawBack(Money amount, Money remaining)
    {
        var now = Money.Min(NotNegative("amount", amount), remaining.NotBelowZero());
        return Z32.Gives(new Clawback(now, amount - now), ("amount", amount), ("remaining package", remaining));
    }

    /// <summary>Whether every designated provider was supervised (覆盖率 100 %). Source: 五(七).</summary>
    public static Cited<RateTest> SupervisionCoverage(long supervised, long providers)
    {
        var part = Part("supervised", supervised, providers);
        return Z32.Gives(new RateTest(Percent(part, providers), providers == 0 ? null : part == providers), ("supervised", supervised), ("providers", providers));
    }

    private static Rate Times(Rate each, decimal count) => new(each.Value * count);

    /// <summary>Whole points, half up.</summary>
    private static decimal WholePoints(decimal points) => Math.Round(points, 0, MidpointRounding.AwayFromZero);

    private static decimal OutOfCataloguePoints(ClearingFindings found)
    {
        NotNegative("outOfCatalogue", found.OutOfCatalogue);
        if (found.OutOfCatalogue > NotNegative("inpatient", found.Inpatient))
        {
            throw new FaultException(new Fault(Codes.BadAmount, "outOfCatalogue", found.OutOfCatalogue.ToString(), $"at most {found.Inpatient}, the inpatient cost"));
        }
        return found.Inpatient.IsZero ? 0m : WholePoints(found.OutOfCatalogue.MinorUnits * 100m / found.Inpatient.MinorUnits);
    }

    private static RateTest AtMost(decimal part, decimal whole, Rate limit) => new(Percent(part, whole), whole == 0m ? null : part <= whole * limit.Value);

    private static decimal? Percent(decimal part, decimal whole) => whole == 0m ? null : Math.Round(part * 100m / whole, 2, MidpointRounding.AwayFromZero);

    private static decimal Part(string field, long part, long whole) => NotNegative(field, part) > whole
        ? throw new FaultException(new Fault(Codes.BadNumber, field, Article.Written(part), $"at most {whole}, the whole"))
        : part;
}

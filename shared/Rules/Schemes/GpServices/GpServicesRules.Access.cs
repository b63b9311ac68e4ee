using EdgeHub.Rules.Statistics;
using static EdgeHub.Rules.Schemes.GpServices.GpServicesArticles;

namespace EdgeHub.Rules.Schemes.GpServices;

/// <summary>This part: self-referral, rates, pharmacies, telephony, registration, the interface with trusts.</summary>
public static partial class GpServicesRules
{
    private const int MostLevel = 2;

    /// <summary>Self-referrals to the seven services against their target. Source: 1.2 Self-referral pathways.</summary>
    /// <exception cref="FaultException">A service twice, or a negative number.</exception>
    public static Cited<TargetAttainment> SelfReferrals(IReadOnlyList<(SelfReferralPathway Service, long Count)> referrals, long target)
    {
        RefuseTwice("service", referrals.Select(each => each.Service.ToString()));
        var total = referrals.Sum(each => NotNegative("referrals", each.Count));
        return K08.Gives(
            new TargetAttainment(total, NotNegative("target", target), total >= target, new CountedShare(total, target).Percent(1)), referrals.CountAs("services"), ("target", target));
    }

    /// <summary>A rate for so many of the population with its 95 % interval: Byar's method, below ten events the exact Poisson interval.
    /// The difference to the region is one of printed rates; the region's rate is imported, not computed. Source: 1.2, ICB comparison;
    /// the method is public practice.</summary>
    /// <param name="per">100,000 as a rule.</param>
    /// <param name="decimals">Of print.</param>
    /// <param name="regionPrinted">The region's printed rate; null: not known.</param>
    /// <exception cref="FaultException">A negative count, or no population.</exception>
    public static Cited<PopulationRate> Rate(long observed, long population, long per, int decimals, decimal z, decimal tail, decimal? regionPrinted)
    {
        NotNegative("observed", observed);
        if (population < 1)
        {
            throw Wrong(Codes.BadNumber, "population", Article.Written(population), "a whole number from 1");
        }
        var count = ConfidenceInterval.OfCount(observed, z, tail);
        var exact = new Interval(count.Value * per / population, count.Lower * per / population, count.Upper * per / population);
        var printed = exact.Rounded(decimals);
        return K09.Gives(
            new PopulationRate(exact, printed, printed.Value - regionPrinted),
            ("observed", observed), ("population", population), ("per", per), ("z", z), ("region, printed", regionPrinted));
    }

    /// <summary>Referrals to Pharmacy First by route, and the clinical consultations among them. Source: 1.3 Pharmacy First.</summary>
    /// <exception cref="FaultException">A route twice, or more consultations than referrals.</exception>
    public static Cited<PharmacyActivity> PharmacyFirst(IReadOnlyList<(PharmacyRoute Route, long Count)> routes, long consultations)
    {
        RefuseTwice("route", routes.Select(each => each.Route.ToString()));
        var referrals = routes.Sum(each => NotNegative("referrals", each.Count));
        return K10.Gives(
            new PharmacyActivity([.. routes.OrderBy(each => each.Route)], referrals, Counted("consultations", consultations, referrals)),
            ("referrals", referrals), ("consultations", consultations));
    }

    /// <summary>Pharmacies that signed up for a service, of all. Source: 1.3.</summary>
    /// <exception cref="FaultException">More than there are.</exception>
    public static Cited<CountedShare> PharmaciesSignedUp(long signedUp, long pharmacies) => K10.Gives(Counted("signedUp", signedUp, pharmacies), ("signed up", signedUp), ("pharmacies", pharmacies));

    /// <summary>Which blood pressure check a person may have: with diagnosed hypertension one at the practice's request; without it an
    /// opportunistic one when over the age or with a risk factor. Source: 1.3 Blood pressure check service.</summary>
    /// <param name="over">An age; the document says over 40, so 40 itself is not.</param>
    public static Cited<BloodPressureCheck> CheckOfBloodPressure(int age, bool hasHypertension, bool hasRiskFactor, bool isReferredByPractice, int over)
    {
        var check = hasHypertension
            ? isReferredByPractice ? BloodPressureCheck.Referred : BloodPressureCheck.None
            : age > over || hasRiskFactor ? BloodPressureCheck.Opportunistic : BloodPressureCheck.None;
        return K10.Gives(check, ("age", age), ("hypertension", hasHypertension), ("risk factor", hasRiskFactor), ("referred", isReferredByPractice), ("over", over));
    }

    /// <summary>A share against its goal: equal, above or at least, compared unrounded. Source: 2.1 Cloud telephony.</summary>
    /// <exception cref="FaultException">A part above its whole.</exception>
    public static Cited<GoalTest> Telephony(long practices, long all, GoalOperator goalOperator, Rate goal)
    {
        var share = Counted("practices", practices, all);
        var reached = all > 0 && goalOperator switch
        {
            GoalOperator.Equal => practices == all * goal.Value,
            GoalOperator.Above => practices > all * goal.Value,
            _ => practices >= all * goal.Value,
        };
        return K11.Gives(new GoalTest(reached, share.Percent(2)), ("practices", practices), ("all", all), ("operator", goalOperator), ("goal", goal));
    }

    /// <summary>What becomes of an online registration: outside the catchment the patient is told; else it goes to the practice, with
    /// the NHS number where it was matched. Source: 4, Registering with a GP.</summary>
    public static Cited<RegistrationOutcome> RegisterOnline(bool livesInCatchment, bool isMatched) => K14.Gives(
        !livesInCatchment ? RegistrationOutcome.OutsideCatchment : isMatched ? RegistrationOutcome.SentWithNhsNumber : RegistrationOutcome.SentToBeMatched,
        ("lives in the catchment", livesInCatchment), ("NHS number matched", isMatched));

    /// <summary>Practices enrolled of all, and the difference to the region's printed share in percentage points. Source: 4, Registering
    /// with a GP.</summary>
    /// <exception cref="FaultException">More than there are.</exception>
    public static Cited<(CountedShare Share, decimal? DifferenceToRegion)> Enrolment(long enrolled, long practices, decimal? regionPercent)
    {
        var share = Counted("enrolled", enrolled, practices);
        return K14.Gives((share, share.Percent(2) - regionPercent), ("enrolled", enrolled), ("practices", practices), ("region, printed", regionPercent));
    }

    /// <summary>The interface with trusts: each trust scores five areas from 0 to 2, at most ten; an area's coverage is its sum of twice
    /// the trusts. Source: 4, Primary-secondary care interface.</summary>
    /// <exception cref="FaultException">A level outside 0 to 2, an area twice, or an area that a trust did not score.</exception>
    public static Cited<InterfaceAssessment> AssessInterface(IReadOnlyList<InterfaceScore> scores)
    {
        RefuseTwice("area", scores.Select(each => $"{each.Trust} {each.Area}"));
        foreach (var score in scores.Where(each => each.Level is < 0 or > MostLevel))
        {
            throw Wrong(Codes.BadNumber, "level", Article.Written(score.Level), "a whole number from 0 to 2");
        }
        var areas = Enum.GetValues<InterfaceArea>();
        var trusts = scores.GroupBy(each => each.Trust, StringComparer.Ordinal).OrderBy(own => own.Key, StringComparer.Ordinal).ToList();
        if (trusts.FirstOrDefault(own => own.Count() < areas.Length) is { } part)
        {
            throw Wrong(Codes.Missing, "area", part.Key, "a score of each of the five areas");
        }
        return K15.Gives(
            new InterfaceAssessment(
                [.. trusts.Select(own => (own.Key, own.Sum(each => each.Level)))],
                [.. areas.Select(area => (area, new CountedShare(scores.Where(each => each.Area == area).Sum(each => each.Level), (long)MostLevel * trusts.Count)))]),
            trusts.CountAs("trusts"));
    }

    /// <summary>A practice's points: a suspended indicator pays what is protected, whatever is achieved. Source: Access recovery plan,
    /// cutting bureaucracy 1.</summary>
    /// <exception cref="FaultException">An indicator twice.</exception>
    public static Cited<QofPoints> Qof(IReadOnlyList<QofIndicator> indicators)
    {
        RefuseTwice("indicator", indicators.Select(each => each.Code));
        var suspended = indicators.Count(each => each.IsSuspended);
        return K16.Gives(
            new QofPoints(suspended, indicators.Count - suspended, indicators.Sum(each => each.IsSuspended ? each.ProtectedPoints : each.AchievedPoints)), indicators.CountAs("indicators"));
    }
}

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>Grades of the annual assessment (Z22), the best first: 优秀, 良好, 合格, 基本合格, 不合格.</summary>
public enum AssessmentGrade { Excellent, Good, Pass, BasicPass, Fail }

/// <summary>The lowest score of each grade, of 100 (Z22); a default, for the document names the grades alone.</summary>
public sealed record GradeThresholds(decimal Excellent, decimal Good, decimal Pass, decimal BasicPass);

/// <summary>One indicator of the annual assessment (Z33): its name, its weight, and the points from 0 to 100.</summary>
public sealed record AssessmentIndicator(string Name, decimal Weight, decimal Points);

/// <summary>What becomes of a quality deposit (Z23): paid + to the reserve = the deposit.</summary>
public sealed record DepositRelease(Money Paid, Money ToReserve);

/// <summary>How a private provider's surplus divides (Z28): carry + to the reserve = the surplus; the odd fen is the carry's.</summary>
public sealed record SurplusSplit(Money Carry, Money ToReserve);

/// <summary>The parts of a net transfer (Z25), each from zero.</summary>
/// <param name="ClearingPay">年度清算支付 (Z24).</param>
/// <param name="RetainedSurplus">The lead hospital's whole surplus, a private provider's carry (Z28).</param>
/// <param name="Prepaid">Paid during the year.</param>
/// <param name="OutOfCountyPaidByCity">Settled by the city for the county (Z18).</param>
/// <param name="ForfeitedDeposit">Of the quality deposit, to the reserve (Z23).</param>
public sealed record NetTransferParts(Money ClearingPay, Money RetainedSurplus, Money Prepaid, Money OutOfCountyPaidByCity, Money ForfeitedDeposit);

/// <summary>An overrun by an epidemic or disaster, shared (Z26): city + county = the overrun.</summary>
public sealed record ReserveShare(Money City, Money County);

/// <summary>A rate that the document holds to a limit.</summary>
/// <param name="Percent">With two decimals, rounded half away from zero; the test itself is made unrounded. Null: of nothing.</param>
/// <param name="Holds">Null: of nothing, so that neither is said.</param>
public sealed record RateTest(decimal? Percent, bool? Holds);

/// <summary>A rate judged against "about" (左右): green from the first bound, amber from the second.</summary>
public enum RateLight { Green, Amber, Red }

/// <summary>A rate with its light; both null: of nothing.</summary>
public sealed record RateBand(decimal? Percent, RateLight? Light);

/// <summary>Level of a hospital, as the share of out-of-catalogue cost asks for it (Z27, 3).</summary>
public enum HospitalLevel { One, Two, TwoA, Three }

/// <summary>What was found at an institution in a year (Z27).</summary>
/// <param name="Satisfaction">Of 100; null: not surveyed, no deduction, flagged.</param>
/// <param name="RefusedOrNotInstant">Cases of refusing or shirking patients, and of not settling on the spot; a refusal by a
/// limit of the bureau is none (evidence OfflineRefused).</param>
/// <param name="OutOfCatalogue">Inpatients' full self-pay outside the catalogue.</param>
/// <param name="Inpatient">Total inpatient cost.</param>
/// <param name="NotReimbursed">Cases of at least 100 yuan that were reimbursable and not reimbursed.</param>
/// <param name="Split">Cases of inpatient cost split into outpatient or bought outside.</param>
public sealed record ClearingFindings(
    decimal? Satisfaction, int RefusedOrNotInstant, HospitalLevel Level, Money OutOfCatalogue, Money Inpatient, int NotReimbursed, int Split);

/// <summary>The rates of the five clearing indicators (Z27), from the parameters.</summary>
/// <param name="OutOfCatalogueLimits">Whole points allowed, by level One, Two, TwoA, Three.</param>
/// <param name="Most">All deductions together at most, of the quota; a default.</param>
public sealed record ClearingIndicatorTerms(
    decimal SatisfactionFrom, Rate PerSatisfactionPoint, Rate PerRefusal, IReadOnlyList<decimal> OutOfCatalogueLimits, Rate PerOutOfCataloguePoint,
    Rate PerNotReimbursed, Rate PerSplit, Rate Most)
{
    public static ClearingIndicatorTerms From(ParametersOn parameters) => new(
        parameters.Count("indicators.satisfactionFrom"), parameters.Share("indicators.perSatisfactionPoint"), parameters.Share("indicators.perRefusal"),
        [
            parameters.Count("indicators.outOfCatalogueLevelOne"), parameters.Count("indicators.outOfCatalogueLevelTwo"),
            parameters.Count("indicators.outOfCatalogueLevelTwoA"), parameters.Count("indicators.outOfCatalogueLevelThree"),
        ],
        parameters.Share("indicators.perOutOfCataloguePoint"), parameters.Share("indicators.perNotReimbursed"), parameters.Share("indicators.perSplit"),
        parameters.Share("indicators.most"));
}

/// <summary>The deductions of the five indicators, each a share of the member's annual indicator (Z27).</summary>
/// <param name="Total">Their sum, at most the parameter's.</param>
/// <param name="Deducted">Total times the quota, rounded once; the same amount goes to the reserve.</param>
/// <param name="SatisfactionMissing">Not surveyed: nothing is deducted, and people must see it.</param>
public sealed record ClearingDeductions(
    Rate Satisfaction, Rate Refusals, Rate OutOfCatalogue, Rate NotReimbursed, Rate Split, Rate Total, Money Deducted, Money Adjusted, bool SatisfactionMissing);

/// <summary>How clearly a period's quota is used (Z31).</summary>
public enum WarningLevel { None, Near, Reached, Exceeded }

/// <summary>The shares of a period's quota from which each level holds, and from which the institution is called in.</summary>
public sealed record WarningTerms(Rate Near, Rate Reached, Rate Exceeded, Rate Interview)
{
    public static WarningTerms From(ParametersOn parameters) => new(
        Percent(parameters, "warning.nearPercent"), Percent(parameters, "warning.reachedPercent"), Percent(parameters, "warning.exceededPercent"), Percent(parameters, "warning.interviewPercent"));

    private static Rate Percent(ParametersOn parameters, string key) => Rate.Percent(parameters.Count(key));
}

/// <summary>A period's use of its quota (Z31).</summary>
/// <param name="Quota">The year's indicator x months / 12, rounded for showing; compared unrounded.</param>
/// <param name="UsedPercent">With two decimals; null: the quota is zero.</param>
/// <param name="Interview">约谈: the institution is called in.</param>
public sealed record QuotaWarning(Money Quota, decimal? UsedPercent, WarningLevel Level, bool Interview);

/// <summary>Money clawed back for violations (Z32): now + next year = the amount.</summary>
public sealed record Clawback(Money Now, Money NextYear);

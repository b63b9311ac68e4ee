using EdgeHub.Rules.Calendars;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>This part: the annual assessment, what it does to the quality deposit, the surplus and the net transfer.</summary>
public static partial class CountyPackageRules
{
    private const decimal MostPoints = 100m;

    /// <summary>The last day of the prior year's clearing of all institutions: 31 January, included (1月底前). Source: 四(三)4.</summary>
    /// <param name="year">The year that is cleared.</param>
    public static Cited<DateOnly> ClearingDue(int year) => Z21.Gives(Deadline.ByEndOfMonth(year + 1, 1).LastDay, ("year", year));

    /// <summary>The grade of an institution's assessment; a threshold itself has the better grade. Source: 四(三)4(1).</summary>
    /// <exception cref="FaultException">A score below 0 or above 100, or thresholds that do not fall.</exception>
    public static Cited<AssessmentGrade> Grade(decimal score, GradeThresholds from)
    {
        Points("score", score);
        if (!(from.Excellent > from.Good && from.Good > from.Pass && from.Pass > from.BasicPass && from.BasicPass > 0m))
        {
            throw new FaultException(new Fault(Codes.BadNumber, "thresholds", $"{from.Excellent} {from.Good} {from.Pass} {from.BasicPass}", "thresholds that fall from grade to grade"));
        }
        var grade = score >= from.Excellent ? AssessmentGrade.Excellent
            : score >= from.Good ? AssessmentGrade.Good
            : score >= from.Pass ? AssessmentGrade.Pass
            : score >= from.BasicPass ? AssessmentGrade.BasicPass
            : AssessmentGrade.Fail;
        return Z22.Gives(grade, ("score", score), ("excellent from", from.Excellent), ("good from", from.Good), ("pass from", from.Pass), ("basic pass from", from.BasicPass));
    }

    /// <summary>The score of an assessment: points times weights, which make one whole. Which indicators and weights is the county
    /// bureau's own data. Source: 五(八).</summary>
    /// <exception cref="FaultException">No indicator, one twice, points outside 0 to 100, or weights that do not sum to 1.</exception>
    public static Cited<decimal> AssessmentScore(IReadOnlyList<AssessmentIndicator> indicators)
    {
        var twice = indicators.GroupBy(each => each.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new FaultException(new Fault(Codes.Duplicated, "indicator", twice.Key, "each indicator once"));
        }
        var weights = indicators.Sum(each => each.Weight);
        if (weights != 1m || indicators.Any(each => each.Weight < 0m))
        {
            throw new FaultException(new Fault(Codes.BadNumber, "weight", Article.Written(weights), "weights from 0 that sum to 1"));
        }
        return Z33.Gives(
            indicators.Sum(each => each.Weight * Points("points", each.Points)),
            ("indicators", string.Join("; ", indicators.Select(each => $"{each.Name} {Article.Written(each.Points)} x {Article.Written(each.Weight)}"))));
    }

    /// <summary>The quality deposit of a year: a share of the quota, inside what is payable. The share is a default.
    /// Source: 四(三)4(2).</summary>
    public static Cited<Money> QualityDeposit(Money quota, Rate share) => Z23.Gives(
        NotNegative("quota", quota).Times(Within("depositShare", share, Rate.Zero, Rate.One), MidpointRounding.AwayFromZero), ("quota", quota), ("share", share));

    /// <summary>What becomes of the deposit: from a pass on all of it is paid; basic pass pays half, the rest goes to the reserve;
    /// a fail gives all of it to the reserve. The half is rounded once, the reserve has the rest. Source: 四(三)4(2).</summary>
    /// <exception cref="FaultException">A negative deposit.</exception>
    public static Cited<DepositRelease> ReleaseDeposit(Money deposit, AssessmentGrade grade, Rate basicPassShare)
    {
        var paid = grade switch
        {
            AssessmentGrade.BasicPass => NotNegative("deposit", deposit).Times(Within("basicPassShare", basicPassShare, Rate.Zero, Rate.One), MidpointRounding.AwayFromZero),
            AssessmentGrade.Fail => Money.Zero(deposit.Currency),
            _ => deposit,
        };
        return Z23.Gives(
            new DepositRelease(paid, NotNegative("deposit", deposit) - paid), ("deposit", deposit), ("grade", grade), ("share of a basic pass", basicPassShare));
    }

    /// <summary>A private provider's surplus: half is carried into the next year, half goes to the reserve, the odd fen is carried.
    /// The lead hospital keeps all of its own. Source: 五(三).</summary>
    /// <exception cref="FaultException">A negative surplus.</exception>
    public static Cited<SurplusSplit> SplitSurplus(Money surplus, Rate reserveShare)
    {
        var reserve = NotNegative("surplus", surplus).Times(Within("reserveShare", reserveShare, Rate.Zero, Rate.One), MidpointRounding.ToZero);
        return Z28.Gives(new SurplusSplit(surplus - reserve, reserve), ("surplus", surplus), ("reserve's share", reserveShare));
    }

    /// <summary>What is still to be transferred for a year; negative: what is to be paid back. Derived from 四(三)1 to 5.</summary>
    /// <exception cref="FaultException">A negative surplus, prepayment, out-of-county amount or deposit.</exception>
    public static Cited<Money> NetTransfer(NetTransferParts parts) => Z25.Gives(
        parts.ClearingPay + NotNegative("retainedSurplus", parts.RetainedSurplus) - NotNegative("prepaid", parts.Prepaid)
            - NotNegative("outOfCountyPaidByCity", parts.OutOfCountyPaidByCity) - NotNegative("forfeitedDeposit", parts.ForfeitedDeposit),
        ("clearing pay", parts.ClearingPay), ("retained surplus", parts.RetainedSurplus), ("prepaid", parts.Prepaid),
        ("out of county, paid by the city", parts.OutOfCountyPaidByCity), ("forfeited deposit", parts.ForfeitedDeposit));

    private static decimal Points(string field, decimal points) => points is < 0m or > MostPoints
        ? throw new FaultException(new Fault(Codes.BadNumber, field, Article.Written(points), "points from 0 to 100"))
        : points;
}

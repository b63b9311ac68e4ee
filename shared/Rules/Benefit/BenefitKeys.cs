using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>The accumulators that a settlement of a service day may read and move. The scheme year is the calendar year.</summary>
/// <param name="AccountSpentOfYear">Of the whole household account: its scope is always everywhere.</param>
public sealed record BenefitKeys(
    AccumulatorKey DeductibleOfYear, AccumulatorKey FundPayOfDay, AccumulatorKey FundPayOfYear, AccumulatorKey AccountSpentOfYear)
{
    /// <param name="scope">The policy row's: rows of one scope share deductible and caps.</param>
    public static BenefitKeys Of(DateOnly serviceDay, string scope = AccumulatorKey.Everywhere)
    {
        var day = serviceDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var year = SchemeYear(serviceDay).ToString("0000", CultureInfo.InvariantCulture);
        return new BenefitKeys(
            new AccumulatorKey(AccumulatorKind.Deductible, AccumulatorSpan.Year, year, scope),
            new AccumulatorKey(AccumulatorKind.FundPay, AccumulatorSpan.Day, day, scope),
            new AccumulatorKey(AccumulatorKind.FundPay, AccumulatorSpan.Year, year, scope),
            new AccumulatorKey(AccumulatorKind.AccountSpent, AccumulatorSpan.Year, year, AccumulatorKey.Everywhere));
    }

    /// <summary>The scheme year that a service day falls into.</summary>
    public static int SchemeYear(DateOnly serviceDay) => serviceDay.Year;
}

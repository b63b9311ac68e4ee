using System.Numerics;

namespace EdgeHub.Tests.Unit.CountyPackage;

/// <summary>四(三) of the document read once more: whole fractions of fen and no type of the product. Slow and plain.</summary>
public static class SlowCountyPayment
{
    /// <summary>按季预拨, share in thousandths: a quarter's (package - out of county - violations) x share.</summary>
    public static BigInteger QuarterShare(long package, long outOfCounty, long violations, int share) =>
        NotBelowZero(SlowCounty.Nearest(((BigInteger)package - outOfCounty - ((BigInteger)violations * 4)) * share, 4 * 1000));

    /// <summary>The year's formula paid in three equal parts.</summary>
    public static BigInteger YearOverThree(long package, long outOfCounty, long violations, int share) =>
        NotBelowZero(SlowCounty.Nearest(((BigInteger)package - outOfCounty - violations) * share, 3 * 1000));

    /// <summary>So many quarters together, less what was paid in advance before.</summary>
    public static BigInteger Cumulative(long package, long outOfCounty, long violations, int share, int quarter, long prepaid)
    {
        BigInteger fourths = 0;
        for (var i = 0; i < quarter; i++)
        {
            fourths += (BigInteger)package - outOfCounty;
        }
        fourths -= (BigInteger)violations * 4;
        return NotBelowZero(SlowCounty.Nearest((fourths * share) - ((BigInteger)prepaid * 4000), 4000));
    }

    /// <summary>第四季度按月结算: what was audited, as far as the year reaches.</summary>
    public static BigInteger FourthQuarterMonth(long audited, long package, long outOfCounty, long violations, long paid)
    {
        var left = NotBelowZero((BigInteger)package - outOfCounty - violations - paid);
        return audited > left ? left : audited;
    }

    /// <summary>按月拨付: a twelfth a month as long as something is left, December the rest.</summary>
    public static IReadOnlyList<BigInteger> TwelveMonths(long cap)
    {
        var (months, left) = (new List<BigInteger>(), (BigInteger)cap);
        for (var month = 1; month <= 12; month++)
        {
            var twelfth = SlowCounty.Nearest(cap, 12);
            var part = month == 12 || twelfth > left ? left : twelfth;
            months.Add(part);
            left -= part;
        }
        return months;
    }

    /// <summary>县域外: the city's bill, charged whole; counted down from the budget that was kept for it.</summary>
    public static (BigInteger Charged, BigInteger Left, BigInteger Beyond) OutOfCounty(long settled, long kept) =>
        settled > kept ? (settled, 0, (BigInteger)settled - kept) : (settled, (BigInteger)kept - settled, 0);

    private static BigInteger NotBelowZero(BigInteger amount) => amount.Sign < 0 ? 0 : amount;
}

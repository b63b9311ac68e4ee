using System.Numerics;

namespace EdgeHub.Tests.Unit.CountyPackage;

/// <summary>A second reading of the document for comparison: whole fractions of fen and no type of the product. Slow and plain.
/// Amounts are fen, rates parts of a million.</summary>
public static class SlowCounty
{
    private const int Million = 1_000_000;

    public sealed record Budget(
        BigInteger F, BigInteger City, BigInteger Catastrophic, BigInteger County, BigInteger P, BigInteger Pool, BigInteger PoolRest,
        IReadOnlyList<BigInteger> Private, BigInteger Lead);

    /// <summary>四(一)1, 四(一)2(1), 四(二)1, 四(二)2 read once more.</summary>
    public static Budget Year(
        long insured, long premium, int cityRate, long catastrophicPremium, int reserveRate, long balance, IReadOnlyList<long> paidLastYear, int growth)
    {
        BigInteger f = 0, catastrophic = 0;
        f += (BigInteger)insured * premium;
        catastrophic += (BigInteger)insured * catastrophicPremium;
        var city = Nearest(f * cityRate, Million);
        var b0 = f - city - catastrophic;
        // The balance may not pass a tenth of F; both candidates as millionths of a fen, the smaller one counts.
        var byRate = b0 * reserveRate;
        var room = f * (Million / 10) - (BigInteger)balance * Million;
        var county = Nearest(room < 0 ? 0 : room < byRate ? room : byRate, Million);
        var p = f - city - county - catastrophic;
        var pool = Nearest(p * 45, 1000);
        var wished = new List<BigInteger>();
        foreach (var a in paidLastYear)
        {
            var wish = a + Nearest((BigInteger)a * growth, Million);
            wished.Add(wish > pool ? pool : wish);
        }
        BigInteger sum = 0;
        wished.ForEach(wish => sum += wish);
        var given = new List<BigInteger>();
        BigInteger used = 0;
        // The rest goes to the last provider that had something; one that had nothing gets nothing.
        var last = wished.FindLastIndex(wish => wish > 0);
        for (var i = 0; i < wished.Count; i++)
        {
            var part = sum <= pool || wished[i] == 0 ? wished[i] : i == last ? pool - used : BigInteger.Min(pool - used, Nearest(pool * wished[i], sum));
            given.Add(part);
            used += part;
        }
        return new Budget(f, city, catastrophic, county, p, pool, p - pool, given, p - used);
    }

    /// <summary>四(三)5 read once more: pay, surplus, overrun.</summary>
    public static (BigInteger Pay, BigInteger Surplus, BigInteger Overrun) Clear(BigInteger package, BigInteger violations, BigInteger actual)
    {
        if (actual >= package)
        {
            return (package - violations, 0, actual - package);
        }
        var pay = actual - violations;
        return (pay, package - violations - pay, 0);
    }

    /// <summary>四舍五入 of a fraction: half goes away from zero.</summary>
    internal static BigInteger Nearest(BigInteger numerator, BigInteger denominator)
    {
        var twice = BigInteger.Abs(numerator) * 2 + denominator;
        var whole = BigInteger.Divide(twice, denominator * 2);
        return numerator.Sign < 0 ? -whole : whole;
    }
}

using System.Numerics;

namespace EdgeHub.Tests.Unit.CountyPackage;

/// <summary>The same of the shares, floors and lags around the package: whole fen and no type of the product. Slow and plain.</summary>
public static class SlowCountyShares
{
    /// <summary>四(二), 25 %: the least whole fen of which a hundred are not less than so many hundredths of the whole.</summary>
    public static BigInteger PassesFrom(long whole, int hundredths)
    {
        var least = ((BigInteger)whole * hundredths) / 100;
        while (least * 100 < (BigInteger)whole * hundredths)
        {
            least++;
        }
        return least;
    }

    /// <summary>四(一)2(2)-(4): half of the private surplus, the odd fen stays with the carry, and what else flows in.</summary>
    public static BigInteger Inflow(long surplus, long deductions, long topUp)
    {
        BigInteger half = surplus - (surplus % 2);
        return (half / 2) + deductions + topUp;
    }

    /// <summary>四(二)1: a new department adds its increase from the next natural year on, in principle at most 4.5 % of P.</summary>
    public static (int Year, bool Within) Increase(long increase, int year, long package) => (year + 1, (BigInteger)increase * 1_000 <= (BigInteger)package * 45);

    /// <summary>四(三)1: what the lead hospital still has of its members' money, and for how many days beyond the time.</summary>
    public static (long Withheld, int Late) Lag(long received, long passedOn, int daysSince, int days)
    {
        var late = 0;
        for (var day = days + 1; day <= daysSince && received > passedOn; day++)
        {
            late++;
        }
        return (received - passedOn, late);
    }

    /// <summary>五(六): parts of ten thousand of a period's quota that are used, against bounds in hundredths.</summary>
    public static int Level(long annual, int months, long used, params ReadOnlySpan<int> bounds)
    {
        var level = 0;
        foreach (var bound in bounds)
        {
            level += used > 0 && (BigInteger)used * 12 * 100 >= (BigInteger)annual * months * bound ? 1 : 0;
        }
        return level;
    }
}

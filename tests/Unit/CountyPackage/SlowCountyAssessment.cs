using System.Numerics;

namespace EdgeHub.Tests.Unit.CountyPackage;

/// <summary>四(三)4 and 五 of the document read once more: whole fractions of fen and no type of the product. Slow and plain.</summary>
public static class SlowCountyAssessment
{
    /// <summary>服务质量保证金: a share of the quota in thousandths.</summary>
    public static BigInteger Deposit(BigInteger quota, int thousandths) => SlowCounty.Nearest(quota * thousandths, 1000);

    /// <summary>Grades counted from the best, 0 to 4: the first three are paid all, the fourth a half, the last nothing.</summary>
    public static (BigInteger Paid, BigInteger ToReserve) Release(BigInteger deposit, int grade)
    {
        var paid = grade <= 2 ? deposit : grade == 3 ? SlowCounty.Nearest(deposit, 2) : 0;
        return (paid, deposit - paid);
    }

    /// <summary>结余: a half to the reserve, the odd fen stays with the provider.</summary>
    public static (BigInteger Carry, BigInteger ToReserve) Surplus(BigInteger surplus)
    {
        var half = BigInteger.Divide(surplus, 2);
        return (surplus - half, half);
    }

    /// <summary>What is still to be transferred: everything due, less everything that was paid, by whom ever, or forfeited.</summary>
    public static BigInteger Net(long clearingPay, long retained, params ReadOnlySpan<long> off)
    {
        BigInteger net = clearingPay;
        net += retained;
        foreach (var each in off)
        {
            net -= each;
        }
        return net;
    }

    /// <summary>市和县级按 3:7.</summary>
    public static (BigInteger City, BigInteger County) Overrun(long overrun)
    {
        var city = SlowCounty.Nearest((BigInteger)overrun * 3, 10);
        return (city, overrun - city);
    }

    /// <summary>结余率 in hundredths of a per cent, and whether it is 10 % or less.</summary>
    public static (BigInteger Hundredths, bool Holds) SurplusRate(long funding, long spent)
    {
        var surplus = (BigInteger)funding - spent;
        return (SlowCounty.Nearest(surplus * 10_000, funding), surplus * 10 <= funding);
    }

    /// <summary>五(二), its five points; satisfaction in tenths of a point (-1: not surveyed), limit in whole points. Thousandths of
    /// the indicator are counted up case by case, at most all of them.</summary>
    public static BigInteger Deducted(long quota, int satisfactionTenths, int refusals, int limit, long outside, long inpatient, int notReimbursed, int split)
    {
        var thousandths = 0;
        if (satisfactionTenths >= 0)
        {
            for (var point = SlowCounty.Nearest(satisfactionTenths, 10); point < 80; point++)
            {
                thousandths += 5;
            }
        }
        for (var i = 0; i < refusals; i++)
        {
            thousandths += 10;
        }
        if (inpatient > 0)
        {
            for (var point = SlowCounty.Nearest((BigInteger)outside * 100, inpatient); point > limit; point--)
            {
                thousandths += 5;
            }
        }
        thousandths += notReimbursed + split;
        return SlowCounty.Nearest((BigInteger)quota * (thousandths > 1000 ? 1000 : thousandths), 1000);
    }

    /// <summary>扣回: now as far as the package of this year reaches, what is missing from the next one.</summary>
    public static (BigInteger Now, BigInteger Next) ClawBack(long amount, long remaining)
    {
        if (remaining <= 0)
        {
            return (0, amount);
        }
        return remaining >= amount ? (amount, 0) : (remaining, (BigInteger)amount - remaining);
    }
}

using System.Numerics;

namespace EdgeHub.Tests.Unit.GpServices;

/// <summary>A second reading of the briefing for comparison: whole pence, walked one by one, and no type of the product. Slow and plain.</summary>
public static class SlowBriefing
{
    /// <summary>3.1: claims are paid one after the other until their budget is empty; roles and newly qualified GPs have a budget each.</summary>
    public static (BigInteger Claimed, BigInteger Paid, BigInteger Left) Budget(IEnumerable<(bool IsGp, long Salary, long OnCosts)> claims, bool gps, long budget)
    {
        BigInteger claimed = 0, paid = 0, left = budget;
        foreach (var claim in claims)
        {
            if (claim.IsGp != gps)
            {
                continue;
            }
            BigInteger cost = claim.Salary;
            cost += claim.OnCosts;
            claimed += cost;
            var now = cost <= left ? cost : left;
            paid += now;
            left -= now;
        }
        return (claimed, paid, left);
    }

    /// <summary>3.1: backdated to 1 April: month by month, what each should have been paid more.</summary>
    public static BigInteger Uplift(long before, long after, int fromYear, int fromMonth, int newYear, int newMonth)
    {
        BigInteger owed = 0;
        var (year, month) = (fromYear, fromMonth);
        while (year < newYear || (year == newYear && month < newMonth))
        {
            owed += after;
            owed -= before;
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1);
        }
        return owed;
    }

    /// <summary>2.5: so many parts of a thousand of the retargeted fund, half a penny up.</summary>
    public static BigInteger Pool(long fund, int thousandths) => (((BigInteger)fund * thousandths * 2) + 1_000) / 2_000;

    /// <summary>2.5: a third for each domain, the odd penny with the third one.</summary>
    public static BigInteger Domains(long pence, bool first, bool second, bool third)
    {
        var each = (((BigInteger)pence * 2) + 3) / 6;
        return (first ? each : 0) + (second ? each : 0) + (third ? pence - each - each : 0);
    }

    /// <summary>Cutting bureaucracy 1: points in hundredths; a suspended indicator pays what is protected. Paid are all points, half a
    /// penny up; of them the protected ones, half a penny up, and the rest is what was measured.</summary>
    public static (BigInteger Protected, BigInteger Measured) Quality(IEnumerable<(bool Suspended, int Achieved, int Kept)> indicators, long perPoint)
    {
        BigInteger all = 0, kept = 0;
        foreach (var indicator in indicators)
        {
            all += indicator.Suspended ? indicator.Kept : indicator.Achieved;
            kept += indicator.Suspended ? indicator.Kept : 0;
        }
        var (pays, protects) = (Pence(all), Pence(kept));
        return (protects, pays - protects);

        BigInteger Pence(BigInteger hundredths) => ((hundredths * perPoint * 2) + 100) / 200;
    }
}

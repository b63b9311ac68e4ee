using System.Numerics;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

/// <summary>A second reading of the report for comparison: counting by hand, no type of the product. Slow and plain.</summary>
public static class SlowPrimaryCare
{
    /// <summary>COC as pairs: of all pairs of a patient's visits, how many met one provider. Numerator and denominator, unreduced.</summary>
    public static (long Same, long Pairs) Continuity(IReadOnlyList<string> visits)
    {
        var (same, pairs) = (0L, 0L);
        for (var i = 0; i < visits.Count; i++)
        {
            for (var j = i + 1; j < visits.Count; j++)
            {
                pairs++;
                same += visits[i] == visits[j] ? 1 : 0;
            }
        }
        return (same, pairs);
    }

    /// <summary>1 % of the capitation for each step from 51 to 70 that the share has reached, half an öre away from zero.</summary>
    public static BigInteger Addition(long continuous, long patients, long capitation)
    {
        var reached = 0;
        for (var step = 51; step <= 70; step++)
        {
            reached += patients > 0 && continuous * 100 >= patients * step ? 1 : 0;
        }
        return (((BigInteger)capitation * reached * 2) + 100) / 200;
    }

    /// <summary>Of three visits: is any doctor met twice.</summary>
    public static bool MetTwice(string last, string middle, string first) => last == middle || middle == first || last == first;

    /// <summary>Fees paid one after the other: what each visit costs, by walking from visit to visit.</summary>
    public static IReadOnlyList<long> Fees(IReadOnlyList<(DateOnly Day, long Fee)> visits, long cap)
    {
        var paid = new List<long>();
        DateOnly? first = null;
        var sum = 0L;
        foreach (var (day, fee) in visits)
        {
            if (first is null || day >= first.Value.AddMonths(12))
            {
                (first, sum) = (null, 0);
            }
            var pays = sum + fee > cap ? cap - sum : fee;
            first = first is null && pays > 0 ? day : first;
            sum += pays;
            paid.Add(pays);
        }
        return paid;
    }

    /// <summary>Ersättningen och e-hälsan: five models, each counted up one by one: a grant, so much for each listed, for each course of
    /// care, for each act, and a bonus or penalty.</summary>
    public static BigInteger Contract(long grant, IEnumerable<(int Count, long Price)> priced, long goal)
    {
        BigInteger sum = grant;
        foreach (var (count, price) in priced)
        {
            for (var i = 0; i < count; i++)
            {
                sum += price;
            }
        }
        return sum + goal;
    }

    /// <summary>Tillägg från 1 januari 2020: a physical visit is paid; a video visit as well, from that day on, where it is in place of a
    /// physical one. Channel: p physical, h home, v video, t telephone. The day as yyyymmdd.</summary>
    public static (long Paid, BigInteger Amount) Visits(IEnumerable<(char Channel, int Day, bool Replaces)> visits, long rate)
    {
        var (paid, amount) = (0L, BigInteger.Zero);
        foreach (var (channel, day, replaces) in visits)
        {
            if (channel is 'p' or 'h' || (channel == 'v' && day >= 20200101 && replaces))
            {
                paid++;
                amount += rate;
            }
        }
        return (paid, amount);
    }

    /// <summary>Målrelaterad ersättning: a bonus where the measure is not on the wrong side of its goal, else a penalty.</summary>
    public static BigInteger Goal(int value, int target, bool lowerIsBetter, long bonus, long penalty)
    {
        var isOnTheWrongSide = lowerIsBetter ? value - target > 0 : target - value > 0;
        return isOnTheWrongSide ? 0 - (BigInteger)penalty : bonus;
    }
}

using System.Numerics;

namespace EdgeHub.Tests.Unit.CrossRegion;

/// <summary>A second reading of the document for comparison: whole numbers of fen and no type of the product. Slow and plain.
/// Rates are parts of a thousand, days are numbers of the month.</summary>
public static class SlowCrossRegion
{
    /// <summary>七(一)-(二): what the fund and the patient pay.</summary>
    public static (BigInteger Fund, BigInteger Patient) Discharge(long total, long ownPay, long deductible, int rate, long? cap)
    {
        BigInteger fund = 0;
        BigInteger above = (BigInteger)total - ownPay - deductible;
        if (above > 0)
        {
            fund = (above * rate * 2 + 1000) / 2000;
        }
        if (cap is not null && fund > cap)
        {
            fund = cap.Value;
        }
        return (fund, total - fund);
    }

    /// <summary>六(一): two months of the year before, a month being the cost divided by the months open.</summary>
    public static BigInteger Quota(long cost, int monthsOpen) => ((BigInteger)cost * 2 * 2 + monthsOpen) / (2 * monthsOpen);

    /// <summary>六(二)2: the smallest quota of which the use is at most 70 %, found by counting up from the quotient.</summary>
    public static BigInteger Increase(long used, long quota)
    {
        var whole = (BigInteger)used * 10 / 7;
        while (whole * 7 < (BigInteger)used * 10)
        {
            whole++;
        }
        return whole - quota;
    }

    /// <summary>八: what each pair of payer and payee owes in a cycle (year x 12 + month), from rows of settlements and of audit
    /// records. A settlement counts where three sides agree, the hospital has confirmed, and it came by the 21st of the month and
    /// after the 21st of the month before.</summary>
    public static Dictionary<(string, string), BigInteger> Owed(
        int cycle, IEnumerable<(string From, string To, long Fund, DateOnly Came, bool Agreed, bool Confirmed)> settlements,
        IEnumerable<(string Id, int Version, string From, string To, long Signed, int Cycle)> audits)
    {
        var owed = new Dictionary<(string, string), BigInteger>();
        foreach (var each in settlements)
        {
            var month = (each.Came.Year * 12) + each.Came.Month + (each.Came.Day > 21 ? 1 : 0);
            if (each.Agreed && each.Confirmed && month == cycle)
            {
                owed[(each.From, each.To)] = owed.GetValueOrDefault((each.From, each.To)) + each.Fund;
            }
        }
        var all = audits.ToList();
        foreach (var each in all)
        {
            var isLast = true;
            foreach (var other in all)
            {
                isLast &= other.Id != each.Id || other.Version <= each.Version;
            }
            if (isLast && each.Cycle == cycle)
            {
                owed[(each.From, each.To)] = owed.GetValueOrDefault((each.From, each.To)) + each.Signed;
            }
        }
        return owed;
    }
}

using System.Numerics;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>A second reading of the requirement's arithmetic, plain and slow, on whole numbers only: fen, millionths of a yuan
/// for prices, ten-thousandths for quantities, millionths for shares. It shares no code with the rules.</summary>
internal sealed class SlowBenefit
{
    // What a person has used so far, by year and by day.
    private readonly Dictionary<int, BigInteger> _deductibleTaken = [];
    private readonly Dictionary<int, BigInteger> _fundOfYear = [];
    private readonly Dictionary<DateOnly, BigInteger> _fundOfDay = [];
    private readonly Dictionary<int, BigInteger> _accountSpent = [];

    public sealed record Policy(string Mode, long Deductible, long RateMillionths, long? DailyCap, long? AnnualCap);

    public sealed record Paid(BigInteger Deductible, BigInteger Fund, BigInteger Account, BigInteger Cash);

    /// <summary>"Over-limit = max(0, price - limit) x quantity; pre-self-pay = share x (amount - over-limit); both rounded per line."</summary>
    public static (BigInteger Full, BigInteger Over, BigInteger First, BigInteger Eligible) Line(
        char @class, long priceMillionths, long quantityTenThousandths, long amountFen, long? limitMillionths, long shareMillionths)
    {
        if (@class == 'C')
        {
            return (amountFen, 0, 0, 0);
        }
        BigInteger over = 0;
        if (limitMillionths is { } limit && priceMillionths > limit)
        {
            over = HalfUp((BigInteger)(priceMillionths - limit) * quantityTenThousandths, 100_000_000);
            if (over > amountFen)
            {
                over = amountFen;
            }
        }
        var first = HalfUp((amountFen - over) * shareMillionths, 1_000_000);
        return (0, over, first, amountFen - over - first);
    }

    /// <summary>"eligible - deductible -> x rate -> daily cap -> annual cap; the household account pays from the patient's share."</summary>
    public Paid Settle(DateOnly day, long total, long eligible, Policy policy, long balance, bool useAccount)
    {
        BigInteger deductible = 0;
        if (policy.Mode == "visit")
        {
            deductible = eligible < policy.Deductible ? eligible : policy.Deductible;
        }
        if (policy.Mode == "year")
        {
            var stillToBear = policy.Deductible - Used(_deductibleTaken, day.Year);
            if (stillToBear < 0)
            {
                stillToBear = 0;
            }
            deductible = eligible < stillToBear ? eligible : stillToBear;
            _deductibleTaken[day.Year] = Used(_deductibleTaken, day.Year) + deductible;
        }

        var fund = HalfUp((eligible - deductible) * policy.RateMillionths, 1_000_000);
        if (policy.DailyCap is { } daily)
        {
            var left = daily - Used(_fundOfDay, day);
            if (left < 0)
            {
                left = 0;
            }
            if (fund > left)
            {
                fund = left;
            }
        }
        if (policy.AnnualCap is { } annual)
        {
            var left = annual - Used(_fundOfYear, day.Year);
            if (left < 0)
            {
                left = 0;
            }
            if (fund > left)
            {
                fund = left;
            }
        }
        if (policy.DailyCap is not null)
        {
            _fundOfDay[day] = Used(_fundOfDay, day) + fund;
        }
        _fundOfYear[day.Year] = Used(_fundOfYear, day.Year) + fund;

        BigInteger account = 0;
        if (useAccount)
        {
            var left = balance - Used(_accountSpent, day.Year);
            if (left < 0)
            {
                left = 0;
            }
            account = total - fund < left ? total - fund : left;
            _accountSpent[day.Year] = Used(_accountSpent, day.Year) + account;
        }
        return new Paid(deductible, fund, account, total - fund - account);
    }

    private static BigInteger Used<T>(Dictionary<T, BigInteger> sums, T of) where T : notnull => sums.TryGetValue(of, out var sum) ? sum : 0;

    /// <summary>A fraction of nothing negative, rounded: half goes up.</summary>
    private static BigInteger HalfUp(BigInteger numerator, BigInteger denominator) => (2 * numerator + denominator) / (2 * denominator);
}

using System.Numerics;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

/// <summary>A second reading of the slides for comparison: whole numbers of öre and no type of the product. Slow and plain.</summary>
public static class SlowOutcomes
{
    /// <summary>Ersättningsmodell: x in millionths of the pre-patients.</summary>
    public static BigInteger Programme(long millionths, BigInteger programme)
    {
        if (millionths <= 100_000)
        {
            return 0;
        }
        var line = BigInteger.Min(millionths, 800_000) - 100_000;
        return ((programme * line * 2) + 700_000) / 1_400_000;
    }

    /// <summary>Budgetberäkningar: outcomes counted one by one in tenths; the first tenth of the panel is not paid, nor what lies above
    /// eight tenths.</summary>
    public static BigInteger Provider(long all, long achieved, long price)
    {
        var paidTenths = 0L;
        for (var tenth = 1L; tenth <= achieved * 10; tenth++)
        {
            paidTenths += tenth > all && tenth <= all * 8 ? 1 : 0;
        }
        return (((BigInteger)price * paidTenths * 2) + 10) / 20;
    }

    /// <summary>Simple interest by whole days, half an öre up. The rate in parts of ten thousand.</summary>
    public static BigInteger Interest(long pay, int rate, int days) => (((BigInteger)pay * rate * days * 2) + 3_650_000) / 7_300_000;

    /// <summary>Budgetberäkningar: a milliard by 21,000 persons, in whole kronor; whole thousands are the provider's price, what is left
    /// of each is the evaluator's. Persons are counted by tenths: the first tenth and the last two are not paid.</summary>
    public static (long Payable, BigInteger Kronor, BigInteger Price, BigInteger Evaluator) Price(BigInteger programmeOre, long participants)
    {
        var tenths = 0L;
        for (var tenth = 1L; tenth <= participants * 10; tenth++)
        {
            tenths += tenth > participants && tenth <= participants * 8 ? 1 : 0;
        }
        var payable = tenths / 10;
        var kronor = ((programmeOre * 2) + (payable * 100)) / (payable * 200);
        BigInteger price = 0;
        while (price + 1_000 <= kronor)
        {
            price += 1_000;
        }
        return (payable, kronor, price, (kronor - price) * payable);
    }

    /// <summary>Utförare: a consortium's own weights, each part half an öre up, the last one with a weight takes what is left, nobody more
    /// than is left.</summary>
    public static IReadOnlyList<BigInteger> Divided(BigInteger pay, IReadOnlyList<int> weights)
    {
        var (sum, left, parts) = ((BigInteger)weights.Sum(), pay, new List<BigInteger>());
        for (var i = 0; i < weights.Count; i++)
        {
            var isLast = weights.Skip(i + 1).All(later => later == 0);
            var part = weights[i] == 0 ? 0 : isLast ? left : BigInteger.Min(left, ((pay * weights[i] * 2) + sum) / (sum * 2));
            parts.Add(part);
            left -= part;
        }
        return parts;
    }

    /// <summary>En preventionsmiljard: so many parts of ten thousand of the persons at risk fall ill in a year, half a person up, each at
    /// the printed cost of a case, in kronor: care, production, social insurance.</summary>
    public static (BigInteger Cases, BigInteger Direct, BigInteger Indirect, BigInteger Insurance) Yearly(long atRisk, int tenThousandths)
    {
        var cases = (((BigInteger)atRisk * tenThousandths * 2) + 10_000) / 20_000;
        return (cases, cases * 375_000, cases * 725_000, cases * 400_000);
    }

    /// <summary>Även uppskjuten diagnos: kronor for a person by years of delay.</summary>
    public static (BigInteger Direct, BigInteger Indirect, BigInteger Insurance) Delayed(long persons, int years) => years == 3
        ? (persons * (BigInteger)40_000, persons * (BigInteger)125_000, persons * (BigInteger)75_000)
        : (persons * (BigInteger)60_000, persons * (BigInteger)200_000, persons * (BigInteger)100_000);

    /// <summary>Stora samhällsbesparingar: the printed table in million kronor, straight between its columns, half an öre up. The
    /// attainment in parts of ten thousand, the result in öre.</summary>
    public static (BigInteger Direct, BigInteger Indirect, BigInteger Insurance) Saved(int tenThousandths)
    {
        (int At, int Direct, int Indirect, int Insurance)[] printed = [(3_000, 699, 1_351, 746), (5_000, 992, 1_918, 1_058), (8_000, 1_419, 2_743, 1_513), (10_000, 1_888, 3_650, 2_014)];
        var i = 0;
        while (printed[i + 1].At < tenThousandths)
        {
            i++;
        }
        var (low, high) = (printed[i], printed[i + 1]);
        return (Line(low.Direct, high.Direct), Line(low.Indirect, high.Indirect), Line(low.Insurance, high.Insurance));

        BigInteger Line(int from, int to)
        {
            BigInteger rise = to - from;
            var width = high.At - low.At;
            return (from * (BigInteger)100_000_000) + (((rise * 100_000_000 * (tenThousandths - low.At) * 2) + width) / (2 * width));
        }
    }
}

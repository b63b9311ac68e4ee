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
}

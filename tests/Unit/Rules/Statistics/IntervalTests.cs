using EdgeHub.Rules.Statistics;

namespace EdgeHub.Tests.Unit.Rules.Statistics;

/// <summary>Where the methods meet and end: ten events, no case, every case; and what is refused by name.</summary>
public sealed class IntervalTests
{
    private const decimal Z = 1.959964m;

    /// <summary>10 (1 - 1/90 - 1.959964/(3 sqrt 10))³ = 10 x 0.782…³ = 4.7874; 11 (1 - 1/99 + 1.959964/(3 sqrt 11))³ = 11 x 1.186886³ = 18.3915.</summary>
    [Fact]
    public void OfCount_Ten_IsByars()
    {
        var interval = ConfidenceInterval.OfCount(10, Z, 0.025m);
        Assert.Equal((4.7874m, 18.3915m), (Math.Round(interval.Lower, 4), Math.Round(interval.Upper, 4)));
    }

    [Theory]
    [InlineData(-1, "0.025", "observed")]
    [InlineData(1, "0", "tail")]
    [InlineData(1, "-0.1", "tail")]
    [InlineData(1, "0.5", "tail")]
    public void OfCount_OutOfBounds_IsRefusedByName(long observed, string tail, string name) => Assert.Equal(
        name, Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.OfCount(observed, Z, decimal.Parse(tail, System.Globalization.CultureInfo.InvariantCulture))).ParamName);

    [Theory]
    [InlineData(0, 0, "whole")]
    [InlineData(-1, 5, "part")]
    [InlineData(6, 5, "part")]
    public void OfShare_OutOfBounds_IsRefusedByName(long part, long whole, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.OfShare(part, whole, Z)).ParamName);

    /// <summary>No case leaves nothing below, every case nothing above: exactly, not to the last digit of a root.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(177)]
    public void OfShare_NoneOrAll_EndsExactly(long whole) =>
        Assert.Equal((0m, 1m), (ConfidenceInterval.OfShare(0, whole, Z).Lower, ConfidenceInterval.OfShare(whole, whole, Z).Upper));
}

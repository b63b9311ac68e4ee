using EdgeHub.Hub.Settlement;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>Z2, Z4: which payers what sites paid out comes from, as a pure function. Fund/catastrophic insurance/assistance, in fen.</summary>
public sealed class OwedPartsRuleTests
{
    [Theory]
    // paid out, owed now, most that each once owed for one settlement, and for all of the visit part together
    [InlineData(0, "60 30 10", "60 30 10", "60 30 10", "0 0 0")]
    [InlineData(1, "60 30 10", "60 30 10", "60 30 10", "1 0 0")]
    [InlineData(60, "60 30 10", "60 30 10", "60 30 10", "60 0 0")] // just the fund's
    [InlineData(61, "60 30 10", "60 30 10", "60 30 10", "60 1 0")]
    [InlineData(90, "60 30 10", "60 30 10", "60 30 10", "60 30 0")]
    [InlineData(91, "60 30 10", "60 30 10", "60 30 10", "60 30 1")]
    [InlineData(100, "60 30 10", "60 30 10", "60 30 10", "60 30 10")] // all of it
    [InlineData(60, "0 60 0", "60 60 0", "60 60 0", "0 60 0")] // the fund owed it when it was paid; now catastrophic insurance does
    [InlineData(60, "0 20 0", "60 20 0", "60 20 0", "40 20 0")] // it shrank: the fund, which owed it, advances the rest
    [InlineData(90, "60 20 0", "60 30 0", "120 50 0", "60 30 0")] // the one that owed ten more advances them
    [InlineData(120, "60 0 0", "60 0 0", "120 0 0", "120 0 0")] // paid for two settlements of one part, each owed once
    [InlineData(60, "0 0 0", "0 40 20", "0 40 20", "0 40 20")] // nothing is owed any more
    public void Bearing_WorkedCases(long paid, string now, string ever, string together, string bearing) =>
        Assert.Equal(Parts(bearing), OwedParts.Bearing(paid, [Parts(now), Parts(ever), Parts(together)]));

    [Fact]
    public void Bearing_MoreThanWasEverOwed_Throws() =>
        Assert.Throws<InvalidOperationException>(() => OwedParts.Bearing(101, [Parts("60 30 10"), Parts("60 30 10"), Parts("50 0 0")]));

    [Fact]
    public void Of_TheAccountNeverOwes()
    {
        // The account paid 100 and had nothing: what is too much is no debt to the person, and what is owed is the fund's.
        var borne = WhoBears.Of(new ShareSums(30, 0, 0, 100, 120), new ShareSums(90, 20, 10, 40, 90));

        Assert.Equal(new OwedParts(30, 0, 0), OwedParts.Of(borne));
    }

    private static OwedParts Parts(string text)
    {
        var fen = text.Split(' ').Select(long.Parse).ToList();
        return new OwedParts(fen[0], fen[1], fen[2]);
    }
}

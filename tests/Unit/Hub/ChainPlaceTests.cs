using EdgeHub.Hub.Ingest;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>How a batch stands to a device of which the hub has epoch 2 through sequence 10.</summary>
public sealed class ChainPlaceTests
{
    private static readonly string Held = new('a', 64);
    private static readonly string Other = new('b', 64);

    [Theory]
    [InlineData(2, 11, 5, true, "Continues")]
    [InlineData(2, 11, 5, false, Codes.Fork)]
    [InlineData(2, 12, 5, true, Codes.Gap)]
    [InlineData(2, 10, 1, false, "Known")]
    [InlineData(2, 1, 10, false, "Known")]
    [InlineData(2, 10, 2, false, "PartlyKnown")]
    [InlineData(2, 1, 1000, false, "PartlyKnown")]
    [InlineData(1, 11, 5, true, Codes.StaleEpoch)]
    [InlineData(3, 1, 5, true, Codes.StaleEpoch)]
    [InlineData(1, 12, 5, false, Codes.StaleEpoch)]
    public void Of_Batch_IsJudgedInTheOrderOfPrecedence(long epoch, long from, int count, bool sameChain, string expected)
    {
        var head = new DeviceHead(1, 2, 10, Convert.FromHexString(Held), 0, "", 0, 0);
        var place = ChainPlace.Of(head, new BatchHeader(1, "530924", "s", "d", epoch, from, count, 100, sameChain ? Held : Other, Other, "k", ""));

        Assert.Equal(expected, place is ChainPlace.Refused refused ? refused.Code : place.GetType().Name);
    }

    [Fact]
    public void Of_FirstBatch_ContinuesFromZero()
    {
        var first = new BatchHeader(1, "530924", "s", "d", 1, 1, 3, 100, Chain.Text(Chain.Zero), Other, "k", "");
        Assert.IsType<ChainPlace.Continues>(ChainPlace.Of(DeviceHead.First(1), first));
    }
}

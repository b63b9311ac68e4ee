using EdgeHub.Hub.Ingest;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>What a device gets that asks for a new epoch: the hub stands in epoch 3, which it gave at time 1,000 to a device that
/// came from epoch 2; of epoch 2 it has 50 lines, of epoch 1 it has 100.</summary>
public sealed class EpochRuleTests
{
    private static readonly string Held = new('a', 64);
    private static readonly string Other = new('b', 64);

    [Theory]
    // In the present epoch: it goes on, lacks lines, or has others.
    [InlineData(10, 3, 10, true, 10, 0, 0, "Present")]
    [InlineData(10, 3, 12, false, 10, 0, 0, "Present")]
    [InlineData(10, 3, 9, false, 9, 0, 0, "New")]
    [InlineData(10, 3, 10, false, 9, 0, 0, "New")]
    // The hub was restored to before the device's epoch.
    [InlineData(10, 4, 7, false, 7, 0, 0, "New")]
    // The answer was lost: nothing is stored in the epoch that was given from there.
    [InlineData(0, 2, 60, false, 50, 0, 0, "Present")]
    [InlineData(0, 1, 100, false, 99, 0, 0, "New")]
    // A store from before the epoch changed lacks the left epoch's last line.
    [InlineData(10, 2, 49, false, 49, 0, 0, "New")]
    [InlineData(10, 2, 80, false, 49, 0, 0, "New")]
    [InlineData(10, 1, 100, false, 99, 0, 0, "New")]
    // A copy that lived on holds it, acknowledged or by its tail.
    [InlineData(10, 2, 60, false, 50, 0, 0, "Cloned")]
    [InlineData(10, 2, 60, false, 50, 0, 999, "Cloned")]
    [InlineData(10, 1, 100, false, 100, 0, 0, "Cloned")]
    // An operator looked after the epoch was given: it counts no more.
    [InlineData(10, 2, 60, false, 50, 0, 1_000, "New")]
    // Seen and not cleared: nothing new for anybody, whoever asks; who agrees goes on.
    [InlineData(10, 3, 9, false, 9, 2_000, 0, "Cloned")]
    [InlineData(10, 3, 9, false, 9, 2_000, 2_000, "New")]
    [InlineData(0, 2, 60, false, 50, 2_000, 0, "Cloned")]
    [InlineData(10, 3, 10, true, 10, 2_000, 0, "Present")]
    public void Of_Request_IsJudged(long headSeq, long epoch, long seq, bool sameHash, long holds, long seen, long cleared, string expected)
    {
        Assert.Equal(expected, Judged(headSeq, new EpochRequest("d", epoch, seq, sameHash ? Held : Other, holds, []), seen, cleared, known: 0));
        Assert.Equal(expected, Judged(headSeq, new EpochRequest("d", epoch, seq, sameHash ? Held : Other, 0, [Other]), seen, cleared, known: holds));
    }

    [Fact]
    public void Of_DeviceThatTellsNoTail_IsTakenAtTheLengthOfItsJournal()
    {
        Assert.Equal("Cloned", Judged(10, new EpochRequest("d", 2, 60, Other), 0, 0, known: 0));
        Assert.Equal("New", Judged(10, new EpochRequest("d", 2, 49, Other), 0, 0, known: 0));
    }

    [Fact]
    public void Of_ForkWasRefused_BehindTheHead_IsNew() =>
        Assert.IsType<EpochVerdict.New>(EpochRule.Of(
            new EpochStanding(new DeviceHead(1, 3, 10, Convert.FromHexString(Held), 0, Codes.Fork, 5, 1), null, CloneMark.None, 10, 0),
            new EpochRequest("d", 3, 12, Other), Chain.Zero));

    private static string Judged(long headSeq, EpochRequest request, long seen, long cleared, long known)
    {
        var end = request.Epoch switch { 1 => 100, 2 => 50, 3 => headSeq, _ => 0 };
        var standing = new EpochStanding(
            new DeviceHead(1, 3, headSeq, Convert.FromHexString(Held), 0, "", 0, 0), new EpochGiven(3, 2, 1_000), new CloneMark(seen, "copies", cleared), end, known);
        return EpochRule.Of(standing, request, Convert.FromHexString(request.Hash)).GetType().Name;
    }
}

using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>Whether a site that began lower than it had left an accumulator ignored a limit, or could not know better. Book: deductible
/// 100.00 a year, then 60 %, cap 400.00. Item B1: the site takes 10 % of it as pre-self-pay, the hub 50 %.</summary>
public sealed class AccumulatorsIgnoredTests : IDisposable
{
    private const string Ana = "53092400000001";
    private const string FundPay = "FundPay/Year/2025/*";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;

    public AccumulatorsIgnoredTests()
    {
        _lab.Person(Ana);
        _lab.Item("B1", "B", "0.5", version: 9);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
    }

    public void Dispose() => _lab.Dispose();

    /// <summary>North claims (540.00 - 100.00) x 0.6 = 264.00, the hub cuts it down and tells so without the feed's version moving: by a
    /// look, or with a part of a delta. Then 200.00 of south's come from before. What north could know is not its fault.</summary>
    [Theory]
    [InlineData(SettledWords.Feed, 1, "Institution")]
    [InlineData(SettledWords.Lookup, 1, "Package")]
    [InlineData(SettledWords.Index, 1, "Package")]
    [InlineData(SettledWords.Feed, FeedNames.Mixed, "Package")]
    public void Settle_ViewThatWentDownWithinAVersion_IsNotTheSitesUnlessTheFeedAloneTellsIt(string knownBy, long stated, string bears)
    {
        _south.Settle(Ana, "2025-03-01", 200.00m);
        _north.Feeds[FeedNames.Accumulators] = stated;
        _north.Settle(Ana, "2025-03-03", 600.00m, item: "B1");
        _north.Send();
        _lab.SettleAll();
        _north.Pull(Ana);
        _north.Feeds[FeedNames.Accumulators] = stated;
        var second = _north.Settle(Ana, "2025-03-04", 400.00m, tamper: body => body with { KnownBy = knownBy });

        Deliver();

        Assert.EndsWith(bears, _lab.Decision(second.Settlement), StringComparison.Ordinal);
    }

    /// <summary>264.00 claimed and cut down to 120.00, told, and reversed: an agent of once held 120.00 - 264.00 + 300.00 = 156.00 after
    /// the next 300.00. Without a reversal the same is its own fault.</summary>
    [Theory]
    [InlineData(true, "Package")]
    [InlineData(false, "Institution")]
    public void Settle_AfterOneThatWasReversedAsCutDown_IsNotTheSites(bool isReversed, string bears)
    {
        var first = _north.Settle(Ana, "2025-03-03", 600.00m, item: "B1");
        Deliver();
        _north.Pull(Ana);
        if (isReversed)
        {
            _north.Reverse(first, "2025-03-04");
            _north.Believes(Ana, FundPay, 0);
        }
        _north.Settle(Ana, "2025-03-05", 600.00m);
        _north.Believes(Ana, FundPay, 156_00);
        var third = _north.Settle(Ana, "2025-03-06", 600.00m);

        Deliver();

        Assert.EndsWith(bears, _lab.Decision(third.Settlement), StringComparison.Ordinal);
    }

    private void Deliver()
    {
        _north.Send();
        _south.Send();
        _lab.SettleAll();
        Assert.Null(_lab.Store.Read(session => EdgeHub.Hub.VerifyCommand.Run(session, SettlementLab.Region)).First);
    }
}

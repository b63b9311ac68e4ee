using EdgeHub.Hub;
using EdgeHub.Sync.Feeds;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>The offline limit on the account's share of a person's day (B23). Ana's account holds 100.00 and pays for Bo too; the south takes
/// 80.00 of it for Bo, then the north, which does not know of that, up to 80.00 for Ana: 20.00 were left, so 60.00 were not there any more.
/// Nothing is beyond the deductible of 100.00, so the fund pays nothing.</summary>
public sealed class AccountLimitTests : IDisposable
{
    private const string Ana = "53092400000001";
    private const string Bo = "53092400000002";
    private const string Limit = "offline.outpatient.account_per_person_day";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;

    public AccountLimitTests()
    {
        _lab.Person(Ana, account: 10_000);
        _lab.Person(Bo, account: 10_000, owner: Ana);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
        _north.KnowsAccount(Ana, 10_000);
        _south.KnowsAccount(Ana, 10_000);
        _south.Settle(Bo, "2025-03-01", 80.00m, useAccount: true, owner: Ana);
    }

    public void Dispose() => _lab.Dispose();

    /// <summary>80.00 taken. Limit 50.00: 30.00 beyond it; 79.99: 0.01; 80.00: nothing; 0.00: 80.00, but only 60.00 were not there.</summary>
    [Theory]
    [InlineData("5000", "Adjusted  LimitIgnored 0/2000/6000 Institution", -3_000)]
    [InlineData("7999", "Adjusted  LimitIgnored 0/2000/6000 Institution", -1)]
    [InlineData("8000", "Adjusted  AccumulatorsStale 0/2000/6000 Package", 0)]
    [InlineData("0", "Adjusted  LimitIgnored 0/2000/6000 Institution", -6_000)]
    public void Settle_MoreOfTheAccountThanTheSitesLimit_ItBearsWhatIsBeyondAndWasNotThere(string value, string decision, long due)
    {
        _lab.Parameter(Limit, value, version: 2);
        _north.Feeds[FeedNames.Parameters] = 2;
        var visit = _north.Settle(Ana, "2025-03-03", 80.00m, useAccount: true);

        Deliver();

        Assert.Equal((decision, due, 6_000 + due), Borne(visit.Settlement));
    }

    /// <summary>40.00 and 40.00 of one day under a limit of 50.00: the second is 30.00 beyond it. Of the first 20.00 were there, of the second nothing.</summary>
    [Fact]
    public void Settle_TwiceADay_TheDaysSumCounts()
    {
        _lab.Parameter(Limit, "5000", version: 2);
        _north.Feeds[FeedNames.Parameters] = 2;
        var first = _north.Settle(Ana, "2025-03-03", 40.00m, useAccount: true);
        var second = _north.Settle(Ana, "2025-03-03", 40.00m, useAccount: true);

        Deliver();

        Assert.Equal("Adjusted  AccumulatorsStale 0/2000/2000 Package", _lab.Decision(first.Settlement));
        Assert.Equal(("Adjusted  LimitIgnored 0/0/4000 Institution", -3_000, 3_000), Borne(second.Settlement));
    }

    /// <summary>A limit that changed after the site's parameters is not held against it.</summary>
    [Fact]
    public void Settle_LimitThatTheSiteDidNotHave_IsThePackages()
    {
        _lab.Parameter(Limit, "5000", version: 3);
        _north.Feeds[FeedNames.Parameters] = 2;
        var visit = _north.Settle(Ana, "2025-03-03", 80.00m, useAccount: true);

        Deliver();

        Assert.Equal(("Adjusted  AccumulatorsStale 0/2000/6000 Package", 0, 6_000), Borne(visit.Settlement));
    }

    private (string Decision, long Due, long Stale) Borne(Guid settlement) => (
        _lab.Decision(settlement), _lab.Balance("ReceivableFrom", _north.Code),
        _lab.Number("select cast(coalesce(sum(offline_difference), 0) as bigint) from public_decided_rollup"));

    private void Deliver()
    {
        _south.Send();
        _north.Send();
        _lab.SettleAll();
        Assert.Null(_lab.Store.Read(session => VerifyCommand.Run(session, SettlementLab.Region)).First);
    }
}

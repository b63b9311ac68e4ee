using EdgeHub.Sync.Feeds;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>In or out of area is judged by where the person is pooled, whatever the site said. Book: a deductible of 100.00 a year,
/// then 60 % in the area and 80 % out of it, for both counties: of 150.00 the fund pays 30.00 or 40.00.</summary>
public sealed class AreaTests : IDisposable
{
    private const string Ana = "53092400000001";
    private const string Row = "\"530924,,,,,,,,,,2025-01-01,2025-12-31,year,100.00,0.6,,400.00\"";
    private readonly SettlementLab _lab = new(LabPolicy.Yearly.Replace(
        Row, string.Join(',', Of("530924", "no", "0.6"), Of("530924", "yes", "0.8"), Of("530921", "no", "0.6"), Of("530921", "yes", "0.8")), StringComparison.Ordinal));

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(6, "Adjusted  MemberStale 4000/0/11000 Person")] // the member's move came with feed version 7
    [InlineData(7, "Adjusted  MemberIgnored 4000/0/11000 Person")]
    public void Settle_PersonWhoMovedToAnotherCounty_IsJudgedByTheRowOutOfArea(long had, string decision)
    {
        _lab.Person(Ana, area: "530921", version: 7);
        var site = _lab.Site("530924100201", 1);
        site.Feeds[FeedNames.Members] = had;
        var visit = site.Settle(Ana, "2025-03-03", 150.00m);
        site.Send();
        _lab.SettleAll();

        Assert.Equal(decision, _lab.Decision(visit.Settlement));
        Assert.Equal(1000, _lab.Balance("PayableTo", Ana));
        Assert.Equal(-4000, _lab.Balance("Suspense", "530921"));
        Assert.Equal(0, _lab.Balance("PackageBudget", "*"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Settle_PersonOfTheAreaSaidToBeOutOfIt_IsJudgedByTheRowOfTheArea_AndTheSiteOwesTheRest(long had)
    {
        _lab.Person(Ana);
        var site = _lab.Site("530924100201", 1);
        site.Feeds[FeedNames.Members] = had;
        site.SaysOutOfArea = true;
        var visit = site.Settle(Ana, "2025-03-03", 150.00m);
        site.Send();
        _lab.SettleAll();

        Assert.Equal(4000, visit.Shares.Fund);
        Assert.Equal("Adjusted  ComputedOtherwise 3000/0/12000 Institution", _lab.Decision(visit.Settlement));
        Assert.Equal(-1000, _lab.Balance("ReceivableFrom", site.Code));
        Assert.Equal(-3000, _lab.Balance("PackageBudget", "*"));
    }

    private static string Of(string area, string outOfArea, string rate) => $"\"{area},,,{outOfArea},,,,,,,2025-01-01,2025-12-31,year,100.00,{rate},,400.00\"";
}

using EdgeHub.Agent.Settlement;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

public sealed class SettleVisitTests
{
    [Fact]
    public async Task Settle_TheWorkedExample_SharesAsPublished()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1, "13");
        var bill = station.Bill(1m) with
        {
            // Total 68.50, class B pre-self-pay 1.85: 18.50 of class B at 10 %.
            Lines = [new LineGiven("B1", 1.85m, 10m, 18_50), new LineGiven("A1", 50m, 1m, 50_00)],
        };
        var settled = Station.Settled(await station.Settle(visit.Visit, bill));
        Assert.Equal(new TotalsShown(68_50, 0, 0, 1_85, 66_65, 0), settled.Totals);
        Assert.Equal(new SharesShown(30_00, 12_00, 26_50), settled.Shares);
        Assert.All(settled.Steps, step => Assert.NotEqual("", step.Rule));
        Assert.Contains(settled.Limits, limit => limit.Name == "cap/day" && limit is { Before: 30_00, After: 0 });
    }
}

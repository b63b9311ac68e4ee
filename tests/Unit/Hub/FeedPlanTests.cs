using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>A page reads its own rows by an index, never a whole table: what a clinic asks for must not cost a county's size.</summary>
public sealed class FeedPlanTests
{
    [Theory]
    [Trait("Engine", "Sqlite")] // reads SQLite's plan of a query; PostgreSQL's rests on statistics of the rows, which a test has not
    [InlineData(FeedNames.Members)]
    [InlineData(FeedNames.Accumulators)]
    [InlineData(FeedNames.Payables)]
    [InlineData(FeedNames.Catalogue)]
    [InlineData(FeedNames.Blacklist)]
    [InlineData(FeedNames.Decisions)]
    [InlineData(FeedNames.County)]
    public void Statements_OfAPage_SearchAndNeverScan(string feed)
    {
        var watch = new Statements();
        using var hub = new TempHub(watch);
        using var site = new FeedPull(hub);
        site.Serve(FeedPull.Village);
        site.Accumulate(("P", "FundPay/Year/2025/*", 1));
        var before = watch.Sql.Count;
        site.Pull(feed, 0);
        site.Pull(feed, 1);
        var asked = watch.Sql.Skip(before).Where(sql => sql.Contains("limit 5001", StringComparison.Ordinal)).Distinct().ToList();
        Assert.NotEmpty(asked);
        var plans = hub.Store.Read(session => asked.Select(sql =>
        {
            using var rows = session.Prepared("explain query plan " + sql).Read("r", "s", 1L, "", "");
            var plan = new List<string>();
            while (rows.Read())
            {
                plan.Add(rows.GetString(3));
            }
            return (sql, plan);
        }).ToList());
        Assert.All(plans, each => Assert.DoesNotContain(each.plan, step => step.StartsWith("SCAN", StringComparison.Ordinal) || step.EndsWith("(region=?)", StringComparison.Ordinal)));
    }

    private sealed class Statements : IStoreWatch
    {
        public List<string> Sql { get; } = [];

        public void At(StorePoint point, string sql)
        {
            if (point == StorePoint.Statement)
            {
                lock (Sql)
                {
                    Sql.Add(sql);
                }
            }
        }
    }
}

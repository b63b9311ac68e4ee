using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Tests.Unit.Postgres;

/// <summary>The hub's tables on Citus. Runs where the server has the extension and is preloaded with it, with the machines of
/// EDGEHUB_TEST_CITUS_WORKERS (host:port, host:port) beside it; elsewhere it is skipped by name.</summary>
[Trait("Engine", "Postgres")]
public sealed class CitusTests
{
    [CitusFact]
    public void Hub_OnACoordinatorAndItsWorkers_HasEveryTableOfARegionSpreadByRegion()
    {
        using var database = TestServer.Empty();
        TestServer.Execute("create extension citus", database.Words);
        foreach (var worker in CitusFactAttribute.Workers)
        {
            var (host, port) = (worker.Split(':')[0], worker.Split(':')[1]);
            TestServer.Execute($"select citus_add_node('{host}', {port})", database.Words);
        }
        var folder = Directory.CreateTempSubdirectory("citus-").FullName;
        using (var hub = HubStore.OpenOrMake(folder, new HubSettings("530924", "Asia/Shanghai", 0), TimeProvider.System, new SystemEntropy(), place: database.Words))
        {
            Assert.Equal(0, hub.Read(session => session.ExecuteScalar<long>("""
                select count(*) from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
                and not exists (select 1 from pg_dist_partition p where p.logicalrelid = c.oid)
                """)));
            Assert.Equal(1, hub.Write(session => FeedVersions.Next(session, hub.Region, FeedNames.Members)));
            var day = new DateOnly(2025, 3, 3);
            Account Of(AccountKind kind) => new(hub.Region, Currency.Cny, kind, "*", "CountyPackage", "2025");
            var movement = new Movement(LedgerEvent.SettlementDecided, Of(AccountKind.PackageBudget), Of(AccountKind.SettledPool), 3000);
            hub.Write(session => LedgerStore.Post(session, new PostingSet(new Guid(1, 0, 0, new byte[8]), hub.Region, "settlement/1", day, day, [movement])));
            Assert.ThrowsAny<Exception>(() => hub.Write(session => session.Execute("update ledger_leg set fen = 1 where region = '530924'")));
        }
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>A test that needs Citus.</summary>
public sealed class CitusFactAttribute : FactAttribute
{
    public CitusFactAttribute() => Skip = !TestServer.IsThere ? $"{TestServer.Variable} names no server"
        : !IsAvailable() ? "the server has no extension citus (pg_available_extensions)"
        : Workers.Count == 0 ? "EDGEHUB_TEST_CITUS_WORKERS names no machines"
        : null;

    public static IReadOnlyList<string> Workers { get; } =
        (Environment.GetEnvironmentVariable("EDGEHUB_TEST_CITUS_WORKERS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsAvailable()
    {
        using var store = PostgresStore.Open(TestServer.Words!, TimeProvider.System, PostgresUse.Reader);
        return store.Read(session => session.ExecuteScalar<bool>("select exists (select 1 from pg_available_extensions where name = 'citus')"));
    }
}

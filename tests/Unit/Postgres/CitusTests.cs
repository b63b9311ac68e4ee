using System.Diagnostics;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Tests.Unit.Postgres;

/// <summary>The hub's tables on Citus. What needs its machines (tests/postgres.sh, start_citus) is skipped by name without them.</summary>
[Trait("Engine", "Postgres")]
public sealed class CitusTests
{
    [CitusFact]
    public void Hub_OnACoordinatorAndItsWorkers_HasEveryTableOfARegionSpreadByRegion()
    {
        using var database = TestServer.Empty();
        var folder = Directory.CreateTempSubdirectory("citus-").FullName;
        using (var hub = HubStore.OpenOrMake(folder, new HubSettings("530924", "Asia/Shanghai", 0), TimeProvider.System, new SystemEntropy(), place: database.Words))
        {
            Assert.Equal(2, hub.Read(session => session.ExecuteScalar<long>("select count(*) from citus_get_active_worker_nodes()")));
            Assert.Equal(0, hub.Read(session => session.ExecuteScalar<long>("""
                select count(*) from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
                and not exists (select 1 from pg_dist_partition p where p.logicalrelid = c.oid)
                """)));
            // Reference tables have no column (partmethod n); the others lie in one group of places.
            Assert.Equal(CitusPlacing.National.Count, hub.Read(session => session.ExecuteScalar<long>("select count(*) from pg_dist_partition where partmethod = 'n'")));
            Assert.Equal(1, hub.Read(session => session.ExecuteScalar<long>("select count(distinct colocationid) from pg_dist_partition where partmethod = 'h'")));
            Assert.Equal(1, hub.Write(session => FeedVersions.Next(session, hub.Region, FeedNames.Members)));
            var day = new DateOnly(2025, 3, 3);
            Account Of(AccountKind kind) => new(hub.Region, Currency.Cny, kind, "*", "CountyPackage", "2025");
            var movement = new Movement(LedgerEvent.SettlementDecided, Of(AccountKind.PackageBudget), Of(AccountKind.SettledPool), 3000);
            hub.Write(session => LedgerStore.Post(session, new PostingSet(new Guid(1, 0, 0, new byte[8]), hub.Region, "settlement/1", day, day, [movement])));
            Assert.ThrowsAny<Exception>(() => hub.Write(session => session.Execute("update ledger_leg set fen = 1 where region = '530924'")));
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A foreign key is taken only to a table that was placed before.</summary>
    [PostgresFact]
    public void Order_OfPlacing_HasEveryTableOnceNationalFirstAndEachBehindThoseItPointsAt()
    {
        using var database = TestServer.Migrated();
        using var store = PostgresStore.Open(database.Words, TimeProvider.System, PostgresUse.Reader);
        var order = store.Read(CitusPlacing.InOrder).ToList();
        Assert.Equal(order.Distinct(StringComparer.Ordinal).Count(), order.Count);
        Assert.Equal(store.Read(session => session.ExecuteScalar<long>("select count(*) from pg_tables where schemaname = 'public'")), order.Count);
        Assert.Equal(CitusPlacing.National, order.Take(CitusPlacing.National.Count));
        Assert.True(order.IndexOf("ledger_account") < order.IndexOf("ledger_leg") && order.IndexOf("ledger_set") < order.IndexOf("ledger_leg"), string.Join(", ", order));
    }

    [PostgresFact]
    public void Placing_WithoutTheExtension_DoesNothing()
    {
        using var database = TestServer.Migrated();
        using var store = PostgresStore.Open(database.Words, TimeProvider.System);
        var has = store.Read(session => session.ExecuteScalar<bool>("select exists (select 1 from pg_extension where extname = 'citus')"));
        Assert.Equal((TestServer.Workers.Count > 0, 0), (has, has ? 0 : CitusPlacing.Apply(store)));
    }

    /// <summary>The shell's question before it starts any machine: the extension's control file and its library, both.</summary>
    [UnixFact]
    public void Detection_InTheServersFolders_SaysYesOnlyWithControlFileAndLibrary()
    {
        var folder = Directory.CreateTempSubdirectory("extension-").FullName;
        Assert.False(Has(folder));
        File.WriteAllText(Path.Combine(folder, "citus.control"), "");
        Assert.False(Has(folder));
        File.WriteAllText(Path.Combine(folder, "citus.so"), "");
        Assert.True(Has(folder));
        Directory.Delete(folder, recursive: true);
    }

    private static bool Has(string folder)
    {
        var script = Path.Combine(Root(), "tests", "postgres.sh");
        using var shell = Process.Start("bash", ["-c", $"source '{script}'; has_citus '{folder}' '{folder}'"]);
        shell.WaitForExit();
        return shell.ExitCode == 0;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeHub.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("No folder above the tests holds EdgeHub.sln.");
    }
}

/// <summary>A test that needs Citus.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CitusFactAttribute : FactAttribute
{
    public CitusFactAttribute() => Skip = !TestServer.IsThere ? $"{TestServer.Variable} names no server"
        : TestServer.Workers.Count == 0 ? "EDGEHUB_TEST_CITUS_WORKERS names no machines: the server's programs have no extension citus (tests/postgres.sh, has_citus)"
        : null;
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;
using Npgsql;

namespace EdgeHub.Tests.Unit.Postgres;

/// <summary>The private server of a test run (tests/postgres.sh), named by EDGEHUB_TEST_POSTGRES. Where it is named, the fixtures of
/// the hub's stores open a fresh database there instead of a file.</summary>
public static partial class TestServer
{
    public const string Variable = "EDGEHUB_TEST_POSTGRES";

    private static readonly Lazy<string> Template = new(MakeTemplate);
    private static readonly ConcurrentBag<TestDatabase> Clean = [];

    // As a superuser's replica: the guards of the ledger let nobody else delete.
    private const string Sweep = """
        set session_replication_role = replica;
        do $$ declare t text; full_one boolean; begin
            for t in select tablename from pg_tables where schemaname = 'public' and tablename <> 'migration' loop
                execute format('select exists (select 1 from %I)', t) into full_one;
                if full_one then execute format('delete from %I', t); end if;
            end loop;
        end $$
        """;

    private static int _made;

    /// <summary>Null: the tests run on SQLite.</summary>
    public static string? Words { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } words ? words : null;

    public static bool IsThere => Words is not null;

    /// <summary>A database without tables.</summary>
    /// <param name="tablespace">Where its files lie; null: where the server's others do.</param>
    public static TestDatabase Empty(string? tablespace = null) => Make("template0", tablespace);

    /// <summary>The workers beside the server, as host:port, where it is a coordinator of Citus.</summary>
    public static IReadOnlyList<string> Workers { get; } =
        (Environment.GetEnvironmentVariable("EDGEHUB_TEST_CITUS_WORKERS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A database with the hub's tables: one that a test gave back, else a copy of one that was migrated once. On Citus one
    /// without tables, which the hub makes and spreads itself: no copy knows its workers.</summary>
    public static TestDatabase Migrated() => Workers.Count > 0 ? Empty() : Clean.TryTake(out var clean) ? clean : Make(Template.Value);

    /// <summary>Takes the rows out of a migrated database; making one anew takes ten times as long.</summary>
    internal static void GiveBack(TestDatabase database)
    {
        Execute(Sweep, database.Words);
        Clean.Add(database);
    }

    /// <summary>What a test plants by hand, in the words of the engine that it runs on: guards that SQLite drops are passed by as a
    /// superuser's replica, and bytes have another type.</summary>
    public static string Planted(string sql) => !IsThere
        ? sql
        : Triggers().Replace(sql, "set local session_replication_role = replica;").Replace(" as blob)", " as bytea)", StringComparison.Ordinal)
            .Replace("x'000000000000000000'", "'\\x000000000000000000'::bytea", StringComparison.Ordinal);

    [GeneratedRegex(@"drop trigger \w+;", RegexOptions.None, 60_000)]
    private static partial Regex Triggers();

    /// <summary>Runs on the server itself.</summary>
    public static void Execute(string sql, string? words = null)
    {
        using var connection = new NpgsqlConnection((words ?? Words) + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    internal static string WordsFor(string database) => new NpgsqlConnectionStringBuilder(Words) { Database = database }.ToString();

    private static TestDatabase Make(string template, string? tablespace = null)
    {
        var name = NewName();
        Execute(template == "template0"
            ? $"create database {name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'{(tablespace is null ? "" : " tablespace " + tablespace)}"
            : $"create database {name} template {template}");
        if (Workers.Count > 0)
        {
            Spread(name);
        }
        return new TestDatabase(name, isMigrated: template != "template0");
    }

    /// <summary>The database on each worker too, and the workers made known to it. Few shards: a test has few regions.</summary>
    private static void Spread(string name)
    {
        foreach (var worker in Workers)
        {
            Execute($"create database {name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'", WordsOf(worker, "postgres"));
            Execute("create extension citus", WordsOf(worker, name));
        }
        Execute($"create extension citus; alter database {name} set citus.shard_count = 4", WordsFor(name));
        var own = new NpgsqlConnectionStringBuilder(Words);
        Execute($"select citus_set_coordinator_host('{own.Host}', {own.Port})", WordsFor(name));
        foreach (var worker in Workers)
        {
            var at = new NpgsqlConnectionStringBuilder(WordsOf(worker, name));
            Execute($"select citus_add_node('{at.Host}', {at.Port})", WordsFor(name));
        }
    }

    internal static string WordsOf(string worker, string database) => new NpgsqlConnectionStringBuilder(Words)
    {
        Host = worker.Split(':')[0], Port = int.Parse(worker.Split(':')[1], CultureInfo.InvariantCulture), Database = database,
    }.ToString();

    private static string MakeTemplate()
    {
        var database = Make("template0");
        using var store = PostgresStore.Open(database.Words, TimeProvider.System);
        HubMigrations.Apply(store);
        return database.Name;
    }

    private static string NewName() =>
        string.Create(CultureInfo.InvariantCulture, $"t{Environment.ProcessId}_{Interlocked.Increment(ref _made)}");
}

/// <summary>One database of a test, gone or empty behind it.</summary>
public sealed class TestDatabase(string name, bool isMigrated) : IDisposable
{
    public string Name { get; } = name;

    public string Words { get; } = TestServer.WordsFor(name);

    public void Dispose()
    {
        if (isMigrated)
        {
            TestServer.GiveBack(this);
            return;
        }
        TestServer.Execute($"drop database if exists {Name} with (force)");
        foreach (var worker in TestServer.Workers)
        {
            TestServer.Execute($"drop database if exists {Name} with (force)", TestServer.WordsOf(worker, "postgres"));
        }
    }
}

/// <summary>A test that needs the server; without it, it is skipped by name.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = TestServer.IsThere ? null : $"{TestServer.Variable} names no server";
}

/// <inheritdoc cref="PostgresFactAttribute"/>
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = TestServer.IsThere ? null : $"{TestServer.Variable} names no server";
}

using System.Collections.Concurrent;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Rules.States;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.Data.Sqlite;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>What a clinic has more of with every patient is never read through from its first row to its last for the next one: after a year of
/// 30,000 settlements a check-in would take longer than the disk.</summary>
public sealed class StatementPlanTests
{
    /// <summary>Tables with a row or more for each patient who was treated.</summary>
    private static readonly string[] Growing = ["journal", "settlement", "accumulator_move", "request", "visit", "member"];

    [Fact]
    public async Task Statements_OfADay_FindWhatGrowsByAnIndex()
    {
        var statements = new Statements();
        await using var station = await Station.Start();
        await station.Restart(statements);
        var treated = await station.Treat(1, 160m);
        await station.Treat(2, 50m);
        Assert.IsType<MoneyOutcome.Done>(await station.Reverse(treated.Settlement));
        await station.CheckIn(1);
        var queue = station.Part<VisitQueue>();
        await queue.Today();
        await queue.CallNext(QueueState.CheckedIn, "1", "a");
        await station.Sync();

        Assert.True(statements.Texts.Count > 40, $"{statements.Texts.Count} statements were seen");
        using var store = new SqliteConnection($"Data Source={Path.Combine(station.Folder, "agent.db")};Pooling=False");
        store.Open();
        Assert.Empty(statements.Texts.SelectMany(sql => Scans(store, sql)));
    }

    [Fact]
    public async Task Breaks_AStatementThatReadsEverySettlement_IsFound()
    {
        await using var station = await Station.Start();
        using var store = new SqliteConnection($"Data Source={Path.Combine(station.Folder, "agent.db")};Pooling=False");
        store.Open();
        Assert.NotEmpty(Scans(store, "select settlement from settlement where visit = $1"));
        Assert.NotEmpty(Scans(store, "select exists (select 1 from settlement s where s.fund = q.number) from queue q"));
        Assert.Empty(Scans(store, "select settlement from settlement where visit = $1 and reversal is null"));
    }

    /// <summary>The steps of a statement's plan that read a growing table through.</summary>
    private static IEnumerable<string> Scans(SqliteConnection store, string sql)
    {
        if (!sql.TrimStart().StartsWith("select", StringComparison.Ordinal) && !sql.TrimStart().StartsWith("with", StringComparison.Ordinal)
            && !sql.TrimStart().StartsWith("update", StringComparison.Ordinal) && !sql.TrimStart().StartsWith("delete", StringComparison.Ordinal))
        {
            yield break;
        }
        // A table's short name in the statement stands in the plan in its place.
        var names = Growing.Where(table => !sql.Contains("from " + table + " order by", StringComparison.Ordinal)).ToDictionary(table => table, table => table, StringComparer.Ordinal);
        var words = sql.Split([' ', '\n', '\r', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        for (var at = 1; at + 1 < words.Length; at++)
        {
            if (words[at - 1] is "from" or "join" && Growing.Contains(words[at], StringComparer.Ordinal))
            {
                names[words[at + 1]] = words[at];
            }
        }
        using var explain = store.CreateCommand();
        explain.CommandText = "explain query plan " + sql;
        for (var number = 1; sql.Contains("$" + number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal); number++)
        {
            explain.Parameters.AddWithValue("$" + number.ToString(System.Globalization.CultureInfo.InvariantCulture), DBNull.Value);
        }
        using var plan = explain.ExecuteReader();
        while (plan.Read())
        {
            var step = plan.GetString(3).Split(' ');
            if (step is ["SCAN", var name, ..] && names.TryGetValue(name, out var table))
            {
                yield return $"{table} is read through: {string.Join(' ', step)}: {sql}";
            }
        }
    }

    private sealed class Statements : IStoreWatch
    {
        private readonly ConcurrentDictionary<string, bool> _texts = new(StringComparer.Ordinal);

        public IReadOnlyCollection<string> Texts => [.. _texts.Keys];

        public void At(StorePoint point, string sql)
        {
            if (point == StorePoint.Statement)
            {
                _texts.TryAdd(sql, true);
            }
        }
    }
}

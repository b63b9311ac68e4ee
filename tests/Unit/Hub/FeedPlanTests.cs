using System.Text.RegularExpressions;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>A page reads its own rows by an index, never a whole table: what a clinic asks for must not cost a county's size.</summary>
public sealed partial class FeedPlanTests
{
    [Theory]
    [InlineData(FeedNames.Members)]
    [InlineData(FeedNames.Accumulators)]
    [InlineData(FeedNames.Payables)]
    [InlineData(FeedNames.Catalogue)]
    [InlineData(FeedNames.Blacklist)]
    [InlineData(FeedNames.Decisions)]
    [InlineData(FeedNames.County)]
    [InlineData(FeedNames.Quarantine)]
    public void Statements_OfAPage_SearchAndNeverScan(string feed)
    {
        var watch = new Statements();
        using var hub = new TempHub(watch);
        using var site = new FeedPull(hub);
        site.Serve(FeedPull.Village);
        site.Accumulate(("P", "FundPay/Year/2025/*", 1));
        if (TestServer.IsThere)
        {
            hub.Store.Write(session => session.Execute(ManyRows));
        }
        var before = watch.Sql.Count;
        site.Pull(feed, 0);
        site.Pull(feed, 1);
        var asked = watch.Sql.Skip(before).Where(sql => sql.Contains("limit 5001", StringComparison.Ordinal)).Distinct().ToList();
        Assert.NotEmpty(asked);
        foreach (var sql in asked)
        {
            var plan = hub.Store.Read(session => TestServer.IsThere ? PostgresPlan(session, sql) : SqlitePlan(session, sql));
            Assert.True(plan.Whole.Count == 0, $"{string.Join("; ", plan.Whole)}{Environment.NewLine}{sql}{Environment.NewLine}{plan.Text}");
        }
    }

    /// <summary>A county's worth in small: 5,000 rows of every feed's table, in a hundred villages, and as many devices.</summary>
    private const string ManyRows = """
        do $$ declare t text; columns text; begin
            for t in select c.table_name from information_schema.columns c join pg_tables p on p.tablename = c.table_name
                     where p.schemaname = 'public' and (c.column_name in ('version', 'feed_version') and c.table_name <> 'feed_version' or c.table_name = 'device' and c.column_name = 'device_no') loop
                select string_agg(case
                    when column_name = 'region' then '''530924'''
                    when column_name in ('village', 'site') then '''5309241'' || lpad(cast(i % 100 as text), 5, ''0'')'
                    when column_name = 'person' then '''P'' || i'
                    when column_name = 'state' then '''in'''
                    when data_type = 'bigint' then case when column_name in ('version', 'feed_version', 'hash', 'seq', 'device_no') then 'i' else '1' end
                    when data_type = 'boolean' then 'false'
                    when data_type = 'date' then 'date ''2025-01-01'''
                    when data_type = 'uuid' then 'gen_random_uuid()'
                    when data_type = 'bytea' then 'cast(cast(i as text) as bytea)'
                    else '''k'' || i' end, ', ' order by ordinal_position)
                into columns from information_schema.columns where table_name = t;
                execute format('insert into %I select %s from generate_series(1, 5000) i on conflict do nothing', t, columns);
            end loop;
        end $$;
        analyze
        """;

    private static (List<string> Whole, string Text) SqlitePlan(StoreSession session, string sql)
    {
        var steps = Steps(session, "explain query plan " + sql, 3, "r", "s", 1L, "", "");
        return ([.. steps.Where(step => step.StartsWith("SCAN", StringComparison.Ordinal) || step.EndsWith("(region=?)", StringComparison.Ordinal))], string.Join(Environment.NewLine, steps));
    }

    /// <summary>PostgreSQL's plan rests on how many rows there are; and of a small table it would rather read all. Asked to leave that
    /// where it can, it shows whether there is an index. A condition of an index that names the region alone would be all of a region.</summary>
    private static (List<string> Whole, string Text) PostgresPlan(StoreSession session, string sql)
    {
        session.Execute("set local enable_seqscan = off; set local enable_bitmapscan = off");
        // Prepared by name, for then the statement says of what type its values are.
        var values = new[] { TempHub.Region, FeedPull.Site, "1", "0", "0" }.Take(Enumerable.Range(1, 5).Count(number => sql.Contains($"${number}", StringComparison.Ordinal)));
        session.Execute($"prepare page as {sql}");
        var steps = Steps(session, $"explain (costs off) execute page({string.Join(", ", values.Select(value => $"'{value}'"))})", 0);
        session.Execute("deallocate page");
        var whole = steps.Where(step => step.Contains("Seq Scan", StringComparison.Ordinal)).ToList();
        for (var i = 0; i < steps.Count; i++)
        {
            if (!IndexScan().IsMatch(steps[i]))
            {
                continue;
            }
            var condition = i + 1 < steps.Count && steps[i + 1].TrimStart().StartsWith("Index Cond: ", StringComparison.Ordinal) ? steps[i + 1].Trim() : "";
            if (condition.Length == 0 || OfTheRegionAlone().IsMatch(condition))
            {
                whole.Add($"{steps[i].Trim()}: {condition}");
            }
        }
        return (whole, string.Join(Environment.NewLine, steps));
    }

    [GeneratedRegex("Index (?:Only )?Scan", RegexOptions.None, 60_000)]
    private static partial Regex IndexScan();

    [GeneratedRegex(@"^Index Cond: \(\(?region = [^)]*\)$", RegexOptions.None, 60_000)]
    private static partial Regex OfTheRegionAlone();

    private static List<string> Steps(StoreSession session, string sql, int column, params object?[] values)
    {
        using var rows = session.Prepared(sql).Read(values);
        var steps = new List<string>();
        while (rows.Read())
        {
            steps.Add(rows.GetString(column));
        }
        return steps;
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

using System.Diagnostics;
using System.Globalization;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Tests.Bench;

/// <summary>What clearing asks (visits, totals and the fund's share by posting month and institution), from the decided rollup and from
/// the facts and their decisions themselves, on the hub's own tables; both engines, the same rows, the same answer.</summary>
internal static class ClearingBench
{
    private const string Region = "530924";
    private const int Institutions = 97;
    private const int Months = 12;
    private const int Times = 7;
    private const int RowsInTransaction = 50_000;

    private const string Full = """
        select d.posting_month, f.institution, count(*), cast(coalesce(sum(f.total), 0) as bigint), cast(coalesce(sum(d.fund), 0) as bigint)
        from settlement_fact f join decision d
          on d.region = f.region and d.device_no = f.device_no and d.epoch = f.epoch and d.seq = f.seq and d.version = f.decision_version
        where f.region = $1 and f.standing = 'Stands' group by d.posting_month, f.institution order by 1, 2
        """;

    private const string Rollup = """
        select posting_month, institution, cast(coalesce(sum(visits), 0) as bigint), cast(coalesce(sum(total), 0) as bigint), cast(coalesce(sum(fund), 0) as bigint)
        from public_decided_rollup where region = $1 group by posting_month, institution order by 1, 2
        """;

    private const string FillRollup = """
        insert into decided_rollup (region, posting_month, service_month, institution, visit_type, currency, charged_to, visits, total, in_scope, fund,
                                    account, cash, owed, offline_difference, receivable, refunded)
        select f.region, d.posting_month, substr(cast(f.service_day as text), 1, 7), f.institution, f.visit_type, f.currency, '', count(*), cast(coalesce(sum(f.total), 0) as bigint), 0,
               cast(coalesce(sum(d.fund), 0) as bigint), 0, 0, 0, 0, 0, 0
        from settlement_fact f join decision d
          on d.region = f.region and d.device_no = f.device_no and d.epoch = f.epoch and d.seq = f.seq and d.version = f.decision_version
        where true group by f.region, d.posting_month, substr(cast(f.service_day as text), 1, 7), f.institution, f.visit_type, f.currency
        """;

    public static void Run(PostgresServer? postgres, string folder, int facts, Report report)
    {
        Directory.CreateDirectory(folder);
        using (var sqlite = SqliteStore.Open(Path.Combine(folder, "clearing.db")))
        {
            On(sqlite, "SQLite", "select name, type from pragma_table_info('{0}')", facts, report);
        }
        if (postgres is not null)
        {
            using var store = PostgresStore.Open(postgres.Database(), TimeProvider.System);
            On(store, "PostgreSQL", "select column_name as name, data_type as type from information_schema.columns where table_name = '{0}' order by ordinal_position", facts, report);
        }
    }

    private static void On(Store store, string engine, string columnsOf, int facts, Report report)
    {
        HubMigrations.Apply(store);
        var (factColumns, decisionColumns) = (Columns(store, columnsOf, "settlement_fact"), Columns(store, columnsOf, "decision"));
        for (var from = 0; from < facts; from += RowsInTransaction)
        {
            var (first, count) = (from, Math.Min(RowsInTransaction, facts - from));
            store.Write(session => Fill(session, "settlement_fact", factColumns, first, count));
            store.Write(session => Fill(session, "decision", decisionColumns, first, count));
        }
        store.Write(session => session.Execute(FillRollup));
        if (engine == "PostgreSQL")
        {
            store.Write(session => session.Execute("analyze settlement_fact, decision, decided_rollup"));
        }
        if (!Answer(store, Full).SequenceEqual(Answer(store, Rollup)))
        {
            throw new InvalidOperationException("The rollup and the facts say different things.");
        }
        var (full, rollup) = (Median(store, Full), Median(store, Rollup));
        report.Add(new Row(
            $"clearing through the rollup ÷ full group-by of {facts.ToString("N0", CultureInfo.InvariantCulture)}, {engine}",
            $"{rollup:0.00} ms", $"{full:0} ms", rollup / full, .02, AtLeast: false));
    }

    private static double Median(Store store, string sql) => Child.Median(Enumerable.Range(0, Times).Select(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        Answer(store, sql);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }));

    private static List<string> Answer(Store store, string sql) => store.Read(session =>
    {
        var rows = new List<string>();
        using var row = session.Prepared(sql).Read(Region);
        while (row.Read())
        {
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"{row.GetString(0)} {row.GetString(1)} {row.GetInt64(2)} {row.GetInt64(3)} {row.GetInt64(4)}"));
        }
        return rows;
    });

    private static IReadOnlyList<Column> Columns(Store store, string sql, string table) =>
        store.Read(session => session.Query<Column>(string.Format(CultureInfo.InvariantCulture, sql, table)));

    /// <summary>Rows of the table's own width: what clearing reads varies, the rest is as long as it is in life.</summary>
    private static void Fill(StoreSession session, string table, IReadOnlyList<Column> columns, int first, int count)
    {
        using var rows = session.Rows(table, [.. columns.Select(column => column.Name)]);
        for (var number = first; number < first + count; number++)
        {
            rows.Row();
            foreach (var column in columns)
            {
                Cell(rows, column, number);
            }
        }
        rows.Done();
    }

    private static void Cell(RowWriter rows, Column column, int number)
    {
        var month = 1 + (number % Months);
        switch (column.Name)
        {
            case "region": rows.Add(Region); return;
            case "seq" or "place_seq": rows.Add((long)number); return;
            case "institution" or "site" or "key_site": rows.Add(Site(number % Institutions)); return;
            case "posting_month": rows.Add(string.Create(CultureInfo.InvariantCulture, $"2025-{month:00}")); return;
            case "service_day": rows.Add(new DateOnly(2025, month, 1 + (number % 28))); return;
            case "standing": rows.Add("Stands"); return;
            case "currency": rows.Add("CNY"); return;
            case "visit_type": rows.Add(number % 7 == 0 ? "21" : "11"); return;
            case "total": rows.Add(1_000L + (number % 9_000)); return;
            case "fund": rows.Add(400L + (number % 900)); return;
            case "decision_version" or "version" or "device_no" or "epoch": rows.Add(1L); return;
            case "decision" or "settlement": rows.Add(new Guid(number, 7, 7, 1, 2, 3, 4, 5, 6, 7, 8)); return;
            case "replaces": rows.AddNull(); return;
            default: Other(rows, column.Type); return;
        }
    }

    private static void Other(RowWriter rows, string type)
    {
        switch (type)
        {
            case "bigint": rows.Add(12_345L); break;
            case "boolean": rows.Add(false); break;
            case "date": rows.Add(new DateOnly(2025, 1, 1)); break;
            case "uuid": rows.AddNull(); break;
            default: rows.Add("0123456789ab"); break;
        }
    }

    private static readonly string[] Sites = [.. Enumerable.Range(0, Institutions).Select(number => (530924100000L + number).ToString(CultureInfo.InvariantCulture))];

    private static string Site(int number) => Sites[number];

    private sealed class Column
    {
        public string Name { get; set; } = "";

        public string Type { get; set; } = "";
    }
}

using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>The schema as the engine itself tells it: region is the first column of each key, so that the same tables can be spread
/// over machines by region.</summary>
public sealed class RegionFirstTests : IDisposable
{
    /// <summary>Tables that are the same for every region: the list by which the tables are spread over machines.</summary>
    private static IReadOnlyList<string> National => CitusPlacing.National;

    private readonly SettlementLab _lab = new();

    private bool IsPostgres => _lab.Store.Engine == PostgresStore.EngineName;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void PrimaryKeys_OfAllTables_BeginWithRegion()
    {
        var keys = _lab.Query<KeyOfTable>(IsPostgres
            ? """
              select c.relname as "Table", coalesce((
                  select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                  where i.indrelid = c.oid and i.indisprimary), '') as "First"
              from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1
              """
            : """
              select m.name as "Table", coalesce((select p.name from pragma_table_info(m.name) p where p.pk = 1), '') as "First"
              from sqlite_master m where m.type = 'table' and m.name not like 'sqlite_%' order by 1
              """);

        Assert.True(keys.Count > 30, "No tables were found: the test looks in the wrong place.");
        Assert.Empty(keys.Where(key => key.First != "region" && !National.Contains(key.Table)).Select(key => $"{key.Table}: {key.First}"));
        Assert.DoesNotContain(National, table => !keys.Any(key => key.Table == table));
    }

    /// <summary>A unique index without the region could not be kept by machines that each know their regions alone.</summary>
    [Fact]
    public void UniqueIndexes_OfAllTables_BeginWithRegion()
    {
        var keys = _lab.Query<KeyOfTable>(IsPostgres
            ? """
              select c.relname || '.' || x.relname as "Table", a.attname as "First"
              from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
              join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
              where i.indisunique and not i.indisprimary and c.relnamespace = 'public'::regnamespace
              """
            : """
              select m.name || '.' || l.name as "Table", i.name as "First"
              from sqlite_master m join pragma_index_list(m.name) l join pragma_index_info(l.name) i
              where m.type = 'table' and l."unique" = 1 and l.origin <> 'pk' and i.seqno = 0
              """);

        Assert.NotEmpty(keys);
        Assert.Empty(keys.Where(key => key.First != "region").Select(key => $"{key.Table}: {key.First}"));
    }

    /// <summary>A foreign key from one region's machine to another's could not be kept: it begins with the region on both sides,
    /// and none goes to a national table or from one.</summary>
    [Fact]
    public void ForeignKeys_OfAllTables_BeginWithRegionOnBothSides()
    {
        var keys = _lab.Query<KeyOfTable>(IsPostgres
            ? """
              select f.relname || ' to ' || t.relname as "Table", a.attname || ' ' || b.attname as "First"
              from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
              join pg_attribute a on a.attrelid = f.oid and a.attnum = k.conkey[1] join pg_attribute b on b.attrelid = t.oid and b.attnum = k.confkey[1]
              where k.contype = 'f' and f.relnamespace = 'public'::regnamespace
              """
            : """
              select m.name || ' to ' || k."table" as "Table", k."from" || ' ' || k."to" as "First"
              from sqlite_master m join pragma_foreign_key_list(m.name) k where m.type = 'table' and k.seq = 0
              """);

        Assert.NotEmpty(keys);
        Assert.Empty(keys.Where(key => key.First != "region region").Select(key => $"{key.Table}: {key.First}"));
    }

    private sealed class KeyOfTable
    {
        public string Table { get; init; } = "";
        public string First { get; init; } = "";
    }
}

using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Store;

/// <summary>Spreads the tables over the machines of Citus, the distributed PostgreSQL, where its extension stands in the database:
/// every table whose key begins with the region by its region, all in the same places, so that what belongs together is joined on
/// one machine; the others whole on each machine. Without the extension nothing is done. Written by Citus's documentation (12), never
/// run on a real cluster yet.</summary>
public static class CitusPlacing
{
    /// <summary>Tables without a region: the same on every machine.</summary>
    public static readonly IReadOnlyList<string> National = ["migration"];

    /// <returns>How many tables were placed now.</returns>
    public static int Apply(Sync.Stores.Store store)
    {
        if (store.Engine != PostgresStore.EngineName || !store.Read(session => session.ExecuteScalar<bool>("select exists (select 1 from pg_extension where extname = 'citus')")))
        {
            return 0;
        }
        var placed = store.Read(session => session.Query<string>(
            "select cast(logicalrelid as text) from pg_dist_partition")).ToHashSet(StringComparer.Ordinal);
        var waiting = store.Read(InOrder).Where(table => !placed.Contains(table)).ToList();
        foreach (var table in waiting)
        {
            store.Write(session => Place(session, table));
        }
        return waiting.Count;
    }

    /// <summary>All tables: national ones first, and each behind those that its foreign keys point at, for Citus takes a key only
    /// to a table that is placed.</summary>
    public static IReadOnlyList<string> InOrder(StoreSession session)
    {
        var tables = session.Query<string>("select c.relname from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1");
        var keys = session.Query<Reference>("""
            select cast(cast(conrelid as regclass) as text) as "From", cast(cast(confrelid as regclass) as text) as "To" from pg_constraint
            where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid
            """).ToLookup(key => key.From, key => key.To, StringComparer.Ordinal);
        var placed = new List<string>(tables.Count);
        foreach (var table in tables.Where(National.Contains).Concat(tables.Where(table => !National.Contains(table))))
        {
            Behind(table, keys, placed, depth: 0);
        }
        return placed;
    }

    private static void Behind(string table, ILookup<string, string> keys, List<string> placed, int depth)
    {
        const int mostDeep = 64;
        if (depth > mostDeep)
        {
            throw new InvalidOperationException($"The foreign keys of {table} go round in a ring.");
        }
        if (placed.Contains(table))
        {
            return;
        }
        foreach (var pointed in keys[table])
        {
            Behind(pointed, keys, placed, depth + 1);
        }
        placed.Add(table);
    }

    private static int Place(StoreSession session, string table)
    {
        // The ledger's guards are triggers that look at rows of their own region alone: those lie on the same machine. Citus
        // takes triggers, and questions within them, only where it is told so.
        session.Execute("set local citus.enable_unsafe_triggers = on");
        foreach (var guard in session.Query<string>(
            "select distinct cast(cast(g.tgfoid as regprocedure) as text) from pg_trigger g where g.tgrelid = cast(@table as regclass) and not g.tgisinternal", new { table }))
        {
            session.Execute($"alter function {guard} set citus.allow_nested_distributed_execution = on");
        }
        return session.Execute(
            National.Contains(table) ? "select create_reference_table(@table)" : "select create_distributed_table(@table, 'region', colocate_with => 'default')", new { table });
    }

    private sealed class Reference
    {
        public string From { get; init; } = "";
        public string To { get; init; } = "";
    }
}

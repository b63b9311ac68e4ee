namespace EdgeHub.Hub.Store;

/// <summary>Spreads the tables over the machines of Citus, the distributed PostgreSQL, where its extension stands in the database:
/// every table whose key begins with the region by its region, all in the same places, so that what belongs together is joined on
/// one machine; the others whole on each machine. Without the extension nothing is done. Never run on a real cluster yet.</summary>
internal static class CitusPlacing
{
    /// <summary>Tables without a region: the same on every machine.</summary>
    public static readonly IReadOnlyList<string> National = ["migration"];

    /// <returns>How many tables were placed now.</returns>
    public static int Apply(Sync.Stores.Store store)
    {
        if (store.Engine != Sync.Stores.PostgresStore.EngineName || !store.Read(session => session.ExecuteScalar<bool>("select exists (select 1 from pg_extension where extname = 'citus')")))
        {
            return 0;
        }
        var waiting = store.Read(session => session.Query<string>(
            """
            select c.relname from pg_class c
            where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not exists (select 1 from pg_dist_partition p where p.logicalrelid = c.oid)
            order by case when c.relname = 'migration' then 0 else 1 end, c.relname
            """));
        foreach (var table in waiting)
        {
            store.Write(session =>
            {
                // The ledger's guards are triggers that look at rows of their own region alone: those lie on the same machine.
                session.Execute("set local citus.enable_unsafe_triggers = on");
                session.Execute(
                    National.Contains(table) ? "select create_reference_table(@table)" : "select create_distributed_table(@table, 'region', colocate_with => 'default')", new { table });
            });
        }
        return waiting.Count;
    }
}

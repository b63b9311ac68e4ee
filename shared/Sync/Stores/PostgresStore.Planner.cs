namespace EdgeHub.Sync.Stores;

// What the engine's planner knows of tables that grow.
public sealed partial class PostgresStore
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Tables that have doubled since they were last looked at.</summary>
    private const string Grown = """
        select string_agg(quote_ident(relname), ', ') from pg_class
        where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 8192 * greatest(2 * relpages, 2)
        """;

    private long _lookedAt;

    /// <summary>Every key begins with the region, and of an empty table the planner believes that a region is as rare as anything else:
    /// it then reads all of a region where it should follow a person, keeps that plan, and a new hub's first days take minutes. The
    /// server's own autovacuum tells it better within a minute or five; a table that doubles is told of at once.</summary>
    internal override void AfterCommit()
    {
        if (_use != PostgresUse.Alone || _clock.GetElapsedTime(_lookedAt) < LookEvery)
        {
            return;
        }
        _lookedAt = _clock.GetTimestamp();
        try
        {
            using var look = Postgres.CreateCommand();
            look.CommandText = Grown;
            if (look.ExecuteScalar() is string tables)
            {
                using var analyze = Postgres.CreateCommand();
                analyze.CommandText = $"analyze (skip_locked) {tables}";
                analyze.ExecuteNonQuery();
            }
        }
        catch (Exception failed) when (Fault(failed) is not null)
        {
            // What was committed stands; a connection that is lost is opened again by the next transaction, and the next look comes.
        }
    }
}

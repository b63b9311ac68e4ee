using System.Globalization;
using EdgeHub.Sync.Seams;
using Npgsql;

namespace EdgeHub.Sync.Stores;

// Many statements in one message.
public sealed partial class PostgresStore
{
    /// <summary>One round trip for all of them; the server stops at the first that fails. Each is prepared where it came before.</summary>
    private protected override void Send(IReadOnlyList<WaitingStatement> statements)
    {
        foreach (var statement in statements)
        {
            Watch.At(StorePoint.Statement, statement.Sql);
        }
        Watch.At(StorePoint.Batch, statements.Count.ToString(CultureInfo.InvariantCulture));
        using var batch = new NpgsqlBatch(Postgres);
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(Lists(statement.Sql));
            foreach (var value in statement.Values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = ToColumn(value) });
            }
            batch.BatchCommands.Add(command);
        }
        batch.ExecuteNonQuery();
    }
}

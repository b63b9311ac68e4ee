using Npgsql;
using NpgsqlTypes;

namespace EdgeHub.Sync.Stores;

/// <summary>A binary COPY: the engine's own way to take many rows.</summary>
internal sealed class PostgresRowWriter(PostgresStore store, NpgsqlBinaryImporter copy, int columns) : RowWriter(columns)
{
    public override RowWriter Add(long cell) => Write(cell, NpgsqlDbType.Bigint);

    public override RowWriter Add(string cell) => Write(cell, NpgsqlDbType.Text);

    public override RowWriter Add(bool cell) => Write(cell, NpgsqlDbType.Boolean);

    public override RowWriter Add(DateOnly cell) => Write(cell, NpgsqlDbType.Date);

    public override RowWriter Add(Guid cell) => Write(cell, NpgsqlDbType.Uuid);

    public override RowWriter Add(ReadOnlyMemory<byte> cell) => Write(cell, NpgsqlDbType.Bytea);

    public override RowWriter AddNull()
    {
        Place();
        copy.WriteNull();
        return this;
    }

    private protected override void Next() => copy.StartRow();

    private protected override void End() => store.Guarded(() => copy.Complete());

    private protected override void Leave() => copy.Dispose();

    private PostgresRowWriter Write<T>(T cell, NpgsqlDbType type)
    {
        Place();
        copy.Write(cell, type);
        return this;
    }
}

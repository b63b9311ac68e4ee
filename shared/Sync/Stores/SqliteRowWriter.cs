namespace EdgeHub.Sync.Stores;

/// <summary>A prepared insert, bound cell by cell and stepped once a row.</summary>
internal sealed class SqliteRowWriter(SqliteStatement insert, int columns) : RowWriter(columns)
{
    private bool _bound;

    public override RowWriter Add(long cell)
    {
        insert.BindAt(Place(), cell);
        return this;
    }

    public override RowWriter Add(string cell)
    {
        insert.BindAt(Place(), cell);
        return this;
    }

    public override RowWriter Add(bool cell) => Add(cell ? 1L : 0L);

    public override RowWriter Add(DateOnly cell)
    {
        insert.BindAt(Place(), cell);
        return this;
    }

    public override RowWriter Add(Guid cell)
    {
        insert.BindAt(Place(), cell);
        return this;
    }

    public override RowWriter Add(ReadOnlyMemory<byte> cell)
    {
        insert.BindAt(Place(), cell.Span);
        return this;
    }

    public override RowWriter AddNull()
    {
        insert.BindNullAt(Place());
        return this;
    }

    private protected override void Next()
    {
        Step();
        _bound = true;
    }

    private protected override void End() => Step();

    private protected override void Leave() => insert.Release();

    private void Step()
    {
        if (_bound)
        {
            _bound = false;
            insert.StepBound();
        }
    }
}

namespace EdgeHub.Sync.Stores;

/// <summary>A prepared insert, bound cell by cell and stepped once a row. SQLite keeps what was bound: a cell that is the same as in the
/// row before is not bound again, which is most of a batch's.</summary>
internal sealed class SqliteRowWriter(SqliteStatement insert, int columns) : RowWriter(columns)
{
    private readonly object?[] _texts = new object?[columns];
    private readonly long?[] _numbers = new long?[columns];
    private readonly DateOnly?[] _days = new DateOnly?[columns];
    private bool _bound;

    public override RowWriter Add(long cell)
    {
        var place = Place();
        if (_numbers[place - 1] != cell)
        {
            Other(place);
            insert.BindAt(place, cell);
            _numbers[place - 1] = cell;
        }
        return this;
    }

    public override RowWriter Add(string cell)
    {
        var place = Place();
        if (!ReferenceEquals(_texts[place - 1], cell))
        {
            Other(place);
            insert.BindAt(place, cell);
            _texts[place - 1] = cell;
        }
        return this;
    }

    public override RowWriter Add(bool cell) => Add(cell ? 1L : 0L);

    public override RowWriter Add(DateOnly cell)
    {
        var place = Place();
        if (_days[place - 1] != cell)
        {
            Other(place);
            insert.BindAt(place, cell);
            _days[place - 1] = cell;
        }
        return this;
    }

    public override RowWriter Add(Guid cell)
    {
        var place = Place();
        Other(place);
        insert.BindAt(place, cell);
        return this;
    }

    public override RowWriter Add(ReadOnlyMemory<byte> cell)
    {
        var place = Place();
        Other(place);
        insert.BindAt(place, cell.Span);
        return this;
    }

    public override RowWriter AddNull()
    {
        var place = Place();
        Other(place);
        insert.BindNullAt(place);
        return this;
    }

    /// <summary>What was bound there is about to be another value.</summary>
    private void Other(int place) => (_texts[place - 1], _numbers[place - 1], _days[place - 1]) = (null, null, null);

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

namespace EdgeHub.Sync.Stores;

/// <summary>Writes many rows into one table, cell by cell in the order of the columns, without an object per cell. Rows count only
/// after <see cref="Done"/>; disposed before, nothing more is written.</summary>
public abstract class RowWriter : IDisposable
{
    private readonly int _columns;
    private int _cells;

    private protected RowWriter(int columns)
    {
        _columns = columns;
        _cells = columns;
    }

    /// <summary>Rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>Begins the next row.</summary>
    /// <exception cref="InvalidOperationException">The row before has not as many cells as the table has columns.</exception>
    public RowWriter Row()
    {
        RefuseShort();
        _cells = 0;
        Count++;
        Next();
        return this;
    }

    public abstract RowWriter Add(long cell);

    public abstract RowWriter Add(string cell);

    public abstract RowWriter Add(bool cell);

    public abstract RowWriter Add(DateOnly cell);

    public abstract RowWriter Add(Guid cell);

    public abstract RowWriter Add(ReadOnlyMemory<byte> cell);

    public abstract RowWriter AddNull();

    /// <summary>Ends the writing.</summary>
    public void Done()
    {
        RefuseShort();
        End();
    }

    public void Dispose()
    {
        Leave();
        GC.SuppressFinalize(this);
    }

    /// <summary>The place of the next cell, from 1.</summary>
    private protected int Place() => _cells < _columns
        ? ++_cells
        : throw new InvalidOperationException($"A row of this table has {_columns} cells.");

    private protected abstract void Next();

    private protected abstract void End();

    private protected abstract void Leave();

    private void RefuseShort()
    {
        if (_cells != _columns)
        {
            throw new InvalidOperationException($"The row has {_cells} cells, expected {_columns}.");
        }
    }
}

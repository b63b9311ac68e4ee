using System.Buffers;

namespace EdgeHub.Sync.Feeds;

/// <summary>Gathers rows column by column, as <see cref="ColumnText"/> says.</summary>
internal sealed class ColumnPage
{
    private readonly ArrayBufferWriter<byte> _row = new(512);
    private readonly Column[] _columns;
    private readonly int[] _ends;

    public ColumnPage(int columns)
    {
        _columns = [.. Enumerable.Range(0, columns).Select(_ => new Column())];
        _ends = new int[columns];
    }

    /// <summary>At most so long when it is written: a column of several kinds has one more byte for each cell.</summary>
    public int MostBytes { get; private set; }

    /// <summary>Writes a row beside the others; it belongs to them with <see cref="Take"/>.</summary>
    /// <returns>Its bytes.</returns>
    public int Write(ReadOnlySpan<object?> row)
    {
        _row.ResetWrittenCount();
        for (var i = 0; i < row.Length; i++)
        {
            _columns[i].Next = ColumnText.Write(row[i], _row);
            _ends[i] = _row.WrittenCount;
        }
        return _row.WrittenCount + row.Length;
    }

    public void Take(int count)
    {
        var from = 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i].Add(_row.WrittenSpan[from.._ends[i]], count == 0);
            from = _ends[i];
        }
        MostBytes += _row.WrittenCount + _columns.Length + (count == 0 ? 4 * _columns.Length : 0);
    }

    public byte[] ToBytes(int count)
    {
        var all = new ArrayBufferWriter<byte>(Math.Max(256, MostBytes));
        foreach (var column in _columns)
        {
            column.WriteTo(all, count);
        }
        return all.WrittenSpan.ToArray();
    }

    private sealed class Column
    {
        private readonly ArrayBufferWriter<byte> _cells = new(4096);
        private readonly List<byte> _kinds = [];
        private int _first;
        private bool _isSame = true;
        private bool _isOne = true;

        /// <summary>Kind of the cell that was written last.</summary>
        public byte Next { get; set; }

        public void Add(ReadOnlySpan<byte> cell, bool isFirst)
        {
            if (isFirst)
            {
                _first = cell.Length;
            }
            else
            {
                _isOne &= Next == _kinds[0];
                _isSame &= Next == _kinds[0] && cell.SequenceEqual(_cells.WrittenSpan[.._first]);
            }
            _kinds.Add(Next);
            _cells.Write(cell);
        }

        public void WriteTo(IBufferWriter<byte> all, int count)
        {
            if (count == 0 || (_isOne && _kinds[0] == ColumnText.Null))
            {
                all.Write([ColumnText.Null, (byte)'\n']);
            }
            else if (_isSame)
            {
                all.Write([ColumnText.Same, (byte)'\n', _kinds[0]]);
                all.Write(_cells.WrittenSpan[.._first]);
            }
            else if (_isOne)
            {
                all.Write([_kinds[0], (byte)'\n']);
                all.Write(_cells.WrittenSpan);
            }
            else
            {
                WriteMixed(all);
            }
        }

        private void WriteMixed(IBufferWriter<byte> all)
        {
            all.Write([ColumnText.Mixed, (byte)'\n']);
            var cells = _cells.WrittenSpan;
            foreach (var kind in _kinds)
            {
                var end = cells.IndexOf((byte)'\n') + 1;
                all.Write([kind]);
                all.Write(cells[..end]);
                cells = cells[end..];
            }
        }
    }
}

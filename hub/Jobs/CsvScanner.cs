using System.Text;

namespace EdgeHub.Hub.Jobs;

/// <summary>Takes a comma-separated text (RFC 4180) apart as it streams by, row by row: cells in double quotes may hold commas,
/// line ends and doubled quotes; lines end in LF or CRLF.</summary>
internal sealed class CsvScanner(TextReader reader)
{
    private readonly char[] _buffer = new char[32 * 1024];
    private readonly StringBuilder _cell = new();
    private int _at;
    private int _filled;
    private int _line = 1;

    /// <summary>The line on which the row last read begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The next row; null at the end.</summary>
    /// <exception cref="FormatException">A cell is too long, or a quote stands out of place; the message says what would be right.</exception>
    public List<string>? Next()
    {
        Line = _line;
        var next = Peek();
        if (next < 0)
        {
            return null;
        }
        var cells = new List<string>();
        while (true)
        {
            cells.Add(Peek() == '"' ? Quoted() : Plain());
            switch (Take())
            {
                case ',':
                    break;
                case '\r' when Peek() == '\n':
                    Take();
                    _line++;
                    return cells;
                case '\n':
                    _line++;
                    return cells;
                case < 0:
                    return cells;
                default:
                    throw new FormatException("a comma or the end of the line behind a cell");
            }
        }
    }

    private string Plain()
    {
        _cell.Clear();
        while (Peek() is var next and >= 0 && next is not (',' or '\n' or '\r'))
        {
            if (next == '"')
            {
                throw new FormatException("a cell with quotes stands in double quotes, its quotes doubled");
            }
            Append((char)Take());
        }
        return _cell.ToString();
    }

    private string Quoted()
    {
        _cell.Clear();
        Take();
        while (true)
        {
            var next = Take();
            if (next < 0)
            {
                throw new FormatException("a closing double quote");
            }
            if (next == '"')
            {
                if (Peek() != '"')
                {
                    return _cell.ToString();
                }
                Take();
            }
            _line += next == '\n' ? 1 : 0;
            Append((char)next);
        }
    }

    private void Append(char character)
    {
        if (_cell.Length == CsvTable.MaxCell)
        {
            throw new FormatException($"cells of at most {CsvTable.MaxCell} characters");
        }
        _cell.Append(character);
    }

    private int Peek()
    {
        if (_at == _filled)
        {
            _filled = reader.Read(_buffer);
            _at = 0;
        }
        return _filled == 0 ? -1 : _buffer[_at];
    }

    private int Take()
    {
        var next = Peek();
        _at += next >= 0 ? 1 : 0;
        return next;
    }
}

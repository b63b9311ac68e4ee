using System.Text;

namespace EdgeHub.Rules;

/// <summary>Takes a comma-separated text apart, one row at a time, in one pass.</summary>
internal sealed class CsvScanner(string name, string text)
{
    private readonly List<string> _fields = [];
    private readonly StringBuilder _quoted = new();
    private int _at = text.StartsWith('\uFEFF') ? 1 : 0;
    private int _line = 1;
    private int _rowLine = 1;

    /// <summary>The next row; false at the end of the text.</summary>
    public bool Next(out string[] fields, out int line)
    {
        line = _rowLine = _line;
        fields = [];
        if (_at >= text.Length)
        {
            return false;
        }
        _fields.Clear();
        do
        {
            if (_fields.Count == CsvText.MaxColumns)
            {
                throw Wrong(Codes.TooMany, CsvText.Whole(CsvText.MaxColumns + 1), $"at most {CsvText.Whole(CsvText.MaxColumns)} columns");
            }
            _fields.Add(At('"') ? Quoted() : Plain());
        }
        while (Skip(','));
        EndOfLine();
        fields = [.. _fields];
        return true;
    }

    private string Plain()
    {
        var start = _at;
        while (_at < text.Length && text[_at] is not (',' or '\n' or '\r'))
        {
            if (text[_at] == '"' || (char.IsControl(text[_at]) && text[_at] != '\t'))
            {
                throw Wrong(Codes.BadCharacter, Shown(start), "a field with quotes or control characters stands in double quotes, quotes doubled");
            }
            _at++;
        }
        return Bounded(text[start.._at]);
    }

    private string Quoted()
    {
        var start = _at++;
        _quoted.Clear();
        while (true)
        {
            if (_at >= text.Length)
            {
                throw Wrong(Codes.BadCharacter, Shown(start), "a closing double quote");
            }
            var c = text[_at++];
            if (c == '"' && !Skip('"'))
            {
                return _quoted.ToString();
            }
            if (c == '\n')
            {
                _line++;
            }
            if (c == '\0')
            {
                throw Wrong(Codes.BadCharacter, Shown(start), "text without null characters");
            }
            _quoted.Append(c);
            if (_quoted.Length > CsvText.MaxFieldCharacters)
            {
                throw TooLong(start);
            }
        }
    }

    private void EndOfLine()
    {
        if (_at >= text.Length)
        {
            return;
        }
        var start = _at;
        _ = Skip('\r');
        if (!Skip('\n'))
        {
            throw Wrong(Codes.BadCharacter, Shown(start), "a comma or the end of the line (LF or CRLF)");
        }
        _line++;
    }

    private string Bounded(string field) => field.Length <= CsvText.MaxFieldCharacters ? field : throw TooLong(_at - field.Length);

    private bool At(char c) => _at < text.Length && text[_at] == c;

    private bool Skip(char c)
    {
        if (!At(c))
        {
            return false;
        }
        _at++;
        return true;
    }

    private FaultException TooLong(int start) => Wrong(Codes.TooLong, Shown(start), $"at most {CsvText.Whole(CsvText.MaxFieldCharacters)} characters");

    private FaultException Wrong(string code, string value, string expected) =>
        CsvText.Bad(code, $"{name} line {CsvText.Whole(_rowLine)} column {CsvText.Whole(_fields.Count + 1)}", value, expected);

    /// <summary>The first characters from a place on, for a fault.</summary>
    private string Shown(int start) => text[start..Math.Min(text.Length, start + 20)].ReplaceLineEndings(" ");
}

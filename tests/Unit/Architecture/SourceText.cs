using System.Text;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>A text of C# taken apart: code without comments and strings (line ends kept), and the strings with their lines.
/// Knows regular, verbatim, interpolated and raw strings; holes of interpolated strings stay in the string.</summary>
public sealed class SourceText
{
    private readonly string _text;
    private readonly StringBuilder _code = new();
    private readonly List<(int Line, string Text)> _strings = [];
    private int _at;
    private int _line = 1;

    private SourceText(string text) => _text = text.ReplaceLineEndings("\n");

    /// <summary>The code, with "" where a string stood and nothing where a comment stood.</summary>
    public string Code => _code.ToString();

    public IReadOnlyList<(int Line, string Text)> Strings => _strings;

    public static SourceText Of(string text)
    {
        var source = new SourceText(text);
        while (source._at < source._text.Length)
        {
            source.Step();
        }
        return source;
    }

    private void Step()
    {
        var c = _text[_at];
        if (c == '/' && Ahead(1) == '/')
        {
            SkipTo("\n", keepEnd: false);
        }
        else if (c == '/' && Ahead(1) == '*')
        {
            SkipTo("*/", keepEnd: true);
        }
        else if (c == '\'')
        {
            var end = _text.IndexOf('\'', _at + (Ahead(1) == '\\' ? 3 : 2));
            _code.Append("' '");
            _at = end + 1;
        }
        else if (c == '#' && (_code.Length == 0 || _code[^1] == '\n' || LineIsBlank()))
        {
            SkipTo("\n", keepEnd: false);
        }
        else if (c is '"' || (c is '$' or '@' && Prefix() > 0))
        {
            TakeString();
        }
        else
        {
            Keep(c);
            _at++;
        }
    }

    /// <summary>Length of a string's prefix of $ and @ before its quote; 0: none here.</summary>
    private int Prefix()
    {
        var i = 0;
        while (Ahead(i) is '$' or '@')
        {
            i++;
        }
        return Ahead(i) == '"' ? i : 0;
    }

    private void TakeString()
    {
        var (start, line) = (_at, _line);
        var prefix = _text[_at..(_at + Prefix())];
        _at += prefix.Length;
        var quotes = Run('"');
        var body = quotes >= 3 ? Raw(quotes) : Plain(prefix.Contains('@'), prefix.Contains('$'));
        _strings.Add((line, body));
        _code.Append("\"\"");
        for (var i = start; i < _at; i++)
        {
            if (_text[i] == '\n')
            {
                Keep('\n');
            }
        }
    }

    private string Raw(int quotes)
    {
        _at += quotes;
        var start = _at;
        while (_at < _text.Length && Run('"') < quotes)
        {
            _at += Math.Max(1, Run('"'));
        }
        var end = _at + Run('"') - quotes;
        _at = end + quotes;
        return _text[start..end];
    }

    private string Plain(bool isVerbatim, bool isInterpolated)
    {
        var start = ++_at;
        var depth = 0;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (isInterpolated && c is '{' or '}' && depth == 0 && Ahead(1) == c)
            {
                _at += 2;
            }
            else if (isInterpolated && c is '{' or '}')
            {
                depth += c == '{' ? 1 : -1;
                _at++;
            }
            else if (c == '"' && depth > 0)
            {
                // A string inside a hole: taken for itself, its code forgotten.
                var (code, line) = (_code.Length, _line);
                TakeString();
                (_code.Length, _line) = (code, line);
            }
            else if (c == '"' && isVerbatim && Ahead(1) == '"')
            {
                _at += 2;
            }
            else if (c == '"')
            {
                return _text[start.._at++];
            }
            else
            {
                _at += c == '\\' && !isVerbatim ? 2 : 1;
            }
        }
        return _text[start..];
    }

    private void SkipTo(string end, bool keepEnd)
    {
        var found = _text.IndexOf(end, _at, StringComparison.Ordinal);
        var stop = found < 0 ? _text.Length : keepEnd ? found + end.Length : found;
        for (; _at < stop; _at++)
        {
            if (_text[_at] == '\n')
            {
                Keep('\n');
            }
        }
    }

    private bool LineIsBlank()
    {
        for (var i = _code.Length - 1; i >= 0 && _code[i] != '\n'; i--)
        {
            if (!char.IsWhiteSpace(_code[i]))
            {
                return false;
            }
        }
        return true;
    }

    private void Keep(char c)
    {
        _code.Append(c);
        _line += c == '\n' ? 1 : 0;
    }

    private int Run(char c)
    {
        var i = 0;
        while (Ahead(i) == c)
        {
            i++;
        }
        return i;
    }

    private char Ahead(int by) => _at + by < _text.Length ? _text[_at + by] : '\0';
}

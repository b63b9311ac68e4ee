using System.Globalization;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Jobs;

/// <summary>Reads the cells of one row; what is not right goes to the file's faults, and a harmless value takes its place.</summary>
internal sealed class CellReader(CsvLine line, FileFaults faults)
{
    public delegate bool TryParse<T>(string? text, string field, out T id, out Fault? fault);

    public int Line => line.Line;

    public string this[string column] => line[column];

    public void Wrong(string column, string expected, bool personal = false)
    {
        var value = line[column];
        faults.Add(line.Line, column, !personal ? value : value.Length <= 8 ? "***" : "***" + value[^4..], expected);
    }

    public void Require(string column, bool holds, string expected, bool personal = false)
    {
        if (!holds)
        {
            Wrong(column, expected, personal);
        }
    }

    public T Id<T>(string column, TryParse<T> parse, bool personal)
    {
        if (!parse(line[column], column, out var id, out var fault))
        {
            Wrong(column, fault?.Expected ?? "such a number", personal);
        }
        return id;
    }

    public string Text(string column, int least, int most)
    {
        var text = line[column];
        Require(column, text.Length >= least && text.Length <= most && !text.Any(char.IsControl), $"{least} to {most} characters");
        return text;
    }

    public string Word(string column, int least, int most)
    {
        var text = line[column];
        Require(column, text.Length >= least && text.Length <= most && text.All(char.IsAsciiLetterOrDigit), $"{least} to {most} letters and digits");
        return text;
    }

    public string Digits(string column, int length)
    {
        var text = line[column];
        Require(column, text.Length == length && text.All(char.IsAsciiDigit), $"{length} digits");
        return text;
    }

    public string OneOf(string column, params ReadOnlySpan<string> codes)
    {
        var text = line[column];
        Require(column, codes.Contains(text), string.Join(", ", codes.ToArray()));
        return text;
    }

    public DateOnly Day(string column)
    {
        if (!DateOnly.TryParseExact(line[column], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            Wrong(column, "a day, for example 2025-03-12");
        }
        return day;
    }

    /// <summary>From a last day, included, to the first day after as text; blank: open.</summary>
    public string EndAfter(string column, DateOnly first)
    {
        if (line[column].Length == 0)
        {
            return "";
        }
        var last = Day(column);
        Require(column, last >= first && last < DateOnly.MaxValue, "blank, or a day not before the first");
        return last < DateOnly.MaxValue ? last.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
    }
}

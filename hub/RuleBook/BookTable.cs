using System.Text.RegularExpressions;

namespace EdgeHub.Hub.RuleBook;

/// <summary>Tables that must fit on a page of A4: numbers to the right, and what is too wide for a page as one block a row, its columns
/// named in it.</summary>
public static partial class BookTable
{
    /// <summary>Characters that a line of the page takes at the size of its tables; a Chinese one counts for two.</summary>
    public const int PageCharacters = 104;
    private const int LongestBreakable = 18;
    private const int LongestUnbroken = 16;
    private const int LongestWhole = 24;
    private const int CellPadding = 3;

    /// <param name="head">What stands over the columns.</param>
    /// <param name="cssClass">Of the table.</param>
    /// <param name="first">Writes a row's first cell; null: as the others.</param>
    public static void Write(HtmlText html, string cssClass, IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows, Action<string>? first = null)
    {
        if (Width(head, rows) > PageCharacters)
        {
            foreach (var row in rows)
            {
                html.In("div", () => Pairs(html, [.. head.Zip(row)]), ("class", "stack " + cssClass));
            }
            return;
        }
        var css = head.Select((name, i) => Column([.. rows.Select(row => row[i])])).ToList();
        html.In("table", () =>
        {
            html.In("thead", () => html.In("tr", () =>
            {
                for (var i = 0; i < head.Count; i++)
                {
                    html.Leaf("th", css[i], head[i]);
                }
            }));
            html.In("tbody", () =>
            {
                foreach (var row in rows)
                {
                    html.In("tr", () =>
                    {
                        for (var i = 0; i < row.Count; i++)
                        {
                            html.In("td", () => Cell(html, i == 0 ? first : null, row[i]), css[i].Length > 0 ? [("class", css[i])] : []);
                        }
                    });
                }
            });
        }, ("class", cssClass));
    }

    private static void Cell(HtmlText html, Action<string>? first, string text)
    {
        if (first is null)
        {
            html.WithCode(Grouped(text));
        }
        else
        {
            first(text);
        }
    }

    /// <summary>Numbers stand to the right; what is short stays on one line; a word too long for a column may be broken.</summary>
    private static string Column(IReadOnlyList<string> cells) =>
        cells.Any(cell => cell.Length > 0) && cells.All(cell => cell.Length == 0 || Number().IsMatch(cell)) ? "number"
        : cells.All(cell => Length(cell) <= LongestUnbroken) ? "short"
        : cells.Any(cell => LongestWord(cell) > LongestWhole) ? "breaks"
        : "";

    /// <summary>Names with their values, as many on a line as fit; what has no value is left out.</summary>
    public static void Pairs(HtmlText html, IReadOnlyList<(string Name, string Value)> pairs) => html.In("dl", () =>
    {
        foreach (var (name, value) in pairs.Where(pair => pair.Value.Length > 0))
        {
            html.In("div", () => html.Leaf("dt", "", name).Leaf("dd", "", Grouped(value)));
        }
    });

    /// <summary>Characters that the widest cells of each column take together.</summary>
    public static int Width(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows) =>
        head.Select((name, i) => CellPadding + Math.Min(LongestBreakable, rows.Select(row => Length(row[i])).Append(LongestWord(name)).Max())).Sum();

    /// <summary>A long amount with its thousands apart, by a narrow space that does not break: read so in each of the three languages.
    /// Several amounts in one cell then stand a wide space apart.</summary>
    public static string Grouped(string text) =>
        LongAmount().Replace(SeveralAmounts().IsMatch(text) ? text.Replace(' ', '\u2003') : text, amount => Thousands().Replace(amount.Value, "\u202F"));

    private static int LongestWord(string name) => name.Split(' ').Max(Length);

    private static int Length(string text) => text.Sum(letter => letter >= '\u2E80' ? 2 : 1);

    [GeneratedRegex(@"^-?\d[\d.,]*( %)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<![\d.])\d{5,}\.\d\d(?![\d.])", RegexOptions.None, 1000)]
    private static partial Regex LongAmount();

    [GeneratedRegex(@"^-?[\d.]+( -?[\d.]+)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SeveralAmounts();

    [GeneratedRegex(@"(?<=\d)(?=(\d{3})+\.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Thousands();
}

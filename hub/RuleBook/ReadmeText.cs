namespace EdgeHub.Hub.RuleBook;

/// <summary>A piece of a README: a heading, a paragraph, a list or a table.</summary>
public abstract record BookBlock
{
    public sealed record Heading(int Level, string Text) : BookBlock;

    public sealed record Paragraph(string Text) : BookBlock;

    public sealed record Bullets(IReadOnlyList<string> Items) : BookBlock;

    public sealed record Grid(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows) : BookBlock;
}

/// <summary>Reads the few forms of Markdown that the READMEs of the rules use. A line that continues one above is joined to it.</summary>
public static class ReadmeText
{
    public static IReadOnlyList<BookBlock> Read(string text)
    {
        var blocks = new List<BookBlock>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var at = 0; at < lines.Length;)
        {
            var from = at;
            if (lines[at].Length == 0)
            {
                at++;
            }
            else if (lines[at][0] == '#')
            {
                var level = lines[at].TakeWhile(letter => letter == '#').Count();
                blocks.Add(new BookBlock.Heading(level, lines[at++][level..].Trim()));
            }
            else
            {
                while (at < lines.Length && lines[at].Length > 0 && lines[at][0] != '#' && (at == from || Form(lines[at]) is ' ' || Form(lines[at]) == Form(lines[from])))
                {
                    at++;
                }
                blocks.Add(Block(lines[from..at]));
            }
        }
        return blocks;
    }

    private static BookBlock Block(string[] lines) => Form(lines[0]) switch
    {
        '|' => new BookBlock.Grid(Cells(lines[0]), [.. lines.Skip(2).Select(Cells)]),
        '-' => new BookBlock.Bullets(Items(lines)),
        _ => new BookBlock.Paragraph(string.Join(' ', lines.Select(line => line.Trim()))),
    };

    private static char Form(string line) => line.StartsWith('|') ? '|' : line.StartsWith("- ", StringComparison.Ordinal) ? '-' : ' ';

    private static List<string> Items(string[] lines)
    {
        var items = new List<string>();
        foreach (var line in lines)
        {
            if (Form(line) == '-')
            {
                items.Add(line[2..].Trim());
            }
            else
            {
                items[^1] += " " + line.Trim();
            }
        }
        return items;
    }

    private static IReadOnlyList<string> Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}

using System.Text;
using System.Text.RegularExpressions;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>Joins of the hub's statements: every table that is joined to another is bound by its region, so that no statement needs
/// the rows of two machines at once where regions lie on different ones.</summary>
public static partial class RegionJoins
{
    /// <summary>Words that stand where an alias could.</summary>
    private static readonly string[] NoAlias = ["on", "where", "cross", "join", "left", "inner", "group", "order", "set", "union", "limit", "for", "and", "using", "as", "values", "select", "having", "returning"];

    /// <summary>What a text names without binding it by region.</summary>
    /// <param name="own">Names that are no tables of a region: common table expressions, national tables, the engine's.</param>
    public static IEnumerable<string> Unbound(string text, IReadOnlyCollection<string> own)
    {
        var sql = Noise().Replace(text, " ").ToLowerInvariant();
        var scopes = Scopes(sql);
        if (scopes.Count == 1 && !Named().Matches(sql).Any(match => match.Groups["how"].Value == "join"))
        {
            yield break;
        }
        foreach (var scope in scopes)
        {
            foreach (Match match in Named().Matches(scope))
            {
                var (table, alias) = (match.Groups["name"].Value, match.Groups["alias"].Value);
                alias = NoAlias.Contains(alias, StringComparer.Ordinal) ? "" : alias;
                if (!own.Contains(table) && !table.StartsWith("pg_", StringComparison.Ordinal) && !IsBound(scope, table, alias))
                {
                    yield return $"{table} {alias}".TrimEnd();
                }
            }
        }
    }

    private static bool IsBound(string scope, string table, string alias)
    {
        var name = Regex.Escape(alias.Length > 0 ? alias : table);
        return Regex.IsMatch(scope, $@"\b{name}\.region\s*=|=\s*{name}\.region\b", RegexOptions.None, TimeSpan.FromMinutes(1))
            || (alias.Length == 0 && (Bare().IsMatch(scope) || GivesRegion().IsMatch(scope)));
    }

    /// <summary>A statement, and each select that stands in parentheses within it or beside it in a union, each without those within it: what is
    /// bound inside binds nothing outside, and the other way round.</summary>
    private static IReadOnlyList<string> Scopes(string sql)
    {
        var found = new List<string>();
        var open = new Stack<(StringBuilder Text, bool IsSelect)>([(new StringBuilder(), true)]);
        for (var at = 0; at < sql.Length; at++)
        {
            if (sql[at] == '(')
            {
                open.Push((new StringBuilder("("), InnerSelect().IsMatch(sql, at + 1)));
            }
            else if (sql[at] == ')' && open.Count > 1)
            {
                var (text, isSelect) = open.Pop();
                // Where a name stood before it, as in "from (select …) as x", nothing is named.
                open.Peek().Text.Append(isSelect ? " ( ) " : text.Append(')').ToString());
                if (isSelect)
                {
                    found.AddRange(Union().Split(text.ToString()));
                }
            }
            else
            {
                open.Peek().Text.Append(sql[at]);
            }
        }
        // What was never closed is read as it stands: a text may be a part of a statement.
        found.AddRange(Union().Split(string.Concat(open.Reverse().Select(each => each.Text.ToString()))));
        return found;
    }

    /// <summary>Whether a select stands within the text.</summary>
    public static bool HasInner(string text) => Inner().IsMatch(text);

    /// <summary>The strings of a file, with the file's own constants in their holes.</summary>
    public static IEnumerable<(int Line, string Text)> Whole(RepositoryFile file)
    {
        var strings = SourceText.Of(file.Text).Strings;
        var constants = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = file.Text.ReplaceLineEndings("\n").Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (Constant().Match(lines[at]) is { Success: true } match && strings.FirstOrDefault(each => each.Line > at) is { Text: { } value })
            {
                constants[match.Groups["name"].Value] = value;
            }
        }
        return strings.Select(each => (each.Line, Filled(each.Text, constants)));
    }

    /// <summary>A hole that a method fills ({whose}) is taken as the file's first condition that binds a region.</summary>
    private static string Filled(string text, Dictionary<string, string> constants)
    {
        for (var depth = 0; depth < 4 && Hole().IsMatch(text); depth++)
        {
            text = Hole().Replace(text, hole => constants.GetValueOrDefault(hole.Groups["name"].Value, Condition(hole.Groups["name"].Value, constants)));
        }
        return text;
    }

    private static string Condition(string name, Dictionary<string, string> constants) => char.IsLower(name[0])
        ? constants.Values.FirstOrDefault(value => value.Contains(".region = ", StringComparison.Ordinal) && !value.Contains("select", StringComparison.Ordinal)) ?? " "
        : " ";

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.Singleline;

    [GeneratedRegex(@"--[^\n]*|'[^']*'", Options, 60_000)]
    private static partial Regex Noise();

    [GeneratedRegex(@"(?<!\bdelete\s)(?<!\bdistinct\s)\b(?<how>from|join)\s+(?<name>[a-z_]\w*)(?!\s*\()(\s+(as\s+)?(?<alias>[a-z_]\w*))?", Options, 60_000)]
    private static partial Regex Named();

    [GeneratedRegex(@"\(\s*select\b|\bunion\b", Options | RegexOptions.IgnoreCase, 60_000)]
    private static partial Regex Inner();

    [GeneratedRegex(@"\G\s*select\b", Options, 60_000)]
    private static partial Regex InnerSelect();

    [GeneratedRegex(@"\bunion(\s+all)?\b", Options, 60_000)]
    private static partial Regex Union();

    /// <summary>The region is among what a part of a union gives on: it is bound outside.</summary>
    [GeneratedRegex(@"^\W*(create view \w+ as\s+)?select\b((?!\bfrom\b).)*(?<![.\w])region\b((?!\bfrom\b).)*\bfrom\b", Options, 60_000)]
    private static partial Regex GivesRegion();

    [GeneratedRegex(@"(?<![.\w])region\s*=", Options, 60_000)]
    private static partial Regex Bare();

    [GeneratedRegex(@"\bconst\s+string\s+(?<name>\w+)\s*=", Options, 60_000)]
    private static partial Regex Constant();

    [GeneratedRegex(@"\{(?<name>[A-Za-z]\w*)\}", Options, 60_000)]
    private static partial Regex Hole();
}

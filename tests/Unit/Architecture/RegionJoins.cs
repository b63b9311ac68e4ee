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
        var named = Named().Matches(sql).Select(match => (
            Joined: match.Groups["how"].Value == "join", Table: match.Groups["name"].Value,
            Alias: NoAlias.Contains(match.Groups["alias"].Value, StringComparer.Ordinal) ? "" : match.Groups["alias"].Value)).ToList();
        if (!named.Exists(each => each.Joined))
        {
            yield break;
        }
        foreach (var (_, table, alias) in named.Where(each => !own.Contains(each.Table)))
        {
            var name = Regex.Escape(alias.Length > 0 ? alias : table);
            var bound = Regex.IsMatch(sql, $@"\b{name}\.region\s*=|=\s*{name}\.region\b", RegexOptions.None, TimeSpan.FromMinutes(1))
                || (alias.Length == 0 && Bare().IsMatch(sql));
            if (!bound)
            {
                yield return $"{table} {alias}".TrimEnd();
            }
        }
    }

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

    [GeneratedRegex(@"(?<![.\w])region\s*=", Options, 60_000)]
    private static partial Regex Bare();

    [GeneratedRegex(@"\bconst\s+string\s+(?<name>\w+)\s*=", Options, 60_000)]
    private static partial Regex Constant();

    [GeneratedRegex(@"\{(?<name>[A-Za-z]\w*)\}", Options, 60_000)]
    private static partial Regex Hole();
}

using System.Text.RegularExpressions;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>A table that a statement names, and how: Reads (from, join), Writes (into, update, delete), Makes (create), MakesView.</summary>
public sealed record NamedTable(string Name, string How);

/// <summary>Reads the names of tables out of SQL, without an engine.</summary>
public static partial class SqlText
{
    /// <summary>Names that belong to the engine or to Sync's store helpers.</summary>
    private static readonly string[] Engine = ["sqlite_master", "sqlite_schema", "pragma_table_info", "information_schema", "pg_extension", "pg_class", "pg_dist_partition", "pg_constraint", "pg_trigger", "json_each", "select", "lateral", "unnest", "generate_series", "values"];

    /// <summary>Whether a string is a statement, or a part of one that names tables.</summary>
    public static bool IsStatement(string text) => Statement().IsMatch(text);

    /// <summary>Tables that a text names, common table expressions and the engine's own left out.</summary>
    public static IReadOnlyList<NamedTable> Tables(string text)
    {
        var sql = Comment().Replace(text, " ").ToLowerInvariant();
        var own = Named(With(), sql).Concat(Named(Also(), sql)).ToHashSet(StringComparer.Ordinal);
        var found = new List<NamedTable>();
        Add(Creates(), "Makes");
        Add(CreatesView(), "MakesView");
        Add(Writes(), "Writes");
        Add(Reads(), "Reads");
        Add(Triggers(), "Reads");
        Add(Indexes(), "Reads");
        return found;

        void Add(Regex regex, string how) => found.AddRange(
            Named(regex, sql).Where(name => !own.Contains(name) && !Engine.Contains(name, StringComparer.Ordinal)).Select(name => new NamedTable(name, how)));
    }

    /// <summary>First column of the primary key of each table that a migration makes; "" where there is none.</summary>
    public static IReadOnlyList<(string Table, string FirstKey)> PrimaryKeys(string text)
    {
        var sql = Comment().Replace(text, " ").ToLowerInvariant();
        return [.. Bodies().Matches(sql).Select(match => (match.Groups["name"].Value, FirstKey(match.Groups["body"].Value)))];
    }

    private static string FirstKey(string body)
    {
        var stated = TableKey().Match(body);
        return stated.Success ? stated.Groups["name"].Value : ColumnKey().Match(body).Groups["name"].Value;
    }

    private static IEnumerable<string> Named(Regex regex, string sql) => regex.Matches(sql).Select(match => match.Groups["name"].Value);

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.Singleline;

    [GeneratedRegex(@"^\s*(select\s+[\w*'(.@-].*\bfrom\b|select\s+(1|count|cast|coalesce|exists)\b|insert\s+(or\s+\w+\s+)?into\s+\w|update\s+[\w{]+\s+(as\s+\w+\s+)?set\s|delete\s+from\s|create\s+(temp\s+|temporary\s+|unique\s+)?(table|view|index|trigger)\s|drop\s+(table|view|index)\s|alter\s+table\s|with\s+(recursive\s+)?\w+\s*(\([^)]*\)\s*)?as\s*(not\s+materialized\s*|materialized\s*)?\(|pragma\s+\w|savepoint\s+\w|rollback\s+to\s|begin\s+(immediate|exclusive)|vacuum\b|on\s+conflict\s*\()", Options, 60_000)]
    private static partial Regex Statement();

    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/", Options, 60_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bwith\s+(recursive\s+)?(?<name>[a-z_]\w*)\s*(\([^)]*\)\s*)?as\s*(not\s+materialized\s*|materialized\s*)?\(", Options, 60_000)]
    private static partial Regex With();

    [GeneratedRegex(@"\)\s*,\s*(?<name>[a-z_]\w*)\s*(\([^)]*\)\s*)?as\s*(not\s+materialized\s*|materialized\s*)?\(", Options, 60_000)]
    private static partial Regex Also();

    [GeneratedRegex(@"\bcreate\s+(temp\s+|temporary\s+)?table\s+(if\s+not\s+exists\s+)?(?<name>[a-z_]\w*)", Options, 60_000)]
    private static partial Regex Creates();

    [GeneratedRegex(@"\bcreate\s+(temp\s+|temporary\s+)?view\s+(if\s+not\s+exists\s+)?(?<name>[a-z_]\w*)", Options, 60_000)]
    private static partial Regex CreatesView();

    [GeneratedRegex(@"(\binsert\s+(or\s+\w+\s+)?into|\bupdate(?!\s+set)(?!\s+on\b)(?!\s+of\b)(?!\s+or\b)|\bdelete\s+from|\bdrop\s+table(\s+if\s+exists)?|\balter\s+table)\s+(?<name>[a-z_]\w*)", Options, 60_000)]
    private static partial Regex Writes();

    [GeneratedRegex(@"(?<!\bdelete\s)(?<!\bdistinct\s)\b(from|join)\s+(?<name>[a-z_]\w*)(?!\s*\()", Options, 60_000)]
    private static partial Regex Reads();

    [GeneratedRegex(@"\b(before|after)\s+(insert|update|delete)(\s+of\s+[\w\s,]+)?\s+on\s+(?<name>[a-z_]\w*)", Options, 60_000)]
    private static partial Regex Triggers();

    [GeneratedRegex(@"\bcreate\s+(unique\s+)?index\s+(if\s+not\s+exists\s+)?\w+\s+on\s+(?<name>[a-z_]\w*)", Options, 60_000)]
    private static partial Regex Indexes();

    [GeneratedRegex(@"\bcreate\s+table\s+(if\s+not\s+exists\s+)?(?<name>[a-z_]\w*)\s*\((?<body>.*?)\)\s*(without\s+rowid|strict)?\s*;", Options, 60_000)]
    private static partial Regex Bodies();

    [GeneratedRegex(@"\bprimary\s+key\s*\(\s*(?<name>[a-z_]\w*)", Options, 60_000)]
    private static partial Regex TableKey();

    [GeneratedRegex(@"(^|,)\s*(?<name>[a-z_]\w*)\s+[^,]*\bprimary\s+key\b", Options, 60_000)]
    private static partial Regex ColumnKey();
}

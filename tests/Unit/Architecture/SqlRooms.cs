namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>Which room's SQL may name which table. A room is agent, hub/Ledger, hub/Schemes/CountyPackage, shared/Sync. The
/// agent is one store: its rooms share its tables. Views named public_ may be read by everybody.</summary>
public sealed class SqlRooms
{
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    /// <param name="migrations">Files of SQL that make the tables.</param>
    /// <param name="code">Product code, for temporary tables and for statements.</param>
    public SqlRooms(IReadOnlyList<RepositoryFile> migrations, IReadOnlyList<RepositoryFile> code)
    {
        Statements = [.. migrations.Select(file => (file, 1, file.Text)), .. code.SelectMany(file => IsSqlRoom(file) ? AllStrings(file) : InCode(file))];
        foreach (var (file, _, text) in Statements)
        {
            foreach (var made in SqlText.Tables(text).Where(each => each.How is "Makes" or "MakesView"))
            {
                var key = Key(RoomOf(file), made.Name);
                Twice = _owners.TryGetValue(key, out var owner) && owner != RoomOf(file)
                    ? [.. Twice, new Finding(file.Path, $"makes {made.Name}, which {owner} makes too")]
                    : Twice;
                _owners[key] = RoomOf(file);
            }
        }
    }

    public IReadOnlyList<(RepositoryFile File, int Line, string Text)> Statements { get; }

    /// <summary>Tables that two rooms make.</summary>
    public IReadOnlyList<Finding> Twice { get; } = [];

    public static string RoomOf(RepositoryFile file) => file.Folders switch
    {
        ["hub", "Schemes", var scheme, ..] => $"hub/Schemes/{scheme}",
        ["hub", var room, ..] => $"hub/{room}",
        ["shared", var room, ..] => $"shared/{room}",
        [var root, ..] => root,
        _ => "",
    };

    /// <summary>Whether SQL may stand in this file of C#: *Store.cs, a folder Store or Stores.</summary>
    public static bool IsSqlRoom(RepositoryFile file) =>
        file.Name.EndsWith("Store.cs", StringComparison.Ordinal) || file.Folders.Contains("Store") || file.Path.StartsWith("shared/Sync/Stores/", StringComparison.Ordinal);

    /// <summary>Statements in C# outside the rooms of SQL.</summary>
    public static IEnumerable<Finding> Misplaced(RepositoryFile file) => IsSqlRoom(file)
        ? []
        : InCode(file).Select(each => new Finding($"{file.Path}:{each.Line}", $"SQL outside *Store.cs, Store/ and Sync/Stores: {Start(each.Text)}"));

    /// <summary>Tables of other rooms that a room's SQL names, and tables that nobody makes.</summary>
    public IEnumerable<Finding> Foreign()
    {
        foreach (var (file, line, text) in Statements)
        {
            foreach (var named in SqlText.Tables(text).Where(each => each.How is "Reads" or "Writes"))
            {
                var room = RoomOf(file);
                var isOwn = _owners.ContainsKey(Key(room, named.Name)) && _owners[Key(room, named.Name)] == room;
                var isProse = !SqlText.IsStatement(text) && !_owners.ContainsKey(Key(room, named.Name)) && !file.Path.EndsWith(".sql", StringComparison.Ordinal);
                var isPublished = named.How is "Reads" && named.Name.StartsWith("public_", StringComparison.Ordinal);
                if (!isOwn && !isPublished && !isProse)
                {
                    var owner = _owners.GetValueOrDefault(Key(room, named.Name), "nobody");
                    yield return new Finding($"{file.Path}:{line}", $"{room} {named.How.ToLowerInvariant()} {named.Name} of {owner}");
                }
            }
        }
    }

    /// <summary>Agent and hub have stores of their own: the same name in both is no clash.</summary>
    private static string Key(string room, string table) => (room.Split('/')[0] is "hub" ? "hub:" : $"{room}:") + table;

    /// <summary>In a room of SQL a string may be a part of a statement ("from account a where …"): its known tables count too.</summary>
    private static IEnumerable<(RepositoryFile File, int Line, string Text)> AllStrings(RepositoryFile file) =>
        SourceText.Of(file.Text).Strings.Select(each => (file, each.Line, each.Text));

    private static IEnumerable<(RepositoryFile File, int Line, string Text)> InCode(RepositoryFile file) =>
        SourceText.Of(file.Text).Strings.Where(each => SqlText.IsStatement(each.Text)).Select(each => (file, each.Line, each.Text));

    private static string Start(string text) => text.Trim().ReplaceLineEndings(" ")[..Math.Min(60, text.Trim().Length)];
}

using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using EdgeHub.Rules;

namespace EdgeHub.Sync.Stores;

/// <summary>Numbered statements that bring a store to this program's shape: embedded files NNN_name.sql of one folder, 001 upwards
/// without gaps, each in a transaction of its own and never changed once shipped. Where the engines must differ, NNN_name.sqlite.sql
/// and NNN_name.postgres.sql stand under one number, and each store takes its own. Several processes may apply at once.</summary>
public static class Migrations
{
    /// <summary>Applies what is missing.</summary>
    /// <param name="folder">As in the project, for example "Store/Migrations"; it names the series in the store.</param>
    /// <returns>How many were applied.</returns>
    /// <exception cref="StoreException">StoreDamaged: the store was written by a newer program, or a shipped migration was changed.</exception>
    public static int Apply(Store store, Assembly assembly, string folder)
    {
        store.Write(session => session.Execute(
            "create table if not exists migration (folder text not null, number bigint not null, name text not null, sha256 text not null, primary key (folder, number))"));
        var shipped = Shipped(assembly, folder, store.Engine);
        var applied = store.Read(session => Applied(session, folder));
        for (var i = 0; i < applied.Count; i++)
        {
            if (i >= shipped.Count || applied[i].Number != i + 1)
            {
                throw new StoreException(Codes.StoreDamaged, store.Name, $"migration {folder}/{applied[i].Name} is not known to this program: the store was written by a newer one");
            }
            if (applied[i].Sha256 != shipped[i].Sha256)
            {
                throw new StoreException(Codes.StoreDamaged, store.Name, $"migration {folder}/{applied[i].Name} is not what was applied: expected {applied[i].Sha256}, found {shipped[i].Sha256}");
            }
        }
        return shipped.Skip(applied.Count).Count(next => store.Write(session => Applied(session, folder, next)));
    }

    /// <summary>What stands in a file about the migrations that were applied and is none of this program's, though it is not a newer one's either:
    /// the rows were altered. Null: nothing.</summary>
    public static string? Altered(string file, Assembly assembly, string folder)
    {
        var shipped = Shipped(assembly, folder, SqliteStore.EngineName);
        var applied = SqliteStore.ReadFrom(file, session => Applied(session, folder));
        var altered = applied.Where((row, i) => i < shipped.Count && (row.Number != i + 1 || row.Sha256 != shipped[i].Sha256)).ToList();
        return altered.Count == 0 ? null : $"migration {folder}/{altered[0].Name} is not what was applied";
    }

    /// <returns>False: another process was quicker.</returns>
    private static bool Applied(StoreSession session, string folder, Migration next)
    {
        if (session.Prepared("select number from migration where folder = $1 and number = $2").Scalar(folder, (long)next.Number) is not null)
        {
            return false;
        }
        session.Execute(next.Sql);
        session.Prepared("insert into migration (folder, number, name, sha256) values ($1, $2, $3, $4)").Execute(folder, (long)next.Number, next.Name, next.Sha256);
        return true;
    }

    /// <summary>What stands in the store, in order.</summary>
    private static List<Row> Applied(StoreSession session, string folder)
    {
        var applied = new List<Row>();
        using var rows = session.Prepared("select number, name, sha256 from migration where folder = $1 order by number").Read(folder);
        while (rows.Read())
        {
            applied.Add(new Row(rows.GetInt64(0), rows.GetString(1), rows.GetString(2)));
        }
        return applied;
    }

    private static List<Migration> Shipped(Assembly assembly, string folder, string engine)
    {
        var migrations = assembly.GetManifestResourceNames()
            .Select(resource => (Resource: resource, Path: resource.Replace('\\', '/')))
            .Where(file => file.Path.StartsWith(folder + "/", StringComparison.Ordinal) && file.Path.EndsWith(".sql", StringComparison.Ordinal))
            .Where(file => EngineOf(file.Path) is var own && (own is null || own == engine))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => Load(assembly, file.Resource, file.Path[(folder.Length + 1)..]))
            .ToList();
        for (var i = 0; i < migrations.Count; i++)
        {
            if (migrations[i].Number != i + 1)
            {
                throw new InvalidOperationException($"{folder}/{migrations[i].Name}: expected number {i + 1:000}");
            }
        }
        return migrations.Count > 0 ? migrations : throw new InvalidOperationException($"{assembly.GetName().Name} holds no migrations in {folder}");
    }

    /// <summary>Null: common to all engines.</summary>
    private static string? EngineOf(string path) =>
        path.EndsWith(".sqlite.sql", StringComparison.Ordinal) ? SqliteStore.EngineName
        : path.EndsWith(".postgres.sql", StringComparison.Ordinal) ? PostgresStore.EngineName
        : null;

    private static Migration Load(Assembly assembly, string resource, string name)
    {
        using var stream = assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException(resource + " is not embedded");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // The line ends of a checkout must not change what was shipped.
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        return name.Length > 4 && name[3] == '_' && int.TryParse(name.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new Migration(number, name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))))
            : throw new InvalidOperationException($"{name}: expected NNN_name.sql");
    }

    private sealed record Migration(int Number, string Name, string Sql, string Sha256);

    private sealed record Row(long Number, string Name, string Sha256);
}

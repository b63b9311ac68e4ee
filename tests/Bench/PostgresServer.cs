using System.Diagnostics;

namespace EdgeHub.Tests.Bench;

/// <summary>A private PostgreSQL server in a folder of its own, started as the tests start theirs (tests/postgres.sh), durable; or the
/// one that EDGEHUB_TEST_POSTGRES names.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Variable = "EDGEHUB_TEST_POSTGRES";
    private readonly Process? _shell;
    private int _databases;

    private PostgresServer(string words, Process? shell) => (Words, _shell) = (words, shell);

    public string Words { get; }

    /// <summary>Null: this machine has no PostgreSQL; why stands in the second.</summary>
    public static (PostgresServer? Server, string Why) Start()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return (new PostgresServer(given, null), "");
        }
        // Beside the bench's own folder, which is its owner's alone: the server runs as another user. The script removes it.
        var folder = Path.Combine(Path.GetTempPath(), $"edgehub-bench-postgres-{Environment.ProcessId}");
        var script = Path.Combine(Repository.Root, "tests", "postgres.sh");
        // The shell holds the server until its input ends; so it goes with the bench, however that ends.
        var start = new ProcessStartInfo("bash", ["-c", $"trap '' TERM INT; source '{script}'; start_postgres '{folder}' on >&2 || exit 1; echo \"${Variable}\"; read -r _; stop_postgres"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
        };
        var shell = Process.Start(start) ?? throw new InvalidOperationException("bash did not start");
        var words = shell.StandardOutput.ReadLine();
        return string.IsNullOrWhiteSpace(words) ? (null, "PostgreSQL could not be started here") : (new PostgresServer(words, shell), "");
    }

    /// <summary>The words of connection of a fresh database.</summary>
    public string Database()
    {
        var name = $"bench{Environment.ProcessId}_{++_databases}";
        using var connection = new Npgsql.NpgsqlConnection(Words + ";Pooling=false");
        connection.Open();
        using var command = new Npgsql.NpgsqlCommand($"create database {name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'", connection);
        command.ExecuteNonQuery();
        return new Npgsql.NpgsqlConnectionStringBuilder(Words) { Database = name }.ToString();
    }

    public void Dispose()
    {
        if (_shell is { } shell)
        {
            shell.StandardInput.Close();
            shell.WaitForExit();
            shell.Dispose();
        }
    }
}

internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string from)
    {
        for (var at = new DirectoryInfo(from); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "EdgeHub.sln")))
            {
                return at.FullName;
            }
        }
        throw new InvalidOperationException("The bench runs inside the repository.");
    }
}

using System.Diagnostics;
using EdgeHub.Tests.Unit.Postgres;
using Npgsql;

namespace EdgeHub.Tests.Scenarios.Postgres;

/// <summary>A PostgreSQL server of a test's own (tests/postgres.sh), durable, that is stopped and killed without harm to other tests.</summary>
internal sealed class PrivateServer : IAsyncDisposable
{
    private static int _made;
    private readonly Process _shell;
    private readonly string _words;

    private PrivateServer(Process shell, string words) => (_shell, _words) = (shell, words);

    public static async Task<PrivateServer> Start()
    {
        // Not under the tests' own temporary folder, which is its owner's alone: the server runs as another user. The script removes it.
        var folder = $"/tmp/edgehub-private-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}";
        var script = Path.Combine(Root(), "tests", "postgres.sh");
        var shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"source '{script}'; serve_postgres '{folder}'"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        var words = await shell.StandardOutput.ReadLineAsync();
        return words is { Length: > 0 } ? new PrivateServer(shell, words) : throw new InvalidOperationException("The private server did not start.");
    }

    /// <summary>A fresh database that sorts as the hub wants it.</summary>
    public string Database()
    {
        TestServer.Execute("create database hub template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'", _words);
        return new NpgsqlConnectionStringBuilder(_words) { Database = "hub" }.ToString();
    }

    /// <summary>Stops it as an operator does who restarts it: all connections end, what was committed is kept.</summary>
    public Task Restart() => Tell("restart");

    /// <summary>SIGKILL to its first process, and nobody to clean up.</summary>
    public Task Kill() => Tell("kill");

    public Task StartAgain() => Tell("start");

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private async Task Tell(string command)
    {
        await _shell.StandardInput.WriteLineAsync(command);
        await _shell.StandardInput.FlushAsync();
        var answer = await _shell.StandardOutput.ReadLineAsync();
        Assert.Equal("done", answer);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeHub.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("No folder above the tests holds EdgeHub.sln.");
    }
}

using System.Diagnostics;
using EdgeHub.Tests.Unit.Postgres;
using Npgsql;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>A disk of its own for one store, so small that it can be filled: a tmpfs, and on PostgreSQL a tablespace there.</summary>
internal sealed class SmallDisk : IDisposable
{
    /// <summary>A database of PostgreSQL begins with 8 MiB, a hub's with twice that.</summary>
    private const string Size = "size=48m";

    private static int _made;

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>PostgreSQL's name of it.</summary>
    public string Tablespace { get; private set; } = "";

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Null: mounting is not permitted here.</summary>
    public static SmallDisk? TryMount()
    {
        // Beside the server's data: its user must reach it.
        var beside = TestServer.Words is { } words ? Path.GetDirectoryName(DataFolder(words))! : Path.GetTempPath();
        var folder = Directory.CreateDirectory(Path.Combine(beside, $"small-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}")).FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", Size, "tmpfs", folder))
        {
            Directory.Delete(folder);
            return null;
        }
        return new SmallDisk(folder);
    }

    /// <summary>Lets the server put databases there.</summary>
    public void MakeTablespace()
    {
        var place = Directory.CreateDirectory(Path.Combine(Folder, "tablespace")).FullName;
        Assert.True(Run("chown", "--reference=" + DataFolder(TestServer.Words!), place), "chown");
        Tablespace = Path.GetFileName(Folder).Replace('-', '_');
        TestServer.Execute($"create tablespace {Tablespace} location '{place}'");
    }

    /// <summary>Takes the room away but for so many bytes.</summary>
    public void Fill(int left)
    {
        using var ballast = File.Create(Ballast);
        var room = new DriveInfo(Folder).AvailableFreeSpace - left;
        var zeros = new byte[1 << 16];
        for (; room > 0; room -= zeros.Length)
        {
            ballast.Write(zeros.AsSpan(0, (int)Math.Min(room, zeros.Length)));
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    public void Dispose()
    {
        if (Tablespace.Length > 0)
        {
            TestServer.Execute($"drop tablespace if exists {Tablespace}");
        }
        Run("umount", Folder);
        Directory.Delete(Folder);
    }

    private static string DataFolder(string words)
    {
        using var connection = new NpgsqlConnection(words + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand("show data_directory", connection);
        return (string)command.ExecuteScalar()!;
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // No such program: as good as not permitted.
        }
    }
}

/// <summary>A test that needs a small disk; where none can be mounted, it is skipped by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        using var mounted = OperatingSystem.IsLinux() ? SmallDisk.TryMount() : null;
        Skip = mounted is null ? "mounting a small tmpfs is not permitted here" : null;
    }
}

using System.Diagnostics;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>A disk of its own for one store, so small that it can be filled: a tmpfs. What PostgreSQL needs beside stands in the other half, which
/// the tests of pages do without.</summary>
internal sealed partial class SmallDisk : IDisposable
{
    /// <summary>A database of PostgreSQL begins with 8 MiB, a hub's with twice that.</summary>
    private const string Size = "size=48m";

    private static int _made;

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Whether one may be mounted here: tried once, and taken away again.</summary>
    public static bool IsThere { get; } = Tried();

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Null: mounting is not permitted here.</summary>
    public static SmallDisk? TryMount()
    {
        var beside = Path.GetTempPath();
        FindPlace(ref beside);
        var folder = Directory.CreateDirectory(Path.Combine(beside, $"small-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}")).FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", Size, "tmpfs", folder))
        {
            Directory.Delete(folder);
            return null;
        }
        return new SmallDisk(folder);
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
        Undo();
        Run("umount", Folder);
        Directory.Delete(Folder);
    }

    /// <summary>Another folder than the temporary one, where another user must reach it.</summary>
    static partial void FindPlace(ref string beside);

    /// <summary>What was made on it beside files.</summary>
    partial void Undo();

    private static bool Tried()
    {
        using var mounted = OperatingSystem.IsLinux() ? TryMount() : null;
        return mounted is not null;
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
    internal const string WhyNot = "mounting a small tmpfs is not permitted here";

    public SmallDiskFactAttribute() => Skip = SmallDisk.IsThere ? null : WhyNot;
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskTheoryAttribute : TheoryAttribute
{
    public SmallDiskTheoryAttribute() => Skip = SmallDisk.IsThere ? null : SmallDiskFactAttribute.WhyNot;
}

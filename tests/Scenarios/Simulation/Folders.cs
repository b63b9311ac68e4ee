namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>Folders of a run: in memory where the machine has such a place, so that a sync costs nothing. Nothing here tests the disk.</summary>
internal static class Folders
{
    private const string InMemory = "/dev/shm";
    private const string OfProcess = "edgehub-simulation-";
    private static readonly string Root = Mine();

    public static string New(string name) => Directory.CreateDirectory(Path.Combine(Root, $"{name}-{Guid.NewGuid():N}")).FullName;

    /// <summary>One folder of each process; what a process left that was killed goes with the next one.</summary>
    private static string Mine()
    {
        if (!Directory.Exists(InMemory))
        {
            return Directory.CreateTempSubdirectory(OfProcess).FullName;
        }
        foreach (var left in Directory.GetDirectories(InMemory, OfProcess + "*").Where(folder => !Directory.Exists("/proc/" + Path.GetFileName(folder)[OfProcess.Length..])))
        {
            Directory.Delete(left, recursive: true);
        }
        var mine = Path.Combine(InMemory, OfProcess + Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (Directory.Exists(mine))
            {
                Directory.Delete(mine, recursive: true);
            }
        };
        return Directory.CreateDirectory(mine).FullName;
    }

    /// <summary>What lies in a folder now, without locks and shared memory: as a machine finds it that starts after a crash.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, file);
            if (name.EndsWith(".lock", StringComparison.Ordinal) || name.EndsWith("-shm", StringComparison.Ordinal))
            {
                continue;
            }
            var target = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var read = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var written = new FileStream(target, FileMode.Create, FileAccess.Write);
            read.CopyTo(written);
        }
    }
}

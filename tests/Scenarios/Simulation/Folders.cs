namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>Folders of a run: in memory where the machine has such a place, so that a sync costs nothing. Nothing here tests the disk.</summary>
internal static class Folders
{
    private const string InMemory = "/dev/shm";

    public static string New(string name) => Directory.Exists(InMemory)
        ? Directory.CreateDirectory(Path.Combine(InMemory, $"edgehub-{name}-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory($"edgehub-{name}-").FullName;

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

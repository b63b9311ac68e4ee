namespace EdgeHub.Tests.Bench;

/// <summary>A folder on the machine's temporary disk, gone at the end.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("edgehub-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

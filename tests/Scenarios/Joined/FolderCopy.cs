namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>A backup of some files of a folder whose program stands still.</summary>
internal sealed class FolderCopy : IDisposable
{
    private readonly string _from;
    private readonly string _pattern;
    private readonly string _copy = Directory.CreateTempSubdirectory("joined-copy-").FullName;

    public FolderCopy(string folder, string pattern)
    {
        (_from, _pattern) = (folder, pattern);
        foreach (var file in Directory.GetFiles(folder, pattern))
        {
            File.Copy(file, Path.Combine(_copy, Path.GetFileName(file)));
        }
    }

    public void PutBack()
    {
        foreach (var file in Directory.GetFiles(_from, _pattern))
        {
            File.Delete(file);
        }
        foreach (var file in Directory.GetFiles(_copy))
        {
            File.Copy(file, Path.Combine(_from, Path.GetFileName(file)));
        }
    }

    public void Dispose() => Directory.Delete(_copy, recursive: true);
}

namespace EdgeHub.Sync.Stores;

/// <summary>A store that cannot be used: code (<see cref="Rules.Codes.DiskFull"/>, <see cref="Rules.Codes.StoreDamaged"/>), the file, and what was seen.</summary>
public sealed class StoreException(string code, string file, string detail, Exception? inner = null)
    : Exception($"{code}: {Path.GetFileName(file)}: {detail}", inner)
{
    public string Code { get; } = code;
    public string File { get; } = file;

    /// <summary>What was seen, without code and file.</summary>
    public string Detail { get; } = detail;
}

namespace EdgeHub.Sync.Stores;

/// <summary>A store that cannot be used: code (<see cref="Rules.Codes.DiskFull"/>, <see cref="Rules.Codes.StoreDamaged"/>,
/// <see cref="Rules.Codes.StoreUnreachable"/>, <see cref="Rules.Codes.Busy"/>), the file, and what was seen.</summary>
public sealed class StoreException(string code, string file, string detail, Exception? inner = null)
    : Exception($"{code}: {Path.GetFileName(file)}: {detail}", inner)
{
    public string Code { get; } = code;
    public string File { get; } = file;

    /// <summary>The connection was lost while the engine committed: it may have stored the transaction or not. Whoever asks again
    /// must ask in a way that does nothing twice.</summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>The engine undid the transaction to let another one go first; the same work may succeed at once.</summary>
    internal bool MayRunAgain { get; init; }

    /// <summary>What was seen, without code and file.</summary>
    public string Detail { get; } = detail;
}

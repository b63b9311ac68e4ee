namespace EdgeHub.Sync.Journal;

/// <summary>Bytes that are no journal line, batch or feed page of ours. Code: one of <see cref="Rules.Codes"/>
/// (BadJson, TooLong, BodyUnreadable, BatchDamaged, BatchTooLarge, UnknownFormat, BadSignature); detail: which field, what was found, what would be right.</summary>
public sealed class JournalFormatException(string code, string detail, Exception? inner = null) : Exception($"{code}: {detail}", inner)
{
    public string Code { get; } = code;
    public string Detail { get; } = detail;
}

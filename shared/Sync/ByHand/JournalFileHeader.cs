using EdgeHub.Rules;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Sync.ByHand;

/// <summary>What a file of unsent lines says of itself in clear. It is bound to every sealed part behind it; what it says of the lines
/// must agree with the signed batches inside.</summary>
/// <param name="Format">1.</param>
/// <param name="HubKeyId">Id of the hub's key that the file is sealed to.</param>
/// <param name="Ephemeral">The public half of the key made for this file (SubjectPublicKeyInfo, base64).</param>
/// <param name="PrevHash">Chain hash before the first line, <paramref name="LastHash"/>: after the last.</param>
/// <param name="Made">By the agent's clock.</param>
public sealed record JournalFileHeader(
    int Format, string HubKeyId, string Ephemeral, string Region, string Site, string Device,
    long Epoch, long FromSeq, long LastSeq, string PrevHash, string LastHash, DateTimeOffset Made)
{
    public const int CurrentFormat = 1;

    /// <summary>Lines of one file: more than a clinic writes in ten years.</summary>
    public const long MostLines = 5_000_000;

    private const int MostWordCharacters = 64;
    private const int MostKeyCharacters = 200;

    /// <exception cref="JournalFormatException">UnknownFormat, FileDamaged: a field cannot be.</exception>
    internal static JournalFileHeader Read(ReadOnlySpan<byte> json)
    {
        JournalFileHeader header;
        try
        {
            header = JournalCodec.ReadBody<JournalFileHeader>(json);
        }
        catch (JournalFormatException unreadable)
        {
            throw new JournalFormatException(Codes.FileDamaged, "header: " + unreadable.Detail, unreadable);
        }
        if (header.Format != CurrentFormat)
        {
            throw new JournalFormatException(Codes.UnknownFormat, $"format: {header.Format}; expected {CurrentFormat}");
        }
        string[] words = [header.HubKeyId, header.Region, header.Site, header.Device];
        var wrong =
            Array.Exists(words, word => word.Length is 0 or > MostWordCharacters) ? "hubKeyId, region, site or device"
            : header.Ephemeral.Length is 0 or > MostKeyCharacters ? "ephemeral"
            : header.Epoch < 1 ? "epoch"
            : header.FromSeq < 1 || header.LastSeq < header.FromSeq || header.LastSeq - header.FromSeq >= MostLines ? "fromSeq or lastSeq"
            : Chain.TryParse(header.PrevHash) is null || Chain.TryParse(header.LastHash) is null ? "prevHash or lastHash"
            : null;
        return wrong is null ? header : throw new JournalFormatException(Codes.FileDamaged, $"header: {wrong} cannot be");
    }
}

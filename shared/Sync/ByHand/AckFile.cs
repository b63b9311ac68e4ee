using System.Buffers.Binary;
using System.Text.Json;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Sync.ByHand;

/// <summary>What the hub answers to a file of unsent lines: how far the device's chain is durably stored, as an acknowledgement over the
/// line says it. It holds no personal value.</summary>
/// <param name="Seq">Stored through here of the epoch, 0 for none; <paramref name="Hash"/>: the chain's hash there.</param>
/// <param name="Taken">Lines of the file that were new; <paramref name="Known"/>: that the hub had already.</param>
/// <param name="Refused">The code why the rest was not taken; null: all was.</param>
/// <param name="Made">By the hub's clock.</param>
public sealed record Acks(
    int Format, string Region, string Site, string Device, long Epoch, long Seq, string Hash, long Taken, long Known, string? Refused, string? Detail,
    DateTimeOffset Made)
{
    public const int CurrentFormat = 1;
}

/// <summary>Acknowledgements as a file: "EHA1", length (unsigned 32 bit, big endian), JSON, the hub's signature over magic word and JSON
/// (64 bytes). Only who holds the hub's key can make one.</summary>
public static class AckFile
{
    public const int MostBytes = 4_096;
    private const int HeadBytes = 8;

    private static ReadOnlySpan<byte> Magic => "EHA1"u8;

    public static byte[] Write(Acks acks, ISigner hub)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(acks, JournalCodec.Options);
        var length = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)json.Length);
        byte[] file = [.. Magic, .. length, .. json, .. hub.Sign(Signed(json))];
        return file.Length <= MostBytes ? file : throw new ArgumentException($"Acknowledgements have at most {MostBytes} bytes, not {file.Length}.", nameof(acks));
    }

    /// <param name="hubKey">The key that the device enrolled with.</param>
    /// <exception cref="JournalFormatException">UnknownFormat, FileDamaged; BadSignature: not this hub's; BodyUnreadable: of a later version.</exception>
    public static Acks Read(ReadOnlySpan<byte> file, ReadOnlySpan<byte> hubKey)
    {
        if (file.Length is < HeadBytes or > MostBytes || !file.StartsWith(Magic))
        {
            throw new JournalFormatException(Codes.UnknownFormat, "file: expected EHA1, a file that hub import journal wrote");
        }
        long length = BinaryPrimitives.ReadUInt32BigEndian(file[4..]);
        if (file.Length != HeadBytes + length + EcdsaKeys.SignatureBytes)
        {
            throw new JournalFormatException(Codes.FileDamaged, $"file: {file.Length} bytes; expected {HeadBytes + length + EcdsaKeys.SignatureBytes}");
        }
        var json = file.Slice(HeadBytes, (int)length);
        if (!EcdsaKeys.Verify(hubKey, Signed(json), file[^EcdsaKeys.SignatureBytes..]))
        {
            throw new JournalFormatException(Codes.BadSignature, "file: not signed by the hub that this device enrolled at, or altered");
        }
        // The hub wrote and signed it: what is not readable now is another version's.
        var acks = JournalCodec.ReadBody<Acks>(json);
        return acks is { Format: Acks.CurrentFormat, Epoch: >= 1, Seq: >= 0 } && Chain.TryParse(acks.Hash) is not null
            ? acks
            : throw new JournalFormatException(Codes.UnknownFormat, $"format: {acks.Format}; expected {Acks.CurrentFormat}");
    }

    private static byte[] Signed(ReadOnlySpan<byte> json) => [.. Magic, (byte)'\n', .. json];
}

using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace EdgeHub.Sync.Wire;

/// <summary>The envelope of a batch of journal lines: all that ingest judges.</summary>
/// <param name="Format">1.</param>
/// <param name="FromSeq">Sequence of the first line; the lines are FromSeq … FromSeq + Count - 1.</param>
/// <param name="RawLength">Bytes of the lines before compression; checked before anything is inflated.</param>
/// <param name="PrevHash">Chain hash before the first line, <paramref name="LastHash"/>: after the last; 64 lower-case hexadecimal digits.</param>
/// <param name="Signature">The device's over <see cref="SignedBytes"/>, base64 of 64 bytes.</param>
public sealed record BatchHeader(
    int Format, string Region, string Site, string Device, long Epoch, long FromSeq, int Count, int RawLength,
    string PrevHash, string LastHash, string KeyId, string Signature)
{
    public const int CurrentFormat = 1;

    [JsonIgnore]
    public long LastSeq => FromSeq + Count - 1;

    /// <summary>What is signed: the magic word and every field but the signature, one per line. The fields hold no line feed.</summary>
    public byte[] SignedBytes() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"EHJ1\n{Format}\n{Region}\n{Site}\n{Device}\n{Epoch}\n{FromSeq}\n{Count}\n{RawLength}\n{PrevHash}\n{LastHash}\n{KeyId}"));
}

/// <summary>A batch as it came: its header, the whole wire bytes (kept as the segment) and the compressed lines in them.</summary>
public sealed record ReceivedBatch(BatchHeader Header, ReadOnlyMemory<byte> Wire, ReadOnlyMemory<byte> Payload);

/// <summary>A batch whose lines were counted, sequenced and chained as its header says.</summary>
public sealed record OpenedBatch(BatchHeader Header, IReadOnlyList<ReadOnlyMemory<byte>> Lines, IReadOnlyList<Journal.JournalHead> Heads);

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Sync.ByHand;

/// <summary>Writes unsent lines to a file that only the hub can read: "EHM1", header length (unsigned 32 bit, big endian), header as
/// JSON, then part after part: a byte (0 more follow, 1 the last), length, the sealed batch as it would have been sent. Each part is
/// AES-256-GCM under the file's key, its number as the nonce, bound to the header, its number and whether it is the last: nothing can
/// be left out, put elsewhere or cut off unseen. No more than one batch is in memory.</summary>
public sealed class JournalFileWriter : IDisposable
{
    internal const int TagBytes = 16;
    internal const int NonceBytes = 12;
    internal const int MostHeaderBytes = 4_096;

    private readonly Stream _output;
    private readonly AesGcm _aes;
    private readonly byte[] _header;
    private readonly byte[] _bound;
    private int _parts;

    private JournalFileWriter(Stream output, AesGcm aes, byte[] header) => (_output, _aes, _header, _bound) = (output, aes, header, Bound(header));

    internal static ReadOnlySpan<byte> Magic => "EHM1"u8;

    /// <param name="hubKey">The hub's key for files moved by hand.</param>
    /// <param name="header">Without the keys, which are put in here.</param>
    public static async Task<JournalFileWriter> Begin(Stream output, ReadOnlyMemory<byte> hubKey, JournalFileHeader header, CancellationToken cancel)
    {
        var (ephemeral, key) = HandPair.For(hubKey.Span);
        var whole = header with { HubKeyId = EcdsaKeys.KeyId(hubKey.Span), Ephemeral = Convert.ToBase64String(ephemeral) };
        var json = JsonSerializer.SerializeToUtf8Bytes(whole, JournalCodec.Options);
        JournalFileHeader.Read(json);
        var writer = new JournalFileWriter(output, new AesGcm(key, TagBytes), json);
        CryptographicOperations.ZeroMemory(key);
        var head = new byte[8];
        Magic.CopyTo(head);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), (uint)json.Length);
        await output.WriteAsync(head, cancel);
        await output.WriteAsync(writer._header, cancel);
        return writer;
    }

    /// <param name="wire">One batch, signed by the device.</param>
    public async Task Add(ReadOnlyMemory<byte> wire, bool last, CancellationToken cancel)
    {
        if (wire.Length is 0 or > BatchCodec.MaxWireBytes)
        {
            throw new ArgumentException($"A batch has 1 to {BatchCodec.MaxWireBytes} bytes, not {wire.Length}.", nameof(wire));
        }
        var part = new byte[5 + wire.Length + TagBytes];
        part[0] = (byte)(last ? 1 : 0);
        BinaryPrimitives.WriteUInt32BigEndian(part.AsSpan(1), (uint)(wire.Length + TagBytes));
        Place(_bound, _parts, last);
        _aes.Encrypt(Nonce(_parts), wire.Span, part.AsSpan(5, wire.Length), part.AsSpan(5 + wire.Length), _bound);
        _parts++;
        await _output.WriteAsync(part, cancel);
    }

    /// <summary>What each part is bound to: the header's hash, and room for <see cref="Place"/>.</summary>
    internal static byte[] Bound(ReadOnlySpan<byte> header) => [.. SHA256.HashData(header), 0, 0, 0, 0, 0];

    internal static void Place(Span<byte> bound, int part, bool last)
    {
        BinaryPrimitives.WriteInt32BigEndian(bound[^5..], part);
        bound[^1] = (byte)(last ? 1 : 0);
    }

    internal static byte[] Nonce(int part)
    {
        var nonce = new byte[NonceBytes];
        BinaryPrimitives.WriteInt32BigEndian(nonce.AsSpan(8), part);
        return nonce;
    }

    public void Dispose() => _aes.Dispose();
}

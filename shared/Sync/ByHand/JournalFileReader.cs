using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Sync.ByHand;

/// <summary>Reads what <see cref="JournalFileWriter"/> wrote, part by part; a part is given only when it opened. Whose the batches are
/// is not judged here: that is ingest's.</summary>
public sealed class JournalFileReader : IDisposable
{
    private readonly Stream _input;
    private readonly AesGcm _aes;
    private readonly byte[] _bound;
    private int _parts;
    private bool _ended;

    private JournalFileReader(Stream input, AesGcm aes, JournalFileHeader header, byte[] bound) => (_input, _aes, Header, _bound) = (input, aes, header, bound);

    public JournalFileHeader Header { get; }

    /// <exception cref="JournalFormatException">UnknownFormat: no such file; FileDamaged; FileOfAnother: sealed to another key.</exception>
    public static async Task<JournalFileReader> Open(Stream input, HandPair hub, CancellationToken cancel)
    {
        var head = new byte[8];
        if (await input.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel) < head.Length || !head.AsSpan().StartsWith(JournalFileWriter.Magic))
        {
            throw new JournalFormatException(Codes.UnknownFormat, "file: expected EHM1, a file that an agent's export-unsent wrote");
        }
        var length = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4));
        if (length is 0 or > JournalFileWriter.MostHeaderBytes)
        {
            throw Damaged($"header length: {length}; expected 1 to {JournalFileWriter.MostHeaderBytes}");
        }
        var json = await Exactly(input, (int)length, "the header", cancel);
        var header = JournalFileHeader.Read(json);
        if (header.HubKeyId != hub.KeyId)
        {
            throw new JournalFormatException(Codes.FileOfAnother, $"hubKeyId: {header.HubKeyId}; this hub's is {hub.KeyId}");
        }
        var ephemeral = new byte[200];
        var key = hub.Open(Convert.TryFromBase64String(header.Ephemeral, ephemeral, out var written) ? ephemeral.AsSpan(0, written) : []);
        var aes = new AesGcm(key, JournalFileWriter.TagBytes);
        CryptographicOperations.ZeroMemory(key);
        return new JournalFileReader(input, aes, header, JournalFileWriter.Bound(json));
    }

    /// <summary>The next batch as it would have been sent; null: the file ended as it should.</summary>
    /// <exception cref="JournalFormatException">FileDamaged: what was given before is sound all the same.</exception>
    public async Task<byte[]?> Next(CancellationToken cancel)
    {
        var frame = new byte[5];
        if (_ended)
        {
            return await _input.ReadAtLeastAsync(frame, 1, throwOnEndOfStream: false, cancel) == 0
                ? null
                : throw Damaged($"part {_parts}: something stands behind the last one");
        }
        frame = await Exactly(_input, frame.Length, Part, cancel);
        var (flag, length) = (frame[0], BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(1)));
        if (flag > 1 || length is <= JournalFileWriter.TagBytes or > BatchCodec.MaxWireBytes + JournalFileWriter.TagBytes)
        {
            throw Damaged($"{Part}: its length {length} cannot be");
        }
        var sealedPart = await Exactly(_input, (int)length, Part, cancel);
        var wire = new byte[length - JournalFileWriter.TagBytes];
        JournalFileWriter.Place(_bound, _parts, flag == 1);
        try
        {
            _aes.Decrypt(JournalFileWriter.Nonce(_parts), sealedPart.AsSpan(0, wire.Length), sealedPart.AsSpan(wire.Length), wire, _bound);
        }
        catch (AuthenticationTagMismatchException altered)
        {
            throw new JournalFormatException(Codes.FileDamaged, $"{Part}: it does not open; it, or the header, was altered", altered);
        }
        _parts++;
        _ended = flag == 1;
        return wire;
    }

    private string Part => string.Create(CultureInfo.InvariantCulture, $"part {_parts + 1}");

    private static async Task<byte[]> Exactly(Stream input, int length, string what, CancellationToken cancel)
    {
        var bytes = new byte[length];
        var read = await input.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, cancel);
        return read == length ? bytes : throw Damaged($"{what}: cut off after {read} of {length} bytes");
    }

    private static JournalFormatException Damaged(string detail) => new(Codes.FileDamaged, detail);

    public void Dispose() => _aes.Dispose();
}

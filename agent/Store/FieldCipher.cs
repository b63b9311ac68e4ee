using System.Security.Cryptography;
using System.Text;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Agent.Store;

/// <summary>Seals bodies and personal columns: AES-256-GCM with a random nonce, bound to where the bytes belong, so that a
/// sealed value moved to another row does not open. Numbers are looked up by HMAC-SHA-256.</summary>
public sealed class FieldCipher : IDisposable
{
    public const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _aes;
    private readonly byte[] _lookupKey;
    private readonly IEntropy _entropy;
    private readonly Lock _gate = new();

    /// <exception cref="CryptographicException">A key is not <see cref="KeyBytes"/> long.</exception>
    public FieldCipher(byte[] storeKey, byte[] lookupKey, IEntropy entropy)
    {
        if (storeKey.Length != KeyBytes || lookupKey.Length != KeyBytes)
        {
            throw new CryptographicException($"keys of {storeKey.Length} and {lookupKey.Length} bytes; expected {KeyBytes}");
        }
        _aes = new AesGcm(storeKey, TagBytes);
        _lookupKey = lookupKey;
        _entropy = entropy;
    }

    /// <param name="place">Table and key of the row, for example "settlement/018f…".</param>
    /// <returns>Nonce, cipher text, tag.</returns>
    public byte[] Seal(ReadOnlySpan<byte> plain, string place)
    {
        var sealedBytes = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        var bound = Encoding.UTF8.GetBytes(place);
        lock (_gate)
        {
            _entropy.Fill(nonce);
            _aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceBytes, plain.Length), sealedBytes.AsSpan(NonceBytes + plain.Length), bound);
        }
        return sealedBytes;
    }

    public byte[] Seal(string plain, string place) => Seal(Encoding.UTF8.GetBytes(plain), place);

    /// <exception cref="CryptographicException">The bytes were changed, moved to another place, or sealed with another key.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string place)
    {
        if (sealedBytes.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException($"A sealed value at {place} is shorter than a nonce and a tag.");
        }
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        var bound = Encoding.UTF8.GetBytes(place);
        lock (_gate)
        {
            _aes.Decrypt(sealedBytes[..NonceBytes], sealedBytes[NonceBytes..^TagBytes], sealedBytes[^TagBytes..], plain, bound);
        }
        return plain;
    }

    public string OpenText(ReadOnlySpan<byte> sealedBytes, string place) => Encoding.UTF8.GetString(Open(sealedBytes, place));

    /// <summary>What stands in the store instead of a number, so that it can be found without being read.</summary>
    /// <param name="kind">What the number is: "id", "card".</param>
    public byte[] LookupOf(string kind, string number) =>
        HMACSHA256.HashData(_lookupKey, Encoding.UTF8.GetBytes(kind + ":" + number.Trim().ToUpperInvariant()));

    public void Dispose() => _aes.Dispose();
}

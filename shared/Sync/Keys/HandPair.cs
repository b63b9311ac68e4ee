using System.Numerics;
using System.Security.Cryptography;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Sync.Keys;

/// <summary>The hub's second pair on P-256: files that are moved by hand are sealed to it (ECDH with a key made for the one file, HKDF,
/// AES-256-GCM). It follows from the pair that signs, so there is nothing more to keep, to copy to further processes or to lose.</summary>
public sealed class HandPair : IDisposable
{
    private const int KeyBytes = 32;

    // The order of the curve's group (FIPS 186-5, P-256).
    private static readonly BigInteger Order = BigInteger.Parse(
        "0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);

    private readonly ECDiffieHellman _pair;

    private HandPair(ECDiffieHellman pair)
    {
        _pair = pair;
        PublicKey = pair.ExportSubjectPublicKeyInfo();
        KeyId = EcdsaKeys.KeyId(PublicKey);
    }

    /// <summary>SubjectPublicKeyInfo.</summary>
    public byte[] PublicKey { get; }

    public string KeyId { get; }

    /// <param name="secret">The signing pair's private number, 32 bytes.</param>
    internal static HandPair Of(ReadOnlySpan<byte> secret)
    {
        // 48 bytes for a number of 32: what the rest of the division favours is less than one in 2^128.
        Span<byte> wide = stackalloc byte[48];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, wide, [], "EHM1 pair"u8);
        var number = (new BigInteger(wide, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        var d = new byte[KeyBytes];
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(d, KeyBytes - bytes.Length);
        return new HandPair(ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d }));
    }

    /// <summary>What the hub says of this pair, signed so that a device believes it as it believes a feed.</summary>
    public HandKey Word(ISigner hub, string region)
    {
        var key = Convert.ToBase64String(PublicKey);
        return new HandKey(key, Convert.ToBase64String(hub.Sign(HandKey.SignedBytes(region, key))));
    }

    /// <summary>A key for one file, and the public half that goes with the file.</summary>
    /// <param name="hub">The hub's <see cref="PublicKey"/>.</param>
    public static (byte[] Ephemeral, byte[] Key) For(ReadOnlySpan<byte> hub)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var ephemeral = own.ExportSubjectPublicKeyInfo();
        return (ephemeral, Agreed(own, hub, ephemeral, hub));
    }

    /// <summary>The key of a file.</summary>
    /// <exception cref="JournalFormatException">FileDamaged: the bytes are no public key.</exception>
    public byte[] Open(ReadOnlySpan<byte> ephemeral) => EcdsaKeys.IsPublicKey(ephemeral)
        ? Agreed(_pair, ephemeral, ephemeral, PublicKey)
        : throw new JournalFormatException(Rules.Codes.FileDamaged, "ephemeral: expected a public key on P-256");

    private static byte[] Agreed(ECDiffieHellman own, ReadOnlySpan<byte> other, ReadOnlySpan<byte> ephemeral, ReadOnlySpan<byte> hub)
    {
        using var theirs = ECDiffieHellman.Create();
        theirs.ImportSubjectPublicKeyInfo(other, out _);
        using var known = theirs.PublicKey;
        var secret = own.DeriveRawSecretAgreement(known);
        try
        {
            return HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyBytes, SHA256.HashData([.. ephemeral, .. hub]), "EHM1 file"u8.ToArray());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    public void Dispose() => _pair.Dispose();
}

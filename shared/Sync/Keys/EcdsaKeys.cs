using System.Security.Cryptography;

namespace EdgeHub.Sync.Keys;

/// <summary>ECDSA on P-256 over SHA-256, signatures as IEEE P1363 (64 bytes), keys as PKCS#8 and SubjectPublicKeyInfo.</summary>
public static class EcdsaKeys
{
    public const int SignatureBytes = 64;
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>A new key pair. The platform's generator makes it, not the seeded entropy: a key must never be replayed.</summary>
    public static EcdsaSigner Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <exception cref="CryptographicException">Not a private key on P-256.</exception>
    public static EcdsaSigner Import(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return OnP256(key) ? new EcdsaSigner(key) : throw new CryptographicException("The key is not on P-256.");
    }

    /// <summary>First 16 hexadecimal digits of SHA-256 over the public key.</summary>
    public static string KeyId(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 8));

    /// <summary>True when the bytes are a public key on P-256 in its one form, as an agent sends it at enrolment: another spelling of the
    /// same key would have another id.</summary>
    public static bool IsPublicKey(ReadOnlySpan<byte> publicKey)
    {
        using var key = TryImport(publicKey);
        return key is not null && publicKey.SequenceEqual(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>True when the signature is the key's over the data; false too when the key is none.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var key = TryImport(publicKey);
        return key is not null && signature.Length == SignatureBytes
            && key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>A signature from its one base64 form (88 characters; the unused bits are zero); null: none.</summary>
    public static byte[]? TryReadSignature(string base64)
    {
        var signature = new byte[SignatureBytes];
        return base64.Length == 88 && Convert.TryFromBase64String(base64, signature, out var length) && length == SignatureBytes
            && Convert.ToBase64String(signature) == base64
            ? signature
            : null;
    }

    private static ECDsa? TryImport(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length is 0 or > 256)
        {
            return null;
        }
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out var read);
            if (read == publicKey.Length && OnP256(key))
            {
                return key;
            }
        }
        catch (Exception unusable) when (unusable is CryptographicException or PlatformNotSupportedException)
        {
            // No key, or one on a curve that nobody knows: the caller's answer is "no", whatever is wrong with the bytes.
        }
        key.Dispose();
        return null;
    }

    private static bool OnP256(ECDsa key) => key.ExportParameters(false).Curve is { IsNamed: true } curve && (curve.Oid.Value == P256 || curve.Oid.FriendlyName is "nistP256" or "ECDSA_P256");
}

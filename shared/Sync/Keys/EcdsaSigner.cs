using System.Security.Cryptography;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Sync.Keys;

/// <summary>Signs with one private key. Any thread may use it.</summary>
public sealed class EcdsaSigner : ISigner, IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _oneAtATime = new();

    internal EcdsaSigner(ECDsa key)
    {
        _key = key;
        PublicKey = key.ExportSubjectPublicKeyInfo();
        KeyId = EcdsaKeys.KeyId(PublicKey);
    }

    public string KeyId { get; }

    public byte[] PublicKey { get; }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_oneAtATime)
        {
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <summary>The private key as PKCS#8, unprotected: the caller keeps it by the platform's protection.</summary>
    public byte[] ExportPkcs8()
    {
        lock (_oneAtATime)
        {
            return _key.ExportPkcs8PrivateKey();
        }
    }

    /// <summary>The pair to which files are sealed that come to this signer's owner by hand.</summary>
    public HandPair HandPair()
    {
        lock (_oneAtATime)
        {
            var secret = _key.ExportParameters(includePrivateParameters: true).D!;
            try
            {
                return Keys.HandPair.Of(secret);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(secret);
            }
        }
    }

    public void Dispose() => _key.Dispose();
}

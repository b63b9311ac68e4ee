namespace EdgeHub.Sync.Seams;

/// <summary>Signs for one device or hub. ECDSA on P-256 over SHA-256, IEEE P1363: 64 bytes.</summary>
public interface ISigner
{
    /// <summary>First 16 hexadecimal digits of SHA-256 over the public key's SubjectPublicKeyInfo.</summary>
    string KeyId { get; }

    byte[] PublicKey { get; }

    byte[] Sign(ReadOnlySpan<byte> data);
}

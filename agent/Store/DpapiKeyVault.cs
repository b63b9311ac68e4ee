using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Keys under Windows' data protection, bound to the machine and to a secret of this state folder. To the machine, not to
/// a user: a service whose account is changed, and whoever repairs it, must still read them, and a service account may have no
/// profile in which a user's protection lives. Since any program of the machine may ask for the machine's protection, the 32
/// random bytes of keys/entropy.bin go into it; they are as private as the folder's rights, which the installer sets to the
/// service and the administrators. So a copy of the folder opens on no other machine, and nobody else on this one.</summary>
[SupportedOSPlatform("windows")]
public sealed class DpapiKeyVault(string folder, IEntropy entropy) : IKeyVault
{
    private const int SecretBytes = 32;

    private string SecretFile => Path.Combine(folder, "entropy.bin");

    public byte[]? Read(string name)
    {
        var path = FileKeyVault.PathOf(folder, name);
        return File.Exists(path)
            ? ProtectedData.Unprotect(File.ReadAllBytes(path), [.. Purpose(name), .. Secret()], DataProtectionScope.LocalMachine)
            : null;
    }

    public void Keep(string name, byte[] key)
    {
        OwnerFiles.Folder(folder);
        if (!File.Exists(SecretFile))
        {
            var secret = new byte[SecretBytes];
            entropy.Fill(secret);
            OwnerFiles.Write(SecretFile, secret);
        }
        OwnerFiles.Write(FileKeyVault.PathOf(folder, name), ProtectedData.Protect(key, [.. Purpose(name), .. Secret()], DataProtectionScope.LocalMachine));
    }

    private byte[] Secret() => File.ReadAllBytes(SecretFile) is { Length: SecretBytes } secret
        ? secret
        : throw new CryptographicException($"{SecretFile} does not hold {SecretBytes} bytes: put it back from its backup");

    private static byte[] Purpose(string name) => Encoding.UTF8.GetBytes("EdgeHub.Agent/" + name);
}

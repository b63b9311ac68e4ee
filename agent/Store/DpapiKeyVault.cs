using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace EdgeHub.Agent.Store;

/// <summary>Keys under Windows' data protection, bound to the machine: a service account and its repair tools read the same.</summary>
[SupportedOSPlatform("windows")]
public sealed class DpapiKeyVault(string folder) : IKeyVault
{
    public byte[]? Read(string name)
    {
        var path = FileKeyVault.PathOf(folder, name);
        return File.Exists(path)
            ? ProtectedData.Unprotect(File.ReadAllBytes(path), Purpose(name), DataProtectionScope.LocalMachine)
            : null;
    }

    public void Keep(string name, byte[] key)
    {
        Directory.CreateDirectory(folder);
        FileKeyVault.Write(FileKeyVault.PathOf(folder, name), ProtectedData.Protect(key, Purpose(name), DataProtectionScope.LocalMachine));
    }

    private static byte[] Purpose(string name) => Encoding.UTF8.GetBytes("EdgeHub.Agent/" + name);
}

using System.Security.Cryptography;
using EdgeHub.Agent.Store;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Agent.Recovery;

/// <summary>The keys that are left. One that is missing or damaged is made anew: what it sealed is lost, not the agent.</summary>
public sealed class RecoveryKeys : IDisposable
{
    private readonly (string Name, byte[] Key)[] _made;

    private RecoveryKeys(FieldCipher cipher, ISigner? device, (string, byte[])[] made) => (Cipher, Device, _made) = (cipher, device, made);

    public FieldCipher Cipher { get; }

    /// <summary>Null: without it nobody believes this device any more.</summary>
    public ISigner? Device { get; }

    /// <summary>Names of the keys that are made anew.</summary>
    public IEnumerable<string> Lost => _made.Select(made => made.Name);

    public static RecoveryKeys Read(IKeyVault vault, IKeyMaker maker, IEntropy entropy)
    {
        var made = new List<(string, byte[])>();
        var store = Symmetric(vault, entropy, "store", made);
        var lookup = Symmetric(vault, entropy, "lookup", made);
        return new RecoveryKeys(new FieldCipher(store, lookup, entropy), Device_(vault, maker), [.. made]);
    }

    /// <summary>Keeps what was made anew; what stood there goes beside the damaged store.</summary>
    public void Keep(IKeyVault vault, string keys, string aside)
    {
        foreach (var (name, key) in _made)
        {
            foreach (var file in Directory.Exists(keys) ? Directory.GetFiles(keys, name + ".*") : [])
            {
                File.Move(file, Path.Combine(aside, Path.GetFileName(file)), overwrite: true);
            }
            vault.Keep(name, key);
        }
    }

    private static byte[] Symmetric(IKeyVault vault, IEntropy entropy, string name, List<(string, byte[])> made)
    {
        try
        {
            if (vault.Read(name) is { Length: FieldCipher.KeyBytes } kept)
            {
                return kept;
            }
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // As if it were missing: the report says that it was made anew.
        }
        var key = new byte[FieldCipher.KeyBytes];
        entropy.Fill(key);
        made.Add((name, key));
        return key;
    }

    private static ISigner? Device_(IKeyVault vault, IKeyMaker maker)
    {
        try
        {
            return vault.Read("device") is { } kept ? maker.Open(kept) : null;
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        Cipher.Dispose();
        (Device as IDisposable)?.Dispose();
    }
}

using System.Security.Cryptography;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>The keys of one agent: one seals the store, one looks numbers up, and from enrolment on one signs as the device.</summary>
public sealed class AgentKeys : IDisposable
{
    private const string StoreName = "store";
    private const string LookupName = "lookup";
    private const string DeviceName = "device";
    private readonly IKeyVault _vault;

    private readonly IKeyMaker _maker;

    private AgentKeys(IKeyVault vault, IKeyMaker maker, FieldCipher cipher, ISigner? device) => (_vault, _maker, Cipher, Device) = (vault, maker, cipher, device);

    public FieldCipher Cipher { get; }

    /// <summary>Null before enrolment.</summary>
    public ISigner? Device { get; private set; }

    /// <summary>Reads the keys; makes them for a store that does not exist yet.</summary>
    /// <exception cref="StoreException">StoreDamaged: a store without its keys, a device's key without its store, keys that are
    /// damaged, another account's or another machine's. DiskFull: no room to keep new ones.</exception>
    public static AgentKeys Open(IKeyVault vault, IEntropy entropy, StateFolder folder, IKeyMaker maker)
    {
        try
        {
            return OpenAll(vault, entropy, folder, maker);
        }
        catch (IOException full) when (StoreFull.Is(full))
        {
            throw new StoreException(Codes.DiskFull, folder.Keys, "no room to keep this store's keys: " + full.Message, full);
        }
        catch (Exception unusable) when (unusable is CryptographicException or UnauthorizedAccessException or IOException or ArgumentException)
        {
            throw new StoreException(
                Codes.StoreDamaged, folder.Keys, $"the keys in {folder.Keys} cannot be used (damaged, another account's or another machine's): {unusable.Message}", unusable);
        }
    }

    private static AgentKeys OpenAll(IKeyVault vault, IEntropy entropy, StateFolder folder, IKeyMaker maker)
    {
        var (store, lookup, device) = (vault.Read(StoreName), vault.Read(LookupName), vault.Read(DeviceName));
        var exists = File.Exists(folder.Database);
        if (exists && (store is null || lookup is null))
        {
            throw new StoreException(Codes.StoreDamaged, folder.Database, "the keys of this store are missing from the keys folder");
        }
        if (!exists && device is not null)
        {
            throw new StoreException(Codes.StoreDamaged, folder.Database, "the store is missing, but this machine was enrolled");
        }
        store ??= Make(vault, entropy, StoreName);
        lookup ??= Make(vault, entropy, LookupName);
        return new AgentKeys(vault, maker, new FieldCipher(store, lookup, entropy), device is null ? null : maker.Open(device));
    }

    /// <summary>Makes the device's key pair and keeps it; a key that an enrolment left unfinished is used again.</summary>
    public ISigner MakeDevice()
    {
        if (Device is null)
        {
            var (made, kept) = _maker.Make();
            _vault.Keep(DeviceName, kept);
            Device = made;
        }
        return Device;
    }

    private static byte[] Make(IKeyVault vault, IEntropy entropy, string name)
    {
        var key = new byte[FieldCipher.KeyBytes];
        entropy.Fill(key);
        vault.Keep(name, key);
        return key;
    }

    public void Dispose()
    {
        Cipher.Dispose();
        (Device as IDisposable)?.Dispose();
    }
}

using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Agent.Store;

/// <summary>Makes the device's key pair, and makes it anew from what was kept. The platform's generator in service; a simulator
/// gives keys and signatures that its seed repeats.</summary>
public interface IKeyMaker
{
    /// <returns>The signer, and the private key to be kept by the vault.</returns>
    (ISigner Signer, byte[] Kept) Make();

    ISigner Open(byte[] kept);
}

/// <summary>The platform's own keys and signatures.</summary>
public sealed class PlatformKeys : IKeyMaker
{
    public (ISigner Signer, byte[] Kept) Make()
    {
        var made = EcdsaKeys.Create();
        return (made, made.ExportPkcs8());
    }

    public ISigner Open(byte[] kept) => EcdsaKeys.Import(kept);
}

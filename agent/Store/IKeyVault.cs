namespace EdgeHub.Agent.Store;

/// <summary>Keeps this machine's keys. Two homes: files that only the service's user may read (Linux), and files under the
/// platform's data protection (Windows).</summary>
public interface IKeyVault
{
    /// <summary>The key's bytes; null: there is none of that name.</summary>
    byte[]? Read(string name);

    /// <summary>Keeps a key durably: after this returns, a power cut does not lose it.</summary>
    void Keep(string name, byte[] key);
}

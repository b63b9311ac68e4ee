using System.Security.Cryptography;
using EdgeHub.Agent.Store;
using EdgeHub.Sync.Seams;
using Microsoft.AspNetCore.DataProtection;

namespace EdgeHub.Agent.Desk;

/// <summary>Seals the tokens of the forms, so that a form that was open over a restart is still taken. One key in the vault, AES-GCM, each
/// purpose bound to its bytes. The framework's own ring of keys, which changes every 90 days for many servers, brings an XML library and a
/// store of XML files along: 6 MB that a clinic's machine needs for other things.</summary>
public sealed partial class FormSeal : IDataProtectionProvider, IDataProtector, IDisposable
{
    private const string KeyName = "forms";
    private readonly Lazy<FieldCipher> _cipher;
    private readonly string _purpose;

    public FormSeal(IKeyVault vault, IEntropy entropy, ILogger<FormSeal> log) : this(new Lazy<FieldCipher>(() => Cipher(vault, entropy, log)), KeyName) { }

    private FormSeal(Lazy<FieldCipher> cipher, string purpose) => (_cipher, _purpose) = (cipher, purpose);

    public IDataProtector CreateProtector(string purpose) => new FormSeal(_cipher, _purpose + "/" + purpose);

    public byte[] Protect(byte[] plaintext) => _cipher.Value.Seal(plaintext, _purpose);

    /// <exception cref="CryptographicException">Altered, of another purpose, or sealed with a key that is gone: the form is asked for again.</exception>
    public byte[] Unprotect(byte[] protectedData) => _cipher.Value.Open(protectedData, _purpose);

    public void Dispose()
    {
        if (_cipher.IsValueCreated)
        {
            _cipher.Value.Dispose();
        }
    }

    private static FieldCipher Cipher(IKeyVault vault, IEntropy entropy, ILogger log)
    {
        var key = Kept(vault, log);
        if (key is null)
        {
            key = new byte[FieldCipher.KeyBytes];
            entropy.Fill(key);
            Keep(vault, key, log);
        }
        return new FieldCipher(key, key, entropy);
    }

    /// <summary>A key that cannot be read any more costs the forms that are open now, nothing else.</summary>
    private static byte[]? Kept(IKeyVault vault, ILogger log)
    {
        try
        {
            return vault.Read(KeyName) is { Length: FieldCipher.KeyBytes } key ? key : null;
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            Log.NotRead(log, unusable.Message);
            return null;
        }
    }

    /// <summary>With a full disk the pages go on: what is open is then asked for again after the next start.</summary>
    private static void Keep(IKeyVault vault, byte[] key, ILogger log)
    {
        try
        {
            vault.Keep(KeyName, key);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(log, refused.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The key of the forms cannot be read; a new one is made, and forms that are open are asked for again. {Detail}")]
        public static partial void NotRead(ILogger logger, string detail);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The key of the forms cannot be kept; forms that are open now are asked for again after the next start. {Detail}")]
        public static partial void NotKept(ILogger logger, string detail);
    }
}

using System.Security.Cryptography;
using EdgeHub.Rules;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Store;

/// <summary>The hub's own keys, files that only their owner may read: the pair that signs the feeds, and the secret of the
/// tickets. Processes of one hub share the folder. The pair is made once, with the hub: every device has enrolled with its public
/// half, so that a pair made anew would be believed by none of them.</summary>
public sealed class HubKeys : IDisposable
{
    private const string PairFile = "hub.p8";
    private const string SecretFile = "ticket.key";
    private const int TicketSecretBytes = 32;

    private readonly EcdsaSigner _signer;
    private HandKey? _handWord;

    private HubKeys(EcdsaSigner signer, byte[] ticketSecret) => (_signer, TicketSecret, Hand) = (signer, ticketSecret, signer.HandPair());

    public ISigner Signer => _signer;

    /// <summary>The pair that files are sealed to which come by hand.</summary>
    public HandPair Hand { get; }

    /// <summary>Secret of the HMAC over tickets, 32 bytes.</summary>
    public byte[] TicketSecret { get; }

    /// <summary>Inside the transaction that opens the hub, so that two processes do not make keys at once.</summary>
    /// <param name="isNew">The hub is being made: keys that are missing are made too.</param>
    /// <param name="keyId">The pair's id as the database knows it; null: made before ids were kept.</param>
    /// <exception cref="StoreException">StoreDamaged: a key file is missing, damaged or another hub's.</exception>
    public static HubKeys Open(string folder, IEntropy entropy, bool isNew, string? keyId)
    {
        OwnerFiles.Folder(folder);
        var (pairFile, secretFile) = (Path.Combine(folder, PairFile), Path.Combine(folder, SecretFile));
        if (isNew && !File.Exists(pairFile))
        {
            using var made = EcdsaKeys.Create();
            OwnerFiles.Write(pairFile, made.ExportPkcs8());
        }
        var signer = Import(pairFile);
        try
        {
            if (keyId is not null && keyId != signer.KeyId)
            {
                throw Refused(pairFile, $"it holds key {signer.KeyId}; this hub's is {keyId}: put the key file of this hub back from its backup");
            }
            if (!File.Exists(secretFile))
            {
                // Tickets live for minutes and are asked for anew: a lost secret is made again without harm.
                var bytes = new byte[TicketSecretBytes];
                entropy.Fill(bytes);
                OwnerFiles.Write(secretFile, bytes);
            }
            var secret = Read(secretFile);
            return secret.Length == TicketSecretBytes
                ? new HubKeys(signer, secret)
                : throw Refused(secretFile, $"it has {secret.Length} bytes, expected {TicketSecretBytes}: delete it, and it is made anew");
        }
        catch (Exception)
        {
            signer.Dispose();
            throw;
        }
    }

    /// <summary>Names the tickets' secret without showing it.</summary>
    internal string TicketKeyId => Convert.ToHexStringLower(SHA256.HashData(TicketSecret))[..16];

    /// <summary>Processes that serve one database give tickets that each of them takes.</summary>
    /// <param name="known">Id of the secret that the database knows; null: none yet.</param>
    /// <exception cref="StoreException">StoreDamaged: this folder's secret is another one.</exception>
    internal void RefuseOtherTickets(string? known)
    {
        if (known is not null && known != TicketKeyId)
        {
            throw Refused(SecretFile, $"it is key {TicketKeyId}, the other processes of this hub have {known}: copy {SecretFile} from one of them, or start once with --restored when none has it");
        }
    }

    /// <summary>What devices are told of <see cref="Hand"/>; signed once.</summary>
    public HandKey HandWord(string region) => _handWord ??= Hand.Word(_signer, region);

    public void Dispose()
    {
        Hand.Dispose();
        _signer.Dispose();
    }

    private static EcdsaSigner Import(string file)
    {
        if (!File.Exists(file))
        {
            throw Refused(file, "it is missing, but this hub has signed with it and its devices know it: put the keys folder back from its backup");
        }
        try
        {
            return EcdsaKeys.Import(Read(file));
        }
        catch (CryptographicException damaged)
        {
            throw Refused(file, "it is no key (cut short or overwritten): put it back from its backup", damaged);
        }
    }

    private static byte[] Read(string file)
    {
        try
        {
            OwnerFiles.Narrow(file);
            return File.ReadAllBytes(file);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw Refused(file, "it cannot be read: " + refused.Message, refused);
        }
    }

    private static StoreException Refused(string file, string why, Exception? inner = null) =>
        new(Codes.StoreDamaged, file, $"the hub's key file {file}: {why}", inner);
}

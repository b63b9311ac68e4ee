using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Hub.Store;

/// <summary>The hub's own keys, files that only their owner may read: the pair that signs the feeds, and the secret of the
/// tickets. Processes of one hub share the folder.</summary>
public sealed class HubKeys : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int TicketSecretBytes = 32;

    private readonly EcdsaSigner _signer;

    private HubKeys(EcdsaSigner signer, byte[] ticketSecret) => (_signer, TicketSecret) = (signer, ticketSecret);

    public ISigner Signer => _signer;

    /// <summary>Secret of the HMAC over tickets, 32 bytes.</summary>
    public byte[] TicketSecret { get; }

    public static HubKeys OpenOrMake(string folder, IEntropy entropy)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
        var pair = ReadOrMake(Path.Combine(folder, "hub.p8"), () =>
        {
            using var made = EcdsaKeys.Create();
            return made.ExportPkcs8();
        });
        var secret = ReadOrMake(Path.Combine(folder, "ticket.key"), () =>
        {
            var bytes = new byte[TicketSecretBytes];
            entropy.Fill(bytes);
            return bytes;
        });
        return secret.Length == TicketSecretBytes
            ? new HubKeys(EcdsaKeys.Import(pair), secret)
            : throw new InvalidDataException($"ticket.key has {secret.Length} bytes; expected {TicketSecretBytes}.");
    }

    public void Dispose() => _signer.Dispose();

    /// <summary>Two processes that start at once: the one that makes the file first wins, the other reads it.</summary>
    private static byte[] ReadOrMake(string file, Func<byte[]> make)
    {
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }
            try
            {
                using var stream = new FileStream(file, options);
                stream.Write(make());
                stream.Flush(flushToDisk: true);
            }
            catch (IOException) when (File.Exists(file))
            {
                // Made in between by another process of this hub; its bytes are read below.
            }
        }
        return File.ReadAllBytes(file);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Sync.Keys;

/// <summary>What a call says who it is from.</summary>
public sealed record TicketClaim(string Device, string Ticket, byte[] Signature);

/// <summary>How a device shows who it is: the hub hands out a ticket (kept nowhere: it carries its own proof), the device signs it
/// and sends "Authorization: EdgeHub DEVICE TICKET SIGNATURE". A ticket holds no line feed, so a signed ticket is never the
/// signed form of a batch or of a head.</summary>
public static class Tickets
{
    public const string Scheme = "EdgeHub";
    public const int MaxHeaderLength = 512;

    /// <summary>How long a ticket is good for.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    /// <summary>A ticket for a device: device.expiry.proof. Any hub process with the secret can check it.</summary>
    /// <param name="secret">At least 32 bytes, the same in every hub process of the region.</param>
    public static string Issue(string device, DateTimeOffset now, ReadOnlySpan<byte> secret)
    {
        var claim = string.Create(CultureInfo.InvariantCulture, $"{device}.{(now + Life).ToUnixTimeMilliseconds()}");
        return $"{claim}.{Proof(claim, secret)}";
    }

    /// <summary>True while the ticket is this device's, from this hub, and not over its time.</summary>
    public static bool IsGood(string ticket, string device, DateTimeOffset now, ReadOnlySpan<byte> secret)
    {
        var last = ticket.LastIndexOf('.');
        var middle = last > 0 ? ticket.LastIndexOf('.', last - 1) : -1;
        return middle > 0
            && ticket.AsSpan(0, middle).SequenceEqual(device)
            && long.TryParse(ticket.AsSpan(middle + 1, last - middle - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var expiry)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(ticket[(last + 1)..]), Encoding.UTF8.GetBytes(Proof(ticket[..last], secret)))
            && now.ToUnixTimeMilliseconds() < expiry;
    }

    /// <summary>The value of the Authorization header.</summary>
    /// <exception cref="ArgumentException">The ticket is none that a hub of ours hands out: it is not signed.</exception>
    public static string Header(string device, string ticket, ISigner signer) => IsWord(device) && IsWord(ticket)
        ? $"{Scheme} {device} {ticket} {Convert.ToBase64String(signer.Sign(Encoding.UTF8.GetBytes(ticket)))}"
        : throw new ArgumentException("A ticket is one word of letters, digits, '-', '_' and '.'.", nameof(ticket));

    /// <summary>The parts of an Authorization header; null: not of ours.</summary>
    public static TicketClaim? TryRead(string? header)
    {
        if (header is null || header.Length > MaxHeaderLength)
        {
            return null;
        }
        var parts = header.Split(' ');
        return parts.Length == 4 && parts[0] == Scheme && IsWord(parts[1]) && IsWord(parts[2]) && EcdsaKeys.TryReadSignature(parts[3]) is { } signature
            ? new TicketClaim(parts[1], parts[2], signature)
            : null;
    }

    /// <summary>True when the device's key signed the claim's ticket.</summary>
    public static bool SignatureHolds(TicketClaim claim, ReadOnlySpan<byte> publicKey) =>
        EcdsaKeys.Verify(publicKey, Encoding.UTF8.GetBytes(claim.Ticket), claim.Signature);

    private static string Proof(string claim, ReadOnlySpan<byte> secret) =>
        secret.Length >= 32
            ? Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(claim)))
            : throw new ArgumentException($"A ticket secret has at least 32 bytes, not {secret.Length}.", nameof(secret));

    private static bool IsWord(string text) => text.Length is > 0 and <= 256 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}

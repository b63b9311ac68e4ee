using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EdgeHub.Sync.Feeds;

/// <summary>What stands in the county's index instead of an identity number: the first 8 bytes of HMAC-SHA-256 under the county's
/// key, which only enrolled devices get. Of 165,000 persons two have the same with a chance of 7 in 10,000,000,000; the hub finds
/// such two and leaves both out. Somebody who has key and index can try numbers out: so the key is sealed at rest.</summary>
public static class CountyHash
{
    public const int Bytes = 8;
    public const int KeyBytes = 32;

    public static byte[] Of(ReadOnlySpan<byte> key, string idNumber) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("id:" + idNumber.Trim().ToUpperInvariant()))[..Bytes];

    /// <summary>As the feed's key has it: 11 characters.</summary>
    public static string Text(ReadOnlySpan<byte> hash) => Base64Url.EncodeToString(hash);

    /// <summary>Null: it is none.</summary>
    public static byte[]? TryParse(string text) => Base64Url.IsValid(text, out var length) && length == Bytes ? Base64Url.DecodeFromChars(text) : null;
}

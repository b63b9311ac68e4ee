using System.Text;
using System.Text.Json.Serialization;
using EdgeHub.Sync.Keys;

namespace EdgeHub.Sync.Wire;

// The messages of /sync/v1. JSON, camelCase. Hub and agent of neighbouring versions understand each other: fields are added,
// never changed.

/// <summary>POST /sync/v1/enrol: a one-time code and the public half of the key that the agent made.</summary>
/// <param name="PublicKey">SubjectPublicKeyInfo, base64.</param>
/// <param name="Site">A device that was enrolled once says for which site; a code for another one is refused, not used. Null: the first time.</param>
public sealed record EnrolRequest(string Code, string PublicKey, string Version, string? Site = null);

/// <param name="HubKey">The hub's public key (SubjectPublicKeyInfo, base64): feeds are signed with it.</param>
/// <param name="Villages">Codes of the catchment's villages.</param>
public sealed record EnrolAnswer(
    string Region, string Site, string Device, long Epoch, string Institution, string InstitutionName, int InstitutionLevel,
    string InstitutionType, string TimeZone, string HubKey, IReadOnlyList<string> Villages,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HandKey? HandKey = null);

/// <summary>The hub's key for files that are moved by hand, since a device may have enrolled before there was one.</summary>
/// <param name="PublicKey">SubjectPublicKeyInfo on P-256, base64.</param>
/// <param name="Signature">The hub's over <see cref="SignedBytes"/>, base64 of 64 bytes.</param>
public sealed record HandKey(string PublicKey, string Signature)
{
    public static byte[] SignedBytes(string region, string publicKey) => Encoding.UTF8.GetBytes($"EHK1\n{region}\n{publicKey}");

    /// <summary>The key's bytes; null: not signed by this hub for this region, or no key.</summary>
    /// <param name="hubKey">The key that the hub signs with (SubjectPublicKeyInfo).</param>
    public byte[]? Read(string region, ReadOnlySpan<byte> hubKey)
    {
        var key = new byte[200];
        // What came over the line may lack either.
        return PublicKey is { Length: <= 200 } && Signature is not null && EcdsaKeys.TryReadSignature(Signature) is { } signature
            && EcdsaKeys.Verify(hubKey, SignedBytes(region, PublicKey), signature)
            && Convert.TryFromBase64String(PublicKey, key, out var length) && EcdsaKeys.IsPublicKey(key.AsSpan(0, length))
            ? key[..length]
            : null;
    }
}

/// <summary>GET /sync/v1/hello?device=: what the hub knows of this device. Asked before the first settlement with the line up.</summary>
/// <param name="Ticket">Sign it (UTF-8 bytes) and send "Authorization: EdgeHub DEVICE TICKET SIGNATURE" to every other call but the journal.</param>
/// <param name="Seq">Last sequence that is durably stored, 0 for none; <paramref name="Hash"/>: its chain hash, hexadecimal.</param>
/// <param name="Feeds">Newest version of each feed.</param>
/// <param name="FeedIncarnation">Which life of its counter the versions belong to: another one than an agent holds makes it ask for
/// snapshots, for the hub was restored. Null: a hub that does not say.</param>
/// <param name="HandKey">Null: a hub that takes no files by hand.</param>
public sealed record HelloAnswer(
    string Ticket, DateTimeOffset HubTime, long Epoch, long Seq, string Hash, IReadOnlyDictionary<string, long> Feeds, string? FeedIncarnation = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HandKey? HandKey = null);

/// <summary>Answer to POST /sync/v1/journal (body: one batch). Status: Acknowledged, ResumeFrom, Refused.</summary>
/// <param name="AckedThrough">Last sequence of the epoch that is durably stored, quarantined ones included.</param>
/// <param name="Code">With Refused: one of UnknownDevice, Revoked, WrongRegion, BadSignature, StaleEpoch, Fork, Gap, UnknownFormat, BatchTooLarge, BatchDamaged.</param>
public sealed record JournalAnswer(string Status, long Epoch, long AckedThrough, string AckedHash, string? Code, string? Detail)
{
    public const string Acknowledged = "Acknowledged";
    public const string ResumeFrom = "ResumeFrom";
    public const string Refused = "Refused";
}

/// <summary>POST /sync/v1/epoch: a device that the hub knows more or other of asks for a new epoch. Ticket needed.</summary>
/// <param name="Seq">Where the device looks at its chain: the hub's own head where it has a line there, else its last line.</param>
/// <param name="Hash">Its chain's hash there, hexadecimal.</param>
/// <param name="AckedSeq">Through here the hub acknowledged the epoch's lines, as far as the device knows.</param>
/// <param name="Tail">The chain's hashes after <paramref name="AckedSeq"/>, at most <see cref="MostTail"/>; null: not told.</param>
/// <param name="AckedHash">The chain's hash at <paramref name="AckedSeq"/>, hexadecimal; null: a device that does not say.</param>
public sealed record EpochRequest(
    string Device, long Epoch, long Seq, string Hash, long AckedSeq = 0, IReadOnlyList<string>? Tail = null, string? AckedHash = null)
{
    public const int MostTail = 1_000;
}

/// <param name="KnownThrough">Through this sequence of the epoch that the device asked from the hub has the same lines: they need
/// not be carried. 0: not looked, or none behind what was acknowledged.</param>
/// <param name="AckedIsOther">Already what the device takes as acknowledged is not what the hub has: it was restored, and another copy of
/// the device wrote on from there. Everything is to be carried; what the hub has of it is known by its ids.</param>
public sealed record EpochAnswer(long Epoch, long KnownThrough = 0, bool AckedIsOther = false);

/// <summary>POST /sync/v1/persons/find: a person of another catchment who stands at the desk. Ticket needed; every look is logged.</summary>
/// <param name="By">id, card or person: what the number is.</param>
/// <param name="Nonce">The asker's own word; the pages of the answer are signed with it, so that no old answer passes for a new one.</param>
/// <param name="Why">CheckIn, Settlement.</param>
public sealed record PersonAsked(string By, string Number, string Nonce, string Why)
{
    public const string ById = "id";
    public const string ByCard = "card";
    public const string ByPerson = "person";

    /// <summary>The cursor of the answer's pages.</summary>
    public string Cursor => "find:" + Nonce;
}

/// <param name="Pages">Pages of the feeds members (one row), accumulators and payables, as of now; none: nobody is found.</param>
public sealed record PersonAnswer(IReadOnlyList<byte[]> Pages);

namespace EdgeHub.Sync.Wire;

// The messages of /sync/v1. JSON, camelCase. Hub and agent of neighbouring versions understand each other: fields are added,
// never changed.

/// <summary>POST /sync/v1/enrol: a one-time code and the public half of the key that the agent made.</summary>
/// <param name="PublicKey">SubjectPublicKeyInfo, base64.</param>
public sealed record EnrolRequest(string Code, string PublicKey, string Version);

/// <param name="HubKey">The hub's public key (SubjectPublicKeyInfo, base64): feeds are signed with it.</param>
/// <param name="Villages">Codes of the catchment's villages.</param>
public sealed record EnrolAnswer(
    string Region, string Site, string Device, long Epoch, string Institution, string InstitutionName, int InstitutionLevel,
    string InstitutionType, string TimeZone, string HubKey, IReadOnlyList<string> Villages);

/// <summary>GET /sync/v1/hello?device=: what the hub knows of this device. Asked before the first settlement with the line up.</summary>
/// <param name="Ticket">Sign it (UTF-8 bytes) and send "Authorization: EdgeHub DEVICE TICKET SIGNATURE" to every other call but the journal.</param>
/// <param name="Seq">Last sequence that is durably stored, 0 for none; <paramref name="Hash"/>: its chain hash, hexadecimal.</param>
/// <param name="Feeds">Newest version of each feed.</param>
public sealed record HelloAnswer(
    string Ticket, DateTimeOffset HubTime, long Epoch, long Seq, string Hash, IReadOnlyDictionary<string, long> Feeds);

/// <summary>Answer to POST /sync/v1/journal (body: one batch). Status: Acknowledged, ResumeFrom, Refused.</summary>
/// <param name="AckedThrough">Last sequence of the epoch that is durably stored, quarantined ones included.</param>
/// <param name="Code">With Refused: one of UnknownDevice, Revoked, WrongRegion, BadSignature, StaleEpoch, Fork, Gap, UnknownFormat, BatchTooLarge, BatchDamaged.</param>
public sealed record JournalAnswer(string Status, long Epoch, long AckedThrough, string AckedHash, string? Code, string? Detail)
{
    public const string Acknowledged = "Acknowledged";
    public const string ResumeFrom = "ResumeFrom";
    public const string Refused = "Refused";
}

/// <summary>POST /sync/v1/epoch: a restored device that the hub knows more of asks for a new epoch. Ticket needed.</summary>
public sealed record EpochRequest(string Device, long Epoch, long Seq, string Hash);

public sealed record EpochAnswer(long Epoch);

namespace EdgeHub.Agent.Devices.Cards;

/// <summary>What a field of a card is to us.</summary>
public enum CardField
{
    /// <summary>Its first six digits are the area that issued it.</summary>
    CardId,
    CardClass,

    /// <summary>Its digits before the point say which rows of the profile hold.</summary>
    Version,
    Issuer,
    Issued,
    Expires,
    CardNumber,
    IdNumber,
    Name,

    /// <summary>What of a long name the name's own record does not hold.</summary>
    NameExtension,
    Sex,
    BirthDate,
}

/// <summary>How a field's bytes are to be read.</summary>
public enum FieldEncoding
{
    /// <summary>Two digits in a byte, padded right with F.</summary>
    Digits,

    /// <summary>ASCII, padded right with 00.</summary>
    Ascii,

    /// <summary>GBK with what GB 18030 adds to it, padded right with 00.</summary>
    Gbk,

    /// <summary>Eight digits, yyyyMMdd; all 0 or F: none.</summary>
    Date,
}

/// <summary>Where a field stands on a card of some versions, and how to get at it: by tag, else by record number, or by offset in a
/// file without records.</summary>
/// <param name="Versions">Digits before the version's point; empty: every version.</param>
/// <param name="File">The file's identifier, for example EF05; its last five bits are its short identifier.</param>
/// <param name="Tag">Null: records carry no tags.</param>
/// <param name="Record">From 1; null: by tag alone.</param>
/// <param name="Offset">In a file without records; null: it has records.</param>
/// <param name="Length">The most bytes that the value may have.</param>
public sealed record FieldPlace(
    CardField Field, IReadOnlyList<string> Versions, ushort File, byte? Tag, byte? Record, ushort? Offset, byte Length, FieldEncoding Encoding, bool IsNeeded)
{
    public string Where => Tag is { } tag ? $"{File:X4}/{tag:X2}" : Record is { } record ? $"{File:X4}#{record}" : $"{File:X4}+{Offset}";
}

/// <summary>One kind of card: how it is known and where what stands on it.</summary>
/// <param name="Application">Selected by this name (AID).</param>
/// <param name="FileSelects">Headers of SELECT by file identifier, tried in this order.</param>
/// <param name="Blocked">Status words that say that the card or its application is blocked.</param>
/// <param name="NeedsAuthentication">Status words that say that a file is closed to who has not authenticated.</param>
/// <param name="AuthenticatedVersions">Versions whose personal files open only after an external authentication.</param>
public sealed record CardProfile(
    string Name, byte[] Application, IReadOnlyList<byte[]> FileSelects, IReadOnlyList<ushort> Blocked, IReadOnlyList<ushort> NeedsAuthentication,
    IReadOnlyList<string> AuthenticatedVersions, IReadOnlyList<FieldPlace> Fields)
{
    /// <summary>Versions that the profile has rows of its own for; empty: its rows hold for any.</summary>
    public IReadOnlyList<string> KnownVersions => [.. Fields.SelectMany(place => place.Versions).Distinct(StringComparer.Ordinal)];
}

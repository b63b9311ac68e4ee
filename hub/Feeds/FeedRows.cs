namespace EdgeHub.Hub.Feeds;

// Rows of the reference data as the loaders have checked them. An end is the first day after, yyyy-MM-dd; blank: open.

/// <param name="AccountMinor">The account's balance in minor units; with an owner the file's own value, blank as 0: the owner's counts.</param>
public sealed record MemberRow(
    string Person, string IdNumber, string CardNumber, string Name, string Sex, DateOnly BirthDate, string Village, string InsuranceType,
    string PersonType, string PoolingArea, DateOnly CoverFirst, string CoverEnd, string Status, long AccountMinor)
{
    /// <summary>The person whose account pays; blank: the own account.</summary>
    public string AccountOwner { get; init; } = "";

    /// <summary>Line of the file, for what is wrong; 0: from no file.</summary>
    public int Line { get; init; }
}

/// <param name="Text">The whole book, exactly as loaded: its hash is over these bytes.</param>
public sealed record BookRow(string Key, string Id, int Version, string Hash, DateOnly First, string End, DateOnly KnownFrom, string Text, string Region, string Currency);

public sealed record BlacklistRow(string Key, string Person, string Reason, DateOnly First, string End);

public sealed record ParameterRow(string Key, string Value, string Unit);

using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>What the hub knows of an insured person. CoverEnd is the first day after the cover, blank when open.</summary>
internal sealed record KnownMember
{
    public const string InOrder = "1";

    public string Person { get; init; } = "";
    public DateOnly BirthDate { get; init; }
    public string InsuranceType { get; init; } = "";
    public string PersonType { get; init; } = "";
    public string PoolingArea { get; init; } = "";
    public DateOnly CoverFirst { get; init; }
    public string CoverEnd { get; init; } = "";
    public string Status { get; init; } = "";

    /// <summary>Of the account that pays, the owner's where there is one.</summary>
    public long Account { get; init; }
    public string AccountOwner { get; init; } = "";
    public long Version { get; init; }
    public bool Removed { get; init; }

    /// <summary>When the row was replaced; 0: it holds now.</summary>
    public long UntilMs { get; init; }

    public KnownMember WithAccountOf(KnownMember other) => ReferenceEquals(this, other) ? this : this with { Account = other.Account, AccountOwner = other.AccountOwner };
}

/// <summary>A catalogue item; limits in major units by level of institution, blank for none.</summary>
internal sealed record KnownItem
{
    public string Code { get; init; } = "";
    public string Class { get; init; } = "";
    public long Category { get; init; }
    public string Limit0 { get; init; } = "";
    public string Limit1 { get; init; } = "";
    public string Limit2 { get; init; } = "";
    public string Limit3 { get; init; } = "";
    public string PreSelfPay { get; init; } = "";
    public DateOnly First { get; init; }
    public string Ends { get; init; } = "";
    public bool Removed { get; init; }
    public long Version { get; init; }

    /// <summary>Whether it holds on the day that it was asked for.</summary>
    public bool Holds { get; init; } = true;

    public string LimitAt(long level) => level switch { 0 => Limit0, 1 => Limit1, 2 => Limit2, _ => Limit3 };
}

internal sealed class KnownBlacklisting
{
    public string Person { get; init; } = "";
    public DateOnly First { get; init; }
    public string Ends { get; init; } = "";
    public long Version { get; init; }
}

internal sealed class KnownBook
{
    public string Book { get; init; } = "";
    public string Hash { get; init; } = "";
    public long Version { get; init; }
}

/// <summary>A parameter's row, and the feed version that told the sites of it.</summary>
internal sealed class KnownParameter
{
    public string Key { get; init; } = "";
    public string Value { get; init; } = "";
    public long Version { get; init; }
    public bool Removed { get; init; }
}

internal sealed class KnownInstitution
{
    public long Level { get; init; }
    public string Type { get; init; } = "";
    public string Alliance { get; init; } = "";
}

/// <summary>Reads what other rooms publish: members, catalogue, institutions, blacklist, policy books.</summary>
internal static class ReferenceStore
{
    private const string SelectedMembers =
        """
        select person as Person, birth_date as BirthDate, insurance_type as InsuranceType, person_type as PersonType, pooling_area as PoolingArea,
               cover_first as CoverFirst, cover_end as CoverEnd, status as Status, account as Account,
               account_owner as AccountOwner, version as Version, removed as Removed, until_ms as UntilMs
        from public_member_row
        """;

    private const string SelectedBlacklist = "select person as Person, first as First, ends as Ends, version as Version from public_blacklist";

    /// <summary>All rows that a person ever had.</summary>
    public static IReadOnlyList<KnownMember> Members(StoreSession session, string region, string person) =>
        session.Rows<KnownMember>(SelectedMembers + " where region = $1 and person = $2", region, person);

    public static IReadOnlyList<KnownMember> Members(StoreSession session, string region, IReadOnlyCollection<string> persons) =>
        session.Rows<KnownMember>(SelectedMembers + " where region = $1 and person in (list $2)", region, persons.ToArray());

    /// <summary>All rows that an item ever had.</summary>
    public static IReadOnlyList<KnownItem> Items(StoreSession session, string region, string code) => session.Rows<KnownItem>(
        """
        select code as Code, class as Class, category as Category, limit0 as Limit0, limit1 as Limit1, limit2 as Limit2, limit3 as Limit3,
               pre_self_pay as PreSelfPay, first as First, ends as Ends, removed as Removed, version as Version
        from public_catalogue_row where region = $1 and code = $2
        """,
        region, code);

    public static KnownInstitution? Institution(StoreSession session, string region, string code) => session.Row<KnownInstitution>(
        "select level as Level, type as Type, alliance as Alliance from public_institution where region = $1 and code = $2", region, code);

    public static IReadOnlyList<KnownBlacklisting> Blacklist(StoreSession session, string region, string person) =>
        session.Rows<KnownBlacklisting>(SelectedBlacklist + " where region = $1 and person = $2 and removed = false", region, person);

    public static IReadOnlyList<KnownBlacklisting> Blacklist(StoreSession session, string region, IReadOnlyCollection<string> persons) =>
        session.Rows<KnownBlacklisting>(SelectedBlacklist + " where region = $1 and person in (list $2) and removed = false", region, persons.ToArray());

    public static IReadOnlyList<KnownParameter> Parameters(StoreSession session, string region) => session.Rows<KnownParameter>(
        "select key as Key, value as Value, version as Version, removed as Removed from public_parameter where region = $1", region);

    /// <summary>The texts of all policy books of the region. Books are few; each was checked when it was loaded.</summary>
    public static IReadOnlyList<KnownBook> Books(StoreSession session, string region) => session.Query<KnownBook>(
        "select book as Book, hash as Hash, version as Version from public_policy_book where region = @region and removed = false order by key", new { region });
}

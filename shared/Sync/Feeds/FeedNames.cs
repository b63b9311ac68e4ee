namespace EdgeHub.Sync.Feeds;

/// <summary>The feeds that agents pull, and their columns in the order of the wire. Every feed begins with key and removed.</summary>
public static class FeedNames
{
    public const string Members = "members";
    public const string Accumulators = "accumulators";
    public const string Policies = "policies";
    public const string Catalogue = "catalogue";
    public const string Blacklist = "blacklist";
    public const string Parameters = "parameters";
    public const string Decisions = "decisions";
    public const string Payables = "payables";
    public const string Site = "site";
    public const string County = "county";
    public const string Bookings = "bookings";
    public const string Fees = "fees";
    public const string Quarantine = "quarantine";

    /// <summary>Stated in the place of a version: rows of two versions stood side by side, for a run of pages was not through.</summary>
    public const long Mixed = -1;

    /// <summary>In the order in which an agent pulls them: what a settlement rests on comes first.</summary>
    public static readonly IReadOnlyList<string> All =
        [Site, Policies, Parameters, Catalogue, Blacklist, Members, Accumulators, Bookings, Fees, Decisions, Payables, Quarantine, County];

    /// <summary>Columns by feed. Amounts in minor units; days yyyy-MM-dd; blank text for none.
    /// members: key is the person's number; id_number, name, card_number are personal; account is the balance of the account that
    /// pays: account_owner's, blank: the person's own.
    /// accumulators: key is "person|accumulator key"; amount includes what the site's own device sent through (epoch, seq). What was
    /// spent of an account comes to the owner's row too where the account pays for a person of the site.
    /// policies: key is "id/version"; book is the whole envelope with its rows as JSON text.
    /// catalogue: key is the item's code; limits are major units by institution level 0 to 3.
    /// parameters: key is the name; value as text.
    /// site: what the hub knows of the site itself: name, level, type; and county_key, with which the county's index is made.
    /// county: everybody insured in the county; key is the truncated keyed hash of the identity number (<see cref="CountyHash"/>).
    /// bookings: visits booked at the site; key is the booking's; starts_at is an instant, UTC; state is the furthest that the hub heard of;
    /// fee (minor units, blank: none known) is without the high-cost protection.
    /// fees: what persons booked at the site paid anywhere, of about two years; key is "person|the register's key".
    /// decisions: on own settlements; status Accepted, Adjusted, Refused.
    /// quarantine: own entries that the hub set aside; key is "device number/epoch/seq"; owner is the site's code or "bureau"; waits_for is
    /// what releases the entry by itself, blank: only people do; since is an instant, UTC. Of a removed row only the key counts.
    /// payables: what is owed to a person of the catchment or of own settlements; key is the settlement; amount and open are those of
    /// all decisions on it so far; open is what is not yet paid out, without the refunds that the site's own device sent through (epoch, seq).</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Columns = new Dictionary<string, IReadOnlyList<string>>
    {
        [Members] = ["key", "removed", "id_number", "card_number", "name", "sex", "birth_date", "village", "insurance_type", "person_type", "pooling_area", "cover_first", "cover_end", "status", "account", "account_owner"],
        [Accumulators] = ["key", "removed", "person", "accumulator", "amount", "includes_epoch", "includes_seq"],
        [Policies] = ["key", "removed", "id", "version", "hash", "first", "end", "known_from", "book"],
        [Catalogue] = ["key", "removed", "name", "pinyin", "class", "category", "unit", "price", "limit0", "limit1", "limit2", "limit3", "pre_self_pay", "first", "end", "remark"],
        [Blacklist] = ["key", "removed", "person", "reason", "first", "end"],
        [Parameters] = ["key", "removed", "value", "unit"],
        [Decisions] = ["key", "removed", "settlement", "status", "code", "fund_difference", "cause", "decided_at"],
        [Site] = ["key", "removed", "value"],
        [County] = ["key", "removed", "person", "insurance_type", "person_type", "pooling_area", "cover_first", "cover_end", "status"],
        [Bookings] = ["key", "removed", "person", "starts_at", "minutes", "room", "profession", "staff", "state", "fee", "currency"],
        [Fees] = ["key", "removed", "person", "day", "amount", "currency"],
        [Quarantine] = ["key", "removed", "device", "epoch", "seq", "kind", "code", "owner", "waits_for", "since"],
        [Payables] = ["key", "removed", "person", "settlement", "decision", "amount", "open", "cause", "includes_epoch", "includes_seq"],
    };

    /// <summary>Columns that a feed did not always have, by feed: a page of an older hub lacks them, and they read as blank.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Later = new Dictionary<string, IReadOnlyList<string>>
    {
        [Members] = ["account_owner"],
    };

    public static bool IsLater(string feed, string column) => Later.TryGetValue(feed, out var columns) && columns.Contains(column, StringComparer.Ordinal);
}

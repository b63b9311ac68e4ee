namespace EdgeHub.Hub.Feeds;

/// <summary>What the accumulators feed reads: amounts of persons of the catchment and of the site's own settlements; of the owner's
/// account what was spent, where it pays for such a person. What the site has no more business with is taken away first.
/// A plus before a column (or nothing put behind a text) keeps an engine from searching by it: a version that every county day brings is no way to one person.</summary>
internal static class AccumulatorPartStore
{
    private const string Columns = "a.person || '|' || a.accumulator, a.removed, a.person, a.accumulator, a.amount";

    private const string Removed = "a.person || '|' || a.accumulator, true, a.person, a.accumulator, a.amount";

    private const string Key = "a.person || '|' || a.accumulator";

    /// <summary>A person's own amounts.</summary>
    private const string Own = "a.region = m.region and a.person = m.person";

    /// <summary>What was spent of an account lives once, under its owner; m: a person for whom it pays.</summary>
    private const string OfOwner = "m.account_owner || '' > '' and a.region = m.region and a.person = m.account_owner and substr(a.accumulator, 1, 13) = 'AccountSpent/'";

    private const string Served = "c.region = m.region and c.site = $2 and c.village = m.village and c.removed = false";

    /// <summary>Nothing else gives the site business with the row.</summary>
    private const string NoBusiness = """
        not exists (select 1 from public_site_person p where p.region = $1 and p.site = $2 and p.person = a.person)
            and not exists (
                select 1 from member k join public_catchment n on n.region = k.region and n.village = k.village
                where k.region = $1 and k.person = a.person and k.removed = false and n.site = $2 and n.removed = false)
            and not (substr(a.accumulator, 1, 13) = 'AccountSpent/' and exists (
                select 1 from member k join public_catchment n on n.region = k.region and n.village = k.village
                where k.region = $1 and k.account_owner = a.person and k.removed = false and n.site = $2 and n.removed = false))
        """;

    public static readonly IReadOnlyList<FeedPart> Parts =
    [
        Left(Own), Left(OfOwner), Moved(Own), Moved(OfOwner), Gone(Own), Gone(OfOwner),
        Came(Own), Came(OfOwner), Changed(Own), Changed(OfOwner),
        new(Newer("a.region = m.region and a.person = m.person"), OnlyDelta: true, ByVersion: true),
        new(Newer("m.region = a.region and m.account_owner = a.person and substr(a.accumulator, 1, 13) = 'AccountSpent/'"), OnlyDelta: true, ByVersion: true),
        new($"""
            select {Columns}, a.person, a.accumulator
            from public_site_person p cross join public_accumulator a
            where p.region = $1 and p.site = $2 and p.person >= $4 and a.region = p.region and a.person = p.person and +a.version > $3
                and (a.person, a.accumulator) > ($4, $5)
            order by a.person, a.accumulator limit 5001
            """),
        new($"""
            select {Columns}, m.person || '|' || a.person, a.accumulator
            from public_site_person p cross join member m cross join public_accumulator a
            where p.region = $1 and p.site = $2 and m.region = p.region and m.person = p.person and {OfOwner}
                and (+a.version > $3 or +m.version > $3) and (m.person || '|' || a.person, a.accumulator) > ($4, $5)
            order by 6, 7 limit 5001
            """),
    ];

    /// <summary>Villages that left the catchment.</summary>
    private static FeedPart Left(string whose) => new($"""
        select {Removed}, c.village || m.person, {Key}
        from public_catchment c cross join member m cross join public_accumulator a
        where c.region = $1 and c.site = $2 and c.removed and c.version > $3 and m.region = c.region and m.village = c.village and {whose}
            and c.village >= substr($4, 1, 12) and (c.village || m.person, {Key}) > ($4, $5) and {NoBusiness}
        order by 6, 7 limit 5001
        """, OnlyDelta: true);

    /// <summary>Persons who moved out of the catchment.</summary>
    private static FeedPart Moved(string whose) => new($"""
        select {Removed}, l.village || l.person, {Key}
        from public_catchment c cross join member_left l cross join member m cross join public_accumulator a
        where c.region = $1 and c.site = $2 and l.region = c.region and l.village = c.village and l.version > $3
            and m.region = l.region and m.person = l.person and {whose} and (l.village || l.person, {Key}) > ($4, $5) and {NoBusiness}
        order by 6, 7 limit 5001
        """, OnlyDelta: true);

    /// <summary>Persons who are no members any more.</summary>
    private static FeedPart Gone(string whose) => new($"""
        select {Removed}, m.version, m.person || '|' || {Key}
        from member m cross join public_catchment c cross join public_accumulator a
        where m.region = $1 and m.version > $3 and m.version >= $4 and m.removed and {Served} and {whose}
            and (m.version, m.person || '|' || {Key}) > ($4, $5) and {NoBusiness}
        order by 6, 7 limit 5001
        """, OnlyDelta: true, ByVersion: true);

    /// <summary>Villages that came into the catchment: all of it, for a snapshot. The village narrows what is read again for a further page.</summary>
    private static FeedPart Came(string whose) => new($"""
        select {Columns}, c.village || m.person, {Key}
        from public_catchment c cross join member m cross join public_accumulator a
        where c.region = $1 and c.site = $2 and c.removed = false and c.version > $3 and m.region = c.region and m.village = c.village and m.removed = false and {whose}
            and c.village >= substr($4, 1, 12) and (c.village || m.person, {Key}) > ($4, $5)
        order by 6, 7 limit 5001
        """);

    /// <summary>Persons who changed: who came or moved here brings all amounts along.</summary>
    private static FeedPart Changed(string whose) => new($"""
        select {Columns}, m.version, m.person || '|' || {Key}
        from member m cross join public_catchment c cross join public_accumulator a
        where m.region = $1 and m.version > $3 and m.version >= $4 and m.removed = false and {Served} and +c.version <= $3 and {whose}
            and (m.version, m.person || '|' || {Key}) > ($4, $5)
        order by 6, 7 limit 5001
        """, OnlyDelta: true, ByVersion: true);

    /// <summary>Amounts that changed, by their version.</summary>
    private static string Newer(string whose) => $"""
        select {Columns}, a.version, m.person || '|' || {Key}
        from public_accumulator a cross join member m cross join public_catchment c
        where a.region = $1 and a.version > $3 and a.version >= $4 and {whose} and m.removed = false and {Served}
            and (a.version, m.person || '|' || {Key}) > ($4, $5)
        order by 6, 7 limit 5001
        """;
}

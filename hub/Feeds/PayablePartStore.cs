namespace EdgeHub.Hub.Feeds;

/// <summary>What the payables feed reads: what is owed to persons of the catchment and of the site's own settlements. What the site has
/// no more business with is taken away first. As with accumulators, a plus before a column keeps an engine from searching by it.</summary>
internal static class PayablePartStore
{
    private const string Key = "cast(o.key as text)";

    private const string Columns = $"{Key}, o.removed, o.person, cast(o.settlement as text), cast(o.decision as text), o.amount, o.open, o.cause";

    private const string Removed = $"{Key}, true, o.person, cast(o.settlement as text), cast(o.decision as text), o.amount, o.open, o.cause";

    private const string Served = "c.region = m.region and c.site = $2 and c.village = m.village and c.removed = false";

    private const string NoBusiness = """
        not exists (select 1 from public_site_person p where p.region = $1 and p.site = $2 and p.person = o.person)
            and (m.removed or not exists (
                select 1 from public_catchment n where n.region = $1 and n.site = $2 and n.village = m.village and n.removed = false))
        """;

    public static readonly IReadOnlyList<FeedPart> Parts =
    [
        // Villages that left the catchment, persons who moved out of it, persons who are no members any more.
        new($"""
            select {Removed}, c.village || m.person, {Key}
            from public_catchment c cross join member m cross join public_payable o
            where c.region = $1 and c.site = $2 and c.removed and c.version > $3 and m.region = c.region and m.village = c.village
                and o.region = m.region and o.person = m.person and c.village >= substr($4, 1, 12) and (c.village || m.person, {Key}) > ($4, $5) and {NoBusiness}
            order by 9, 10 limit 5001
            """, OnlyDelta: true),
        new($"""
            select {Removed}, l.village || l.person, {Key}
            from public_catchment c cross join member_left l cross join member m cross join public_payable o
            where c.region = $1 and c.site = $2 and l.region = c.region and l.village = c.village and l.version > $3
                and m.region = l.region and m.person = l.person and o.region = m.region and o.person = m.person
                and (l.village || l.person, {Key}) > ($4, $5) and {NoBusiness}
            order by 9, 10 limit 5001
            """, OnlyDelta: true),
        new($"""
            select {Removed}, m.version, m.person || '|' || {Key}
            from member m cross join public_catchment c cross join public_payable o
            where m.region = $1 and m.version > $3 and m.version >= $4 and m.removed and {Served} and o.region = m.region and o.person = m.person
                and (m.version, m.person || '|' || {Key}) > ($4, $5) and {NoBusiness}
            order by 9, 10 limit 5001
            """, OnlyDelta: true, ByVersion: true),
        // Villages that came into the catchment: all of it, for a snapshot.
        new($"""
            select {Columns}, c.village || m.person, {Key}
            from public_catchment c cross join member m cross join public_payable o
            where c.region = $1 and c.site = $2 and c.removed = false and c.version > $3 and m.region = c.region and m.village = c.village and m.removed = false
                and o.region = m.region and o.person = m.person and c.village >= substr($4, 1, 12) and (c.village || m.person, {Key}) > ($4, $5)
            order by 9, 10 limit 5001
            """),
        new($"""
            select {Columns}, m.version, m.person || '|' || {Key}
            from member m cross join public_catchment c cross join public_payable o
            where m.region = $1 and m.version > $3 and m.version >= $4 and m.removed = false and {Served} and +c.version <= $3
                and o.region = m.region and o.person = m.person and (m.version, m.person || '|' || {Key}) > ($4, $5)
            order by 9, 10 limit 5001
            """, OnlyDelta: true, ByVersion: true),
        new($"""
            select {Columns}, o.version, {Key}
            from public_payable o cross join member m cross join public_catchment c
            where o.region = $1 and o.version > $3 and o.version >= $4 and m.region = o.region and m.person = o.person and m.removed = false and {Served}
                and (o.version, {Key}) > ($4, $5)
            order by 9, 10 limit 5001
            """, OnlyDelta: true, ByVersion: true),
        new($"""
            select {Columns}, o.person, {Key}
            from public_site_person p cross join public_payable o
            where p.region = $1 and p.site = $2 and p.person >= $4 and o.region = p.region and o.person = p.person and +o.version > $3
                and (o.person, {Key}) > ($4, $5)
            order by 9, 10 limit 5001
            """),
    ];
}

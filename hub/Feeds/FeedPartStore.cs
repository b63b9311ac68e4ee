using EdgeHub.Sync.Feeds;

namespace EdgeHub.Hub.Feeds;

/// <summary>One of the statements that together give a feed to a site.</summary>
/// <param name="OnlyDelta">Asked only when the caller holds something already.</param>
/// <param name="Sql">Values: $1 region, $2 site, $3 version that the caller holds, $4 and $5 the cursor. Columns: those of the
/// feed, then the two of the cursor, by which the rows are ordered. No upper version: a row that changed meanwhile comes in its
/// newest shape, and once more with the next delta, which does no harm.</param>
/// <param name="ByVersion">The cursor's first column is a version, a number; else text.</param>
internal sealed record FeedPart(string Sql, bool OnlyDelta = false, bool ByVersion = false)
{
    /// <summary>The statements' own limit: a page's rows and one more.</summary>
    public const int MostRows = 5_001;
}

/// <summary>What each feed reads. Region-wide: policies, parameters, catalogue, blacklist, county. Of the catchment: members. Of the
/// catchment and of the site's own settlements: accumulators, payables. Of the site: decisions, bookings, quarantine.</summary>
internal static class FeedPartStore
{
    private const string MemberColumns =
        "m.id_number, m.card_number, m.name, m.sex, m.birth_date, m.village, m.insurance_type, m.person_type, m.pooling_area, m.cover_first, m.cover_end, m.status, m.account, m.account_owner";

    private const string MemberHeld = "c.region = $1 and c.site = $2 and m.region = c.region and m.village = c.village";

    // A village that came into the catchment (or left it) since: all of its members. The order is the one of the keys of catchment
    // and of members by village, so that a page reads no more than its own rows.
    private const string MembersOfChangedVillages = $"""
        select m.person, (m.removed or c.removed), {MemberColumns}, c.village, m.person
        from public_catchment c cross join member m
        where {MemberHeld} and c.version > $3 and ($3 > 0 or (m.removed = false and c.removed = false))
            and c.village >= $4 and (c.village > $4 or m.person > $5)
        order by c.village, m.person limit 5001
        """;

    private const string ChangedMembers = $"""
        select m.person, m.removed, {MemberColumns}, m.version, m.person
        from member m cross join public_catchment c
        where m.region = $1 and m.version > $3 and (m.version, m.person) > ($4, $5)
            and c.region = m.region and c.site = $2 and c.village = m.village and c.removed = false and c.version <= $3
        order by m.version, m.person limit 5001
        """;

    // Persons who moved out of the catchment; who moved within it is no news.
    private const string MembersWhoLeft = $"""
        select m.person, true, {MemberColumns}, l.village, l.person
        from public_catchment c cross join member_left l cross join member m
        where c.region = $1 and c.site = $2 and l.region = c.region and l.village = c.village and l.version > $3
            and m.region = l.region and m.person = l.person and (l.village, l.person) > ($4, $5)
            and not exists (select 1 from public_catchment n where n.region = $1 and n.site = $2 and n.village = m.village and n.removed = false)
        order by l.village, l.person limit 5001
        """;

    public static readonly IReadOnlyDictionary<string, IReadOnlyList<FeedPart>> Of = new Dictionary<string, IReadOnlyList<FeedPart>>(StringComparer.Ordinal)
    {
        [FeedNames.Members] = [new(MembersOfChangedVillages), new(ChangedMembers, OnlyDelta: true, ByVersion: true), new(MembersWhoLeft, OnlyDelta: true)],
        [FeedNames.Accumulators] = AccumulatorPartStore.Parts,
        [FeedNames.County] = CountyPartStore.Parts,
        [FeedNames.Site] = CountyPartStore.Site,
        [FeedNames.Payables] = PayablePartStore.Parts,
        [FeedNames.Bookings] = [new("""
            select key, removed, person, starts_at, minutes, room, profession, staff, state, coalesce(cast(fee as text), ''), currency, version, key
            from public_booking where region = $1 and site = $2 and version > $3 and version >= $4 and (version, key) > ($4, $5)
            order by version, key limit 5001
            """, ByVersion: true)],
        [FeedNames.Fees] =
        [
            new("""
                select f.person || '|' || f.key, f.removed, f.person, f.day, f.amount, f.currency, f.version, f.person || '|' || f.key
                from public_patient_fee f
                where f.region = $1 and f.version > $3 and f.version >= $4 and (f.version, f.person || '|' || f.key) > ($4, $5)
                    and exists (select 1 from public_booking b where b.region = f.region and b.person = f.person and b.site = $2 and b.removed = false)
                order by f.version, f.person || '|' || f.key limit 5001
                """, ByVersion: true),
            // Who was booked here since.
            new("""
                select f.person || '|' || f.key, f.removed, f.person, f.day, f.amount, f.currency, f.person, f.person || '|' || f.key
                from public_patient_fee f
                where f.region = $1 and f.person >= $4 and (f.person, f.person || '|' || f.key) > ($4, $5)
                    and exists (select 1 from public_booking b where b.region = f.region and b.person = f.person and b.site = $2 and b.removed = false and b.version > $3)
                order by f.person, f.person || '|' || f.key limit 5001
                """, OnlyDelta: true),
        ],
        [FeedNames.Decisions] = [new("""
            select key, removed, settlement, status, code, fund_difference, cause, decided_at, version, cast(key as text)
            from public_decision where region = $1 and site = $2 and version > $3 and version >= $4 and (version, cast(key as text)) > ($4, $5)
            order by version, cast(key as text) limit 5001
            """, ByVersion: true)],
        [FeedNames.Quarantine] = [new("""
            select cast(q.device_no as text) || '/' || cast(q.epoch as text) || '/' || cast(q.seq as text), q.released_ms is not null,
                   (select d.device from public_device d where d.region = q.region and d.device_no = q.device_no), q.epoch, q.seq, q.kind, q.code,
                   q.owner, q.waits_for, q.since_ms, q.version,
                   cast(q.device_no as text) || '/' || cast(q.epoch as text) || '/' || cast(q.seq as text)
            from public_quarantine q
            where q.region = $1 and q.site = $2 and q.version > $3 and q.version >= $4
                and (q.version, cast(q.device_no as text) || '/' || cast(q.epoch as text) || '/' || cast(q.seq as text)) > ($4, $5)
            order by q.version, cast(q.device_no as text) || '/' || cast(q.epoch as text) || '/' || cast(q.seq as text) limit 5001
            """, ByVersion: true)],
        [FeedNames.Policies] = [new("""
            select key, removed, id, book_version, hash, first, ends, known_from, book, key, ''
            from policy_book where region = $1 and $2 <> '' and version > $3 and (key, '') > ($4, $5) order by key limit 5001
            """)],
        [FeedNames.Catalogue] = [new("""
            select code, removed, name, pinyin, class, cast(category as text), unit, price, limit0, limit1, limit2, limit3, pre_self_pay, first, ends, remark, code, ''
            from catalogue where region = $1 and $2 <> '' and version > $3 and (code, '') > ($4, $5) order by code limit 5001
            """)],
        [FeedNames.Blacklist] = [new("""
            select key, removed, person, reason, first, ends, key, ''
            from blacklist where region = $1 and $2 <> '' and version > $3 and (key, '') > ($4, $5) order by key limit 5001
            """)],
        [FeedNames.Parameters] = [new("""
            select key, removed, value, unit, key, ''
            from parameter where region = $1 and $2 <> '' and version > $3 and (key, '') > ($4, $5) order by key limit 5001
            """)],
    };
}

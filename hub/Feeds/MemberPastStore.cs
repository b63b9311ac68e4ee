using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Feeds;

/// <summary>Table member_past: what the loaders replace is kept first, where a bill rests on it.</summary>
internal static class MemberPastStore
{
    private const string Kept =
        "region, person, version, birth_date, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, account_owner";

    /// <summary>Before a member's row is replaced: kept where cover, insurance, person or account change.</summary>
    public static void Keep(StoreSession session, string region, MemberRow next, long untilMs) => session.Prepared($"""
        insert into member_past ({Kept}, until_ms)
        select {Kept}, $11 from member
        where region = $1 and person = $2 and removed = false
            and (birth_date, insurance_type, person_type, pooling_area, cover_first, cover_end, account, account_owner) <> ($3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (region, person, version) do nothing
        """).Execute(
        region, next.Person, next.BirthDate, next.InsuranceType, next.PersonType, next.PoolingArea, next.CoverFirst, next.CoverEnd, next.AccountMinor,
        next.AccountOwner, untilMs);

    /// <summary>Before a member is removed.</summary>
    public static void Keep(StoreSession session, string region, string person, long untilMs) => session.Prepared($"""
        insert into member_past ({Kept}, until_ms) select {Kept}, $3 from member where region = $1 and person = $2 and removed = false
        on conflict (region, person, version) do nothing
        """).Execute(region, person, untilMs);

    /// <summary>Before the owners' balances go over to all for whom their accounts pay.</summary>
    public static void KeepSpread(StoreSession session, string region, long untilMs) => session.Prepared("""
        insert into member_past (region, person, version, birth_date, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, account_owner, until_ms)
        select m.region, m.person, m.version, m.birth_date, m.insurance_type, m.person_type, m.pooling_area, m.cover_first, m.cover_end, m.status, m.account, m.account_owner, $2
        from member m join member o on o.region = m.region and o.person = m.account_owner
        where m.region = $1 and m.account_owner > '' and m.removed = false and m.account <> o.account
        on conflict (region, person, version) do nothing
        """).Execute(region, untilMs);
}

using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Feeds;

/// <summary>What makes a large list of members quick to load: the first one is written in bulk, of a later one only what differs
/// from the rows that the hub holds is touched.</summary>
internal static class MemberLoadStore
{
    /// <summary>Members as held, by person; removed ones left out.</summary>
    public static IReadOnlyDictionary<string, MemberRow> Held(StoreSession session, string region)
    {
        var held = new Dictionary<string, MemberRow>(StringComparer.Ordinal);
        foreach (var row in session.Stream<Row>(
            """
            select person as Person, id_number as IdNumber, card_number as CardNumber, name as Name, sex as Sex, birth_date as BirthDate, village as Village,
                   insurance_type as InsuranceType, person_type as PersonType, pooling_area as PoolingArea, cover_first as CoverFirst, cover_end as CoverEnd,
                   status as Status, account as Account, account_owner as AccountOwner
            from member where region = @region and removed = false
            """,
            new { region }))
        {
            held.Add(row.Person, row.ToMember());
        }
        return held;
    }

    /// <summary>Members of a region that has none yet.</summary>
    public static void AddAll(StoreSession session, string region, IEnumerable<MemberRow> members, long version)
    {
        using var rows = session.Rows(
            "member", "region", "person", "id_number", "card_number", "name", "sex", "birth_date", "village", "insurance_type", "person_type", "pooling_area", "cover_first",
            "cover_end", "status", "account", "account_owner", "version", "removed");
        foreach (var member in members)
        {
            rows.Row().Add(region).Add(member.Person).Add(member.IdNumber).Add(member.CardNumber).Add(member.Name).Add(member.Sex).Add(member.BirthDate)
                .Add(member.Village).Add(member.InsuranceType).Add(member.PersonType).Add(member.PoolingArea).Add(member.CoverFirst).Add(member.CoverEnd)
                .Add(member.Status).Add(member.AccountMinor).Add(member.AccountOwner).Add(version).Add(false);
        }
        rows.Done();
    }

    private sealed class Row
    {
        public string Person { get; init; } = "";
        public string IdNumber { get; init; } = "";
        public string CardNumber { get; init; } = "";
        public string Name { get; init; } = "";
        public string Sex { get; init; } = "";
        public DateOnly BirthDate { get; init; }
        public string Village { get; init; } = "";
        public string InsuranceType { get; init; } = "";
        public string PersonType { get; init; } = "";
        public string PoolingArea { get; init; } = "";
        public DateOnly CoverFirst { get; init; }
        public string CoverEnd { get; init; } = "";
        public string Status { get; init; } = "";
        public long Account { get; init; }
        public string AccountOwner { get; init; } = "";

        public MemberRow ToMember() => new(
            Person, IdNumber, CardNumber, Name, Sex, BirthDate, Village, InsuranceType, PersonType, PoolingArea, CoverFirst, CoverEnd, Status, Account) { AccountOwner = AccountOwner };
    }
}

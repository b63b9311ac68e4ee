using System.Globalization;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Feeds;

/// <summary>Tables member, member_left, catalogue, policy_book, blacklist, parameter: written by the loaders, a row only when it
/// changes, with the version of the change.</summary>
public static class FeedStore
{
    private const string PutMemberRow = """
        insert into member (region, person, id_number, card_number, name, sex, birth_date, village, insurance_type, person_type, pooling_area,
            cover_first, cover_end, status, account, account_owner, version, removed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, false)
        on conflict (region, person) do update set id_number = excluded.id_number, card_number = excluded.card_number, name = excluded.name,
            sex = excluded.sex, birth_date = excluded.birth_date, village = excluded.village, insurance_type = excluded.insurance_type,
            person_type = excluded.person_type, pooling_area = excluded.pooling_area, cover_first = excluded.cover_first,
            cover_end = excluded.cover_end, status = excluded.status, account = excluded.account, account_owner = excluded.account_owner,
            version = excluded.version, removed = false
        where (member.id_number, member.card_number, member.name, member.sex, member.birth_date, member.village, member.insurance_type, member.person_type,
                member.pooling_area, member.cover_first, member.cover_end, member.status, member.account, member.account_owner, member.removed)
            <> (excluded.id_number, excluded.card_number, excluded.name, excluded.sex, excluded.birth_date, excluded.village, excluded.insurance_type,
                excluded.person_type, excluded.pooling_area, excluded.cover_first, excluded.cover_end, excluded.status, excluded.account, excluded.account_owner, false)
        """;

    private const string PutItemRow = """
        insert into catalogue (region, code, name, pinyin, class, category, unit, price, limit0, limit1, limit2, limit3, pre_self_pay, first, ends, remark, version, removed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, false)
        on conflict (region, code) do update set name = excluded.name, pinyin = excluded.pinyin, class = excluded.class, category = excluded.category,
            unit = excluded.unit, price = excluded.price, limit0 = excluded.limit0, limit1 = excluded.limit1, limit2 = excluded.limit2,
            limit3 = excluded.limit3, pre_self_pay = excluded.pre_self_pay, first = excluded.first, ends = excluded.ends, remark = excluded.remark,
            version = excluded.version, removed = false
        where (catalogue.name, catalogue.pinyin, catalogue.class, catalogue.category, catalogue.unit, catalogue.price, catalogue.limit0, catalogue.limit1,
                catalogue.limit2, catalogue.limit3, catalogue.pre_self_pay, catalogue.first, catalogue.ends, catalogue.remark, catalogue.removed)
            <> (excluded.name, excluded.pinyin, excluded.class, excluded.category, excluded.unit, excluded.price, excluded.limit0, excluded.limit1,
                excluded.limit2, excluded.limit3, excluded.pre_self_pay, excluded.first, excluded.ends, excluded.remark, false)
        """;

    /// <summary>Keeps the row that is about to be replaced, where what a bill rests on changes.</summary>
    private const string KeepItemRow = """
        insert into catalogue_past (region, code, version, class, category, limit0, limit1, limit2, limit3, pre_self_pay, first, ends, removed)
        select region, code, version, class, category, limit0, limit1, limit2, limit3, pre_self_pay, first, ends, removed from catalogue
        where region = $1 and code = $2 and (removed or (class, category, limit0, limit1, limit2, limit3, pre_self_pay, first, ends) <> ($3, $4, $5, $6, $7, $8, $9, $10, $11))
        on conflict (region, code, version) do nothing
        """;

    public static bool HasMembers(StoreSession session, string region) =>
        session.Prepared("select 1 from member where region = $1 limit 1").Scalar(region) is not null;

    /// <returns>True when the member is new or changed.</returns>
    public static bool PutMember(StoreSession session, string region, MemberRow member, long version) => session.Prepared(PutMemberRow).Execute(
        region, member.Person, member.IdNumber, member.CardNumber, member.Name, member.Sex, member.BirthDate, member.Village, member.InsuranceType,
        member.PersonType, member.PoolingArea, member.CoverFirst, member.CoverEnd, member.Status, member.AccountMinor, member.AccountOwner, version) > 0;

    /// <summary>Before the member's own row is changed: the village that the person leaves is remembered.</summary>
    public static void NoteMove(StoreSession session, string region, string person, string toVillage, long version) => session.Prepared("""
        insert into member_left (region, village, person, version)
        select region, village, person, $4 from member where region = $1 and person = $2 and village <> $3
        on conflict (region, village, person) do update set version = excluded.version
        """).Execute(region, person, toVillage, version);

    /// <summary>All for whom another person's account pays.</summary>
    internal static IReadOnlyList<Dependant> Dependants(StoreSession session, string region)
    {
        var dependants = new List<Dependant>();
        using var rows = session.Prepared("select person, account_owner, pooling_area from member where region = $1 and account_owner > '' and removed = false").Read(region);
        while (rows.Read())
        {
            dependants.Add(new Dependant(rows.GetString(0), rows.GetString(1), rows.GetString(2), null));
        }
        return dependants;
    }

    /// <summary>Null: nobody of the number, or removed.</summary>
    internal static OwnerRow? OwnerHeld(StoreSession session, string region, string person)
    {
        using var row = session.Prepared("select account_owner, pooling_area, account from member where region = $1 and person = $2 and removed = false").Read(region, person);
        return row.Read() ? new OwnerRow(row.GetString(0), row.GetString(1), row.GetInt64(2)) : null;
    }

    /// <summary>The owners' balances go over to all for whom their accounts pay; a row that changes gets the version.</summary>
    /// <returns>How many changed.</returns>
    public static int SpreadAccounts(StoreSession session, string region, long version) => session.Prepared("""
        update member set account = o.account, version = $2
        from member o
        where member.region = $1 and member.account_owner > '' and member.removed = false
            and o.region = member.region and o.person = member.account_owner and member.account <> o.account
        """).Execute(region, version);

    /// <summary>Members who are not in a full list any more.</summary>
    public static int RemoveMember(StoreSession session, string region, string person, long version) => session.Prepared(
        "update member set removed = true, version = $3 where region = $1 and person = $2 and removed = false").Execute(region, person, version);

    /// <param name="cells">In the order of the columns from code to remark, end as the first day after.</param>
    public static bool PutItem(StoreSession session, string region, IReadOnlyList<string> cells, long category, long version)
    {
        var first = DateOnly.ParseExact(cells[12], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        session.Prepared(KeepItemRow).Execute(
            region, cells[0], cells[3], category, cells[7], cells[8], cells[9], cells[10], cells[11], first, cells[13]);
        return session.Prepared(PutItemRow).Execute(
            region, cells[0], cells[1], cells[2], cells[3], category, cells[5], cells[6], cells[7], cells[8], cells[9], cells[10], cells[11], first, cells[13], cells[14], version) > 0;
    }

    /// <summary>The stored hash of a book; null: not loaded yet.</summary>
    public static string? BookHash(StoreSession session, string region, string key) =>
        session.Prepared("select hash from policy_book where region = $1 and key = $2").Scalar(region, key) as string;

    /// <summary>How many settlements that are judged already the book would hold for, and of how many persons.</summary>
    public static (long Settlements, long Persons) Judged(StoreSession session, string region, BookRow book)
    {
        using var row = session.Prepared("""
            select count(*), count(distinct person) from public_judged
            where region = $1 and service_day >= $2 and ($3 = '' or cast(service_day as text) < $3) and known_on >= $4
            """).Read(region, book.First, book.End, book.KnownFrom);
        return row.Read() ? (row.GetInt64(0), row.GetInt64(1)) : (0, 0);
    }

    public static void AddBook(StoreSession session, string region, BookRow book, long version) => session.Prepared("""
        insert into policy_book (region, key, id, book_version, hash, first, ends, known_from, book, version, removed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false)
        """).Execute(region, book.Key, book.Id, (long)book.Version, book.Hash, book.First, book.End, book.KnownFrom, book.Text, version);

    public static bool PutBlacklisted(StoreSession session, string region, BlacklistRow row, long version) => session.Prepared("""
        insert into blacklist (region, key, person, reason, first, ends, version, removed) values ($1, $2, $3, $4, $5, $6, $7, false)
        on conflict (region, key) do update set reason = excluded.reason, ends = excluded.ends, version = excluded.version, removed = false
        where (blacklist.reason, blacklist.ends, blacklist.removed) <> (excluded.reason, excluded.ends, false)
        """).Execute(region, row.Key, row.Person, row.Reason, row.First, row.End, version) > 0;

    public static bool PutParameter(StoreSession session, string region, ParameterRow row, long version) => session.Prepared("""
        insert into parameter (region, key, value, unit, version, removed) values ($1, $2, $3, $4, $5, false)
        on conflict (region, key) do update set value = excluded.value, unit = excluded.unit, version = excluded.version, removed = false
        where (parameter.value, parameter.unit, parameter.removed) <> (excluded.value, excluded.unit, false)
        """).Execute(region, row.Key, row.Value, row.Unit, version) > 0;

    /// <summary>The last entry of the site's device that Settlement has judged; (0, 0): none.</summary>
    public static (long Epoch, long Seq) SettledThrough(StoreSession session, string region, string site)
    {
        using var row = session.Prepared("select epoch, seq from public_settled_through where region = $1 and site = $2").Read(region, site);
        return row.Read() ? (row.GetInt64(0), row.GetInt64(1)) : (0, 0);
    }
}

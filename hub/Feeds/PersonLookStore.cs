using System.Globalization;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Feeds;

/// <summary>Table person_look, and what an asker is told of a person: read like the feeds, for one person.</summary>
internal static class PersonLookStore
{
    private const string MemberColumns =
        "person, removed, id_number, card_number, name, sex, birth_date, village, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, account_owner";

    public static void Add(StoreSession session, string region, long deviceNo, long at, Guid look, string site, string shown, string person, string why) => session.Prepared("""
        insert into person_look (region, device_no, at_ms, look, site, shown, person, why) values ($1, $2, $3, $4, $5, $6, $7, $8)
        """).Execute(region, deviceNo, at, look, site, shown, person, why);

    public static long CountSince(StoreSession session, string region, long deviceNo, long since) => (long)(session.Prepared(
        "select count(*) from person_look where region = $1 and device_no = $2 and at_ms > $3").Scalar(region, deviceNo, since) ?? 0L);

    /// <summary>Looks since an instant, the newest first, at most 10,000. Person and site: blank for all.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Since(StoreSession session, string region, long since, string person, string site)
    {
        var looks = new List<IReadOnlyList<string>>();
        using var rows = session.Prepared("""
            select at_ms, site, device_no, shown, person, why from person_look
            where region = $1 and at_ms > $2 and ($3 = '' or person = $3) and ($4 = '' or site = $4) order by at_ms desc, look limit 10000
            """).Read(region, since, person, site);
        while (rows.Read())
        {
            looks.Add([
                DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(0)).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), rows.GetString(1),
                rows.GetInt64(2).ToString(CultureInfo.InvariantCulture), rows.GetString(3), rows.GetString(4), rows.GetString(5),
            ]);
        }
        return looks;
    }

    /// <summary>The member's row as the feed has it; null: nobody who is one.</summary>
    /// <param name="by">One of <see cref="Sync.Wire.PersonAsked"/>.</param>
    public static object[]? Member(StoreSession session, string region, string by, string number)
    {
        using var row = session.Prepared(by switch
        {
            Sync.Wire.PersonAsked.ById => $"select {MemberColumns} from member where region = $1 and id_number = $2 and removed = false order by person limit 1",
            Sync.Wire.PersonAsked.ByCard => $"select {MemberColumns} from member where region = $1 and card_number = $2 and removed = false order by person limit 1",
            _ => $"select {MemberColumns} from member where region = $1 and person = $2 and removed = false",
        }).Read(region, number);
        return row.Read() ? Cells(row) : null;
    }

    /// <summary>The person's amounts, and what was spent of the account that pays where it is another's.</summary>
    public static IReadOnlyList<object[]> Accumulators(StoreSession session, string region, string person, string owner)
    {
        using var rows = session.Prepared("""
            select person || '|' || accumulator, removed, person, accumulator, amount from public_accumulator
            where region = $1 and (person = $2 or (person = $3 and substr(accumulator, 1, 13) = 'AccountSpent/')) order by person, accumulator limit 2000
            """).Read(region, person, owner);
        return All(rows);
    }

    public static IReadOnlyList<object[]> Payables(StoreSession session, string region, string person)
    {
        using var rows = session.Prepared("""
            select key, removed, person, settlement, decision, amount, open, cause from public_payable where region = $1 and person = $2 order by key limit 2000
            """).Read(region, person);
        return All(rows);
    }

    private static List<object[]> All(System.Data.Common.DbDataReader rows)
    {
        var all = new List<object[]>();
        while (rows.Read())
        {
            all.Add(Cells(rows));
        }
        return all;
    }

    private static object[] Cells(System.Data.Common.DbDataReader row)
    {
        var cells = new object[row.FieldCount];
        row.GetValues(cells);
        return cells;
    }
}

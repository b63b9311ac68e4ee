using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>What is personal of a member, sealed in one column.</summary>
public sealed record MemberPersonal(string IdNumber, string CardNumber, string Name, string Sex, DateOnly BirthDate, string Village);

/// <summary>An insured person of the catchment, as fed by the hub.</summary>
/// <param name="Status">normal, or why the benefit is stopped.</param>
/// <param name="Account">The household account's balance at the start of the scheme year plus what came in, minor units.</param>
public sealed record Member(
    string Person, string InsuranceType, string PersonType, string PoolingArea, DateRange Cover, string Status, long Account, MemberPersonal Personal)
{
    /// <summary>The person whose account pays; blank: the own account.</summary>
    public string AccountOwner { get; init; } = "";

    /// <summary>The other person whose account pays; blank: the own account does, however it is said.</summary>
    public string FamilyAccount => AccountOwner == Person ? "" : AccountOwner;

    /// <summary>How this agent knows the person: "feed" (of the catchment), "lookup" (the hub was asked) or "index" (found in the county's index while offline).</summary>
    public string KnownBy { get; init; } = KnownByFeed;

    /// <summary>Not by feed: when the hub, or the index, told of the person; null: by feed.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    public const string KnownByFeed = "feed";
    public const string KnownByLookup = "lookup";
    public const string KnownByIndex = "index";
}

/// <summary>An entry of the blacklist.</summary>
public sealed record BlacklistEntry(string Reason, string First, string End);

/// <summary>The members of the catchment and the blacklist. Numbers are found by their keyed hash.</summary>
public sealed class MemberStore(FieldCipher cipher)
{
    private const string Live = "seen = (select live from feed_version where feed = 'members')";

    private const string Columns = "select person, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, sealed, account_owner, 'feed', '' from member ";

    /// <summary>Who is not of the catchment, in the same columns.</summary>
    private const string Guests =
        "select person, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, sealed, account_owner, known_by, heard_at from guest ";

    public Member? ByPerson(StoreSession session, string person) => One(session, Columns + $"where {Live} and person = $1", Guests + "where person = $1", person);

    public Member? ByIdNumber(StoreSession session, string idNumber) => One(session, Columns + $"where id_lookup = $1 and {Live} order by person limit 1", Guests + "where id_lookup = $1 order by person limit 1", cipher.LookupOf("id", idNumber));

    public Member? ByCardNumber(StoreSession session, string cardNumber) => One(session, Columns + $"where card_lookup = $1 and {Live} order by person limit 1", Guests + "where card_lookup = $1 order by person limit 1", cipher.LookupOf("card", cardNumber));

    /// <summary>The blacklist's entry that holds on a day; null: none.</summary>
    public static BlacklistEntry? Blacklisted(StoreSession session, string person, DateOnly day)
    {
        using var row = session.Prepared("""
            select reason, valid_first, valid_end, feed_key, person, row_sum from blacklist
            where person = $1 and (valid_first = '' or valid_first <= $2) and (valid_end = '' or valid_end > $2) order by feed_key limit 1
            """).Read(person, Article.Written(day));
        if (!row.Read())
        {
            return null;
        }
        var (reason, first, end) = (row.GetString(0), row.GetString(1), row.GetString(2));
        RowSum.Check(row.GetValue(5), "blacklist", row.GetString(3), row.GetString(4), reason, first, end);
        return new BlacklistEntry(reason, first, end);
    }

    /// <summary>A member as its row has it: numbers hashed, what is personal sealed.</summary>
    /// <param name="seen">The run that brings the row.</param>
    public object?[] Values(Member member, long seen) =>
    [
        seen, member.Person, cipher.LookupOf("id", member.Personal.IdNumber), cipher.LookupOf("card", member.Personal.CardNumber),
        member.InsuranceType, member.PersonType, member.PoolingArea, member.Cover.First, member.Cover.End, member.Status, member.Account,
        cipher.Seal(JsonSerializer.SerializeToUtf8Bytes(member.Personal), Bound(member)), member.AccountOwner,
    ];

    /// <param name="values">As <see cref="Values"/> gives them.</param>
    public static void Put(StoreSession session, object?[] values) =>
        session.Prepared("""
            insert into member (seen, person, id_lookup, card_lookup, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, sealed, account_owner)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (seen, person) do update set id_lookup = excluded.id_lookup, card_lookup = excluded.card_lookup,
                insurance_type = excluded.insurance_type, person_type = excluded.person_type, pooling_area = excluded.pooling_area,
                cover_first = excluded.cover_first, cover_end = excluded.cover_end, status = excluded.status, account = excluded.account,
                sealed = excluded.sealed, account_owner = excluded.account_owner
            """).Execute(values);

    /// <summary>Of the catchment first.</summary>
    private Member? One(StoreSession session, string sql, string guests, object key) => One(session, sql, key) ?? One(session, guests, key);

    private Member? One(StoreSession session, string sql, object key)
    {
        using var row = session.Prepared(sql).Read(key);
        return row.Read() ? Of(row) : null;
    }

    private Member Of(DbDataReader row)
    {
        var person = row.GetString(0);
        var plain = new Member(
            person, row.GetString(1), row.GetString(2), row.GetString(3),
            new DateRange(Day(row.GetString(4)), row.IsDBNull(5) ? null : Day(row.GetString(5))), row.GetString(6), row.GetInt64(7), NotOpened)
        {
            AccountOwner = row.GetString(9), KnownBy = row.GetString(10), HeardAt = row.GetString(11) is { Length: > 0 } at ? Instants.Read(at) : null,
        };
        return plain with
        {
            Personal = JsonSerializer.Deserialize<MemberPersonal>(Opened((byte[])row[8], plain)) ?? throw new InvalidOperationException("A member's personal column holds null."),
        };
    }

    /// <summary>A row of before is bound to its person alone; a bit that turned over in one of now opens by neither.</summary>
    private byte[] Opened(byte[] sealedColumn, Member plain)
    {
        try
        {
            return cipher.Open(sealedColumn, Bound(plain));
        }
        catch (CryptographicException)
        {
            return cipher.Open(sealedColumn, "member/" + plain.Person);
        }
    }

    /// <summary>Reads every member and guest with what they are found by: what a start leaves to the row's use. Null: all of it is as it was fed.</summary>
    public string? Fault(StoreSession session)
    {
        foreach (var (table, rest) in ((string, string)[])[("member", $"'feed', '', id_lookup, card_lookup from member where {Live}"), ("guest", "known_by, heard_at, id_lookup, card_lookup from guest")])
        {
            using var row = session.Prepared(
                "select person, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, sealed, account_owner, " + rest).Read();
            while (row.Read())
            {
                var member = Of(row);
                if (!((byte[])row[12]).AsSpan().SequenceEqual(cipher.LookupOf("id", member.Personal.IdNumber)) || !((byte[])row[13]).AsSpan().SequenceEqual(cipher.LookupOf("card", member.Personal.CardNumber)))
                {
                    return $"a row of {table} is found by a number that is not its own";
                }
            }
        }
        return null;
    }

    private static DateOnly Day(string text) => StoredText.Day(text);

    private static readonly MemberPersonal NotOpened = new("", "", "", "", default, "");

    /// <summary>What a member's sealed column is bound to: the row's place, and every plain column that a settlement rests on.</summary>
    private static string Bound(Member member) => string.Create(CultureInfo.InvariantCulture,
        $"member/{member.Person}\n{member.InsuranceType}\n{member.PersonType}\n{member.PoolingArea}\n{member.Cover.First:yyyy-MM-dd}\n{member.Cover.End:yyyy-MM-dd}\n{member.Status}\n{member.Account}\n{member.AccountOwner}");
}

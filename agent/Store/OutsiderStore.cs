using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Ids;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Persons of other catchments, the county's index, and what the hub tells of this site. Tables guest, county,
/// county_profile, site_fact.</summary>
public sealed class OutsiderStore(FieldCipher cipher)
{
    /// <summary>Marks rows of other feeds that a look at the hub brought: no snapshot sweeps them away.</summary>
    public const long LookedUp = -1;

    private const string CountyKey = "county_key";
    private const int MostGuests = 2_000;
    private const int ProfileWords = 6;

    /// <summary>Keeps a person, in the place of what was known before; beyond <see cref="MostGuests"/> those heard of longest ago go.</summary>
    /// <param name="values">As the members have them (<see cref="MemberStore.Values"/>).</param>
    public static void Keep(StoreSession session, IReadOnlyList<object?> values, string knownBy, DateTimeOffset heardAt)
    {
        session.Prepared("""
            insert into guest (person, id_lookup, card_lookup, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, sealed, account_owner,
                known_by, heard_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            on conflict (person) do update set id_lookup = excluded.id_lookup, card_lookup = excluded.card_lookup,
                insurance_type = excluded.insurance_type, person_type = excluded.person_type, pooling_area = excluded.pooling_area,
                cover_first = excluded.cover_first, cover_end = excluded.cover_end, status = excluded.status, account = excluded.account,
                sealed = excluded.sealed, account_owner = excluded.account_owner, known_by = excluded.known_by, heard_at = excluded.heard_at
            """).Execute([.. values.Skip(1), knownBy, heardAt]);
        var many = (long)session.Prepared("select count(*) from guest").Scalar()!;
        for (; many > MostGuests; many--)
        {
            Forget(session, (string)session.Prepared("select person from guest order by heard_at, person limit 1").Scalar()!);
        }
    }

    /// <summary>The person is nobody's business here any more; what was looked up goes too.</summary>
    public static void Forget(StoreSession session, string person)
    {
        session.Prepared("delete from guest where person = $1").Execute(person);
        session.Prepared("delete from accumulator_fed where person = $1 and seen = $2").Execute(person, LookedUp);
        session.Prepared("delete from payable where person = $1 and seen = $2").Execute(person, LookedUp);
    }

    /// <summary>Before what a look brought is stored: it says everything of the person.</summary>
    public static void Clear(StoreSession session, string person)
    {
        session.Prepared("delete from accumulator_fed where person = $1").Execute(person);
        session.Prepared("delete from payable where person = $1").Execute(person);
    }

    /// <summary>The person whom the county's index has for an identity number, with what the index tells: no name, no village, no card,
    /// no account. Birth date and sex stand in the number. Null: not in it, or it was never fed.</summary>
    public Member? InIndex(StoreSession session, string idNumber)
    {
        if (Fact(session, CountyKey) is not { } key || !ChineseId.TryParse(idNumber, "evidence.number", out var id, out _))
        {
            return null;
        }
        using var row = session.Prepared("""
            select c.person, p.words from county c join county_profile p on p.profile = c.profile
            where c.seen = (select live from feed_version where feed = 'county') and c.hash = $1
            """).Read(CountyHash.Of(Convert.FromBase64String(key), id.Format()));
        if (!row.Read())
        {
            return null;
        }
        var words = row.GetString(1).Split('|');
        return new Member(
            row.GetString(0), words[0], words[1], words[2], new DateRange(Day(words[3]), words[4].Length == 0 ? null : Day(words[4])), words[5], 0,
            new MemberPersonal(id.Format(), "", "", id.IsMale ? "1" : "2", id.Birth, "")) { KnownBy = Member.KnownByIndex };
    }

    /// <param name="profiles">Profiles met in this transaction, by their words.</param>
    /// <exception cref="JournalFormatException">BadJson: the key is no hash, a word holds the separator.</exception>
    public static void PutCounty(StoreSession session, long run, string key, string person, IReadOnlyList<string> words, Dictionary<string, long> profiles)
    {
        var profile = string.Join('|', words);
        if (CountyHash.TryParse(key) is not { } hash || profile.Count(letter => letter == '|') != ProfileWords - 1)
        {
            throw new JournalFormatException(Codes.BadJson, $"county: row \"{key}\" holds no hash of {CountyHash.Bytes} bytes, or a word with |");
        }
        if (!profiles.TryGetValue(profile, out var number))
        {
            number = Profile(session, profile);
            profiles.Add(profile, number);
        }
        session.Prepared("""
            insert into county (seen, hash, person, profile) values ($1, $2, $3, $4)
            on conflict (seen, hash) do update set person = excluded.person, profile = excluded.profile
            """).Execute(run, hash, person, number);
    }

    public static void RemoveCounty(StoreSession session, long run, string key) =>
        session.Prepared("delete from county where seen = $1 and hash = $2").Execute(run, CountyHash.TryParse(key) ?? []);

    public void PutFact(StoreSession session, string name, string value, long run) => session.Prepared("""
        insert into site_fact (name, sealed, seen) values ($1, $2, $3) on conflict (name) do update set sealed = excluded.sealed, seen = excluded.seen
        """).Execute(name, cipher.Seal(value, Place(name)), run);

    /// <summary>What the hub tells of the site counts from here on.</summary>
    /// <exception cref="FaultException">The level is none.</exception>
    public void ApplySite(StoreSession session)
    {
        if (MetaStore.Site(session) is not { } site)
        {
            return;
        }
        var level = Fact(session, "level") is { } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 3
                ? number
                : throw new FaultException(new Fault(Codes.BadNumber, "level", text, "0, 1, 2 or 3"))
            : site.Level;
        var now = site with { Level = level, InstitutionName = Fact(session, "name") ?? site.InstitutionName, InstitutionType = Fact(session, "type") ?? site.InstitutionType };
        if (now != site)
        {
            MetaStore.KeepSite(session, now);
        }
    }

    private string? Fact(StoreSession session, string name) =>
        session.Prepared("select sealed from site_fact where name = $1").Scalar(name) is byte[] bytes ? cipher.OpenText(bytes, Place(name)) : null;

    private static long Profile(StoreSession session, string words)
    {
        if (session.Prepared("select profile from county_profile where words = $1").Scalar(words) is long known)
        {
            return known;
        }
        var next = (long)session.Prepared("select coalesce(max(profile), 0) + 1 from county_profile").Scalar()!;
        session.Prepared("insert into county_profile (profile, words) values ($1, $2)").Execute(next, words);
        return next;
    }

    private static DateOnly Day(string text) => StoredText.Day(text);

    private static string Place(string name) => "site_fact/" + name;
}

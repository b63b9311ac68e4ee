using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Feeds;

/// <summary>Where the index stands.</summary>
/// <param name="KeyVersion">Version of the feed "site" with which the sites hear of the key.</param>
internal sealed record CountyCursor(string KeyId, long KeyVersion, long Version, string Person);

/// <summary>What the index says of a person. Cover end: the first day after, blank when open.</summary>
internal sealed record CountyRow(
    string Person, string Hash, string InsuranceType, string PersonType, string PoolingArea, string CoverFirst, string CoverEnd, string Status, string State)
{
    public const string In = "in";
    public const string Gone = "gone";
    public const string Clash = "clash";
}

/// <summary>A member as the index reads it.</summary>
internal sealed record CountyMember(
    long Version, string Person, string IdNumber, string InsuranceType, string PersonType, string PoolingArea, string CoverFirst, string CoverEnd, string Status, bool Removed);

/// <summary>Tables county_index, county_left, county_cursor.</summary>
internal static class CountyIndexStore
{
    private const string Columns = "person, hash, insurance_type, person_type, pooling_area, cast(cover_first as text), cover_end, status, state";

    public static CountyCursor? Cursor(StoreSession session, string region)
    {
        using var row = session.Prepared("select key_id, key_version, version, person from county_cursor where region = $1").Read(region);
        return row.Read() ? new CountyCursor(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3)) : null;
    }

    public static void Keep(StoreSession session, string region, CountyCursor cursor) => session.Prepared("""
        insert into county_cursor (region, key_id, key_version, version, person) values ($1, $2, $3, $4, $5)
        on conflict (region) do update set key_id = excluded.key_id, key_version = excluded.key_version, version = excluded.version, person = excluded.person
        """).Execute(region, cursor.KeyId, cursor.KeyVersion, cursor.Version, cursor.Person);

    /// <summary>Members who changed behind the cursor, in the order of their changes.</summary>
    public static IReadOnlyList<CountyMember> Changed(StoreSession session, string region, CountyCursor cursor, long most)
    {
        var members = new List<CountyMember>();
        using var rows = session.Prepared("""
            select version, person, id_number, insurance_type, person_type, pooling_area, cast(cover_first as text), cover_end, status, removed
            from member where region = $1 and version >= $2 and (version, person) > ($2, $3) order by version, person limit $4
            """).Read(region, cursor.Version, cursor.Person, most);
        while (rows.Read())
        {
            members.Add(new CountyMember(
                rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetString(4), rows.GetString(5), rows.GetString(6), rows.GetString(7),
                rows.GetString(8), rows.GetBoolean(9)));
        }
        return members;
    }

    public static CountyRow? Find(StoreSession session, string region, string person)
    {
        using var row = session.Prepared($"select {Columns} from county_index where region = $1 and person = $2").Read(region, person);
        return row.Read() ? RowOf(row) : null;
    }

    /// <summary>All who have the hash and are insured.</summary>
    public static IReadOnlyList<CountyRow> WithHash(StoreSession session, string region, string hash)
    {
        var found = new List<CountyRow>();
        using var rows = session.Prepared($"select {Columns} from county_index where region = $1 and hash = $2 and state <> 'gone' order by person").Read(region, hash);
        while (rows.Read())
        {
            found.Add(RowOf(rows));
        }
        return found;
    }

    public static void Put(StoreSession session, string region, CountyRow row, long version) => session.Prepared("""
        insert into county_index (region, person, hash, insurance_type, person_type, pooling_area, cover_first, cover_end, status, state, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (region, person) do update set hash = excluded.hash, insurance_type = excluded.insurance_type, person_type = excluded.person_type,
            pooling_area = excluded.pooling_area, cover_first = excluded.cover_first, cover_end = excluded.cover_end, status = excluded.status,
            state = excluded.state, version = excluded.version
        """).Execute(
        region, row.Person, row.Hash, row.InsuranceType, row.PersonType, row.PoolingArea,
        DateOnly.ParseExact(row.CoverFirst, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), row.CoverEnd, row.Status, row.State, version);

    public static void Left(StoreSession session, string region, string hash, long version) => session.Prepared("""
        insert into county_left (region, hash, version) values ($1, $2, $3) on conflict (region, hash) do update set version = excluded.version
        """).Execute(region, hash, version);

    public static long Count(StoreSession session, string region) =>
        session.ExecuteScalar<long>("select count(*) from county_index where region = @region", new { region });

    /// <summary>Versions of members through the cursor of whom the index says something else, or nothing.</summary>
    public static IEnumerable<long> OtherThanMembers(StoreSession session, string region, CountyCursor cursor) => session.Stream<long>(
        """
        select m.version from member m left join county_index c on c.region = m.region and c.person = m.person
        where m.region = @region and (m.version, m.person) <= (@Version, @Person)
        and (c.person is null or (m.removed = true) <> (c.state = 'gone')
            or (c.insurance_type, c.person_type, c.pooling_area, c.cover_first, c.cover_end, c.status)
                <> (m.insurance_type, m.person_type, m.pooling_area, m.cover_first, m.cover_end, m.status))
        order by m.version, m.person
        """,
        new { region, cursor.Version, cursor.Person });

    /// <summary>Hashes of one person who is left out, or of more of whom one is in.</summary>
    public static IEnumerable<string> WronglyShared(StoreSession session, string region) => session.Stream<string>(
        """
        select hash from county_index where region = @region and state <> 'gone' group by hash
        having (count(*) = 1 and min(state) <> 'in') or (count(*) > 1 and (min(state) <> 'clash' or max(state) <> 'clash')) order by hash
        """,
        new { region });

    public static long Loose(StoreSession session, string region) => session.ExecuteScalar<long>(
        """
        select count(*) from county_index c left join member m on m.region = c.region and m.person = c.person
        where c.region = @region and m.person is null
        """,
        new { region });

    private static CountyRow RowOf(System.Data.Common.DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8));
}

namespace EdgeHub.Hub.Feeds;

/// <summary>What the feeds county and site read. Of the county's index what went comes first, for another person may have the hash now.</summary>
internal static class CountyPartStore
{
    private const string Nothing = "'', '', '', '', '', '', ''";

    public static readonly IReadOnlyList<FeedPart> Parts =
    [
        new($"""
            select hash, true, {Nothing}, version, hash
            from county_left where region = $1 and $2 <> '' and version > $3 and version >= $4 and (version, hash) > ($4, $5)
            order by version, hash limit 5001
            """, OnlyDelta: true, ByVersion: true),
        new($"""
            select hash, true, {Nothing}, version, person
            from county_index where region = $1 and $2 <> '' and version > $3 and version >= $4 and (version, person) > ($4, $5) and state <> 'in'
            order by version, person limit 5001
            """, OnlyDelta: true, ByVersion: true),
        new("""
            select hash, false, person, insurance_type, person_type, pooling_area, cover_first, cover_end, status, version, person
            from county_index where region = $1 and $2 <> '' and version > $3 and version >= $4 and (version, person) > ($4, $5) and state = 'in'
            order by version, person limit 5001
            """, ByVersion: true),
    ];

    /// <summary>The key's value is put in by code: it stands in no table.</summary>
    public const string KeyRow = "county_key";

    public static readonly IReadOnlyList<FeedPart> Site =
    [
        new("""
            select key, false, value, key, '' from (
                select 'level' as key, cast(level as text) as value, region, code, version from public_institution
                union all select 'name', name, region, code, version from public_institution
                union all select 'type', type, region, code, version from public_institution
                union all select 'county_key', '', region, $2, key_version from county_cursor) as facts
            where region = $1 and code = $2 and version > $3 and (key, '') > ($4, $5) order by key limit 5001
            """),
    ];
}

using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Access;

/// <summary>Tables institution, catchment, device, enrolment_code.</summary>
public static class AccessStore
{
    private const string DeviceColumns = "device_no, device, site, public_key, key_id, agent_version, enrolled_ms, revoked_ms";

    public static Device? FindDevice(StoreSession session, string region, string name)
    {
        using var row = session.Prepared($"select {DeviceColumns} from device where region = $1 and device = $2").Read(region, name);
        return row.Read() ? DeviceOf(row) : null;
    }

    public static IReadOnlyList<Device> Devices(StoreSession session, string region)
    {
        using var row = session.Prepared($"select {DeviceColumns} from device where region = $1 order by device_no").Read(region);
        var devices = new List<Device>();
        while (row.Read())
        {
            devices.Add(DeviceOf(row));
        }
        return devices;
    }

    /// <summary>Devices of which two copies were seen to live, and what was seen.</summary>
    public static IReadOnlyDictionary<string, string> Cloned(StoreSession session, string region)
    {
        using var row = session.Prepared("select device, detail from public_device_clone where region = $1 and seen_ms > cleared_ms").Read(region);
        var cloned = new Dictionary<string, string>(StringComparer.Ordinal);
        while (row.Read())
        {
            cloned.Add(row.GetString(0), row.GetString(1));
        }
        return cloned;
    }

    /// <summary>The device that may speak for the site now; null: none.</summary>
    public static Device? DeviceOfSite(StoreSession session, string region, string site)
    {
        using var row = session.Prepared($"select {DeviceColumns} from device where region = $1 and site = $2 and revoked_ms is null").Read(region, site);
        return row.Read() ? DeviceOf(row) : null;
    }

    public static Device? DeviceOfNumber(StoreSession session, string region, long deviceNo)
    {
        using var row = session.Prepared($"select {DeviceColumns} from device where region = $1 and device_no = $2").Read(region, deviceNo);
        return row.Read() ? DeviceOf(row) : null;
    }

    /// <summary>A revoked device of the site with this key; null: none.</summary>
    public static Device? RevokedWithKey(StoreSession session, string region, string site, string keyId)
    {
        using var row = session.Prepared($"""
            select {DeviceColumns} from device where region = $1 and site = $2 and key_id = $3 and revoked_ms is not null order by device_no desc limit 1
            """).Read(region, site, keyId);
        return row.Read() ? DeviceOf(row) : null;
    }

    /// <summary>It may speak again; why it was revoked stays on record.</summary>
    public static void TakeBack(StoreSession session, string region, long deviceNo, string version) => session.Execute(
        "update device set revoked_ms = null, agent_version = @version where region = @region and device_no = @deviceNo",
        new { region, deviceNo, version });

    public static long DevicesEver(StoreSession session, string region, string site) =>
        session.ExecuteScalar<long>("select count(*) from device where region = @region and site = @site", new { region, site });

    public static void AddDevice(StoreSession session, string region, Device device) => session.Prepared(
        "insert into device (region, device_no, device, site, public_key, key_id, agent_version, enrolled_ms) values ($1, $2, $3, $4, $5, $6, $7, $8)")
        .Execute(region, device.DeviceNo, device.Name, device.Site, device.PublicKey, device.KeyId, device.AgentVersion, device.EnrolledMilliseconds);

    /// <returns>False: no such device, or revoked before.</returns>
    public static bool Revoke(StoreSession session, string region, string name, string why, long now) => session.Execute(
        "update device set revoked_ms = @now, revoked_why = @why where region = @region and device = @name and revoked_ms is null",
        new { region, name, why, now }) == 1;

    /// <summary>Lets a revoked device speak again. The site must have no other.</summary>
    /// <returns>False: no such device, or it was not revoked.</returns>
    public static bool Restore(StoreSession session, string region, string name) => session.Execute(
        "update device set revoked_ms = null, revoked_why = null where region = @region and device = @name and revoked_ms is not null", new { region, name }) == 1;

    public static void AddCode(StoreSession session, string region, string codeHash, string site, long made, long expires) => session.Execute(
        "insert into enrolment_code (region, code_hash, site, made_ms, expires_ms) values (@region, @codeHash, @site, @made, @expires)",
        new { region, codeHash, site, made, expires });

    public static EnrolmentCode? FindCode(StoreSession session, string region, string codeHash)
    {
        using var row = session.Prepared("select site, expires_ms, used_device_no from enrolment_code where region = $1 and code_hash = $2").Read(region, codeHash);
        return row.Read() ? new EnrolmentCode(row.GetString(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetInt64(2)) : null;
    }

    public static void UseCode(StoreSession session, string region, string codeHash, long deviceNo, long now) => session.Execute(
        "update enrolment_code set used_ms = @now, used_device_no = @deviceNo where region = @region and code_hash = @codeHash and used_ms is null",
        new { region, codeHash, deviceNo, now });

    public static Institution? FindInstitution(StoreSession session, string region, string code)
    {
        using var row = session.Prepared("select code, name, level, type, alliance from institution where region = $1 and code = $2").Read(region, code);
        return row.Read() ? new Institution(row.GetString(0), row.GetString(1), (int)row.GetInt64(2), row.GetString(3), row.GetString(4)) : null;
    }

    /// <returns>True when it is new or was changed.</returns>
    public static bool PutInstitution(StoreSession session, string region, Institution institution) => session.Prepared("""
        insert into institution (region, code, name, level, type, alliance) values ($1, $2, $3, $4, $5, $6)
        on conflict (region, code) do update set name = excluded.name, level = excluded.level, type = excluded.type, alliance = excluded.alliance
        where (institution.name, institution.level, institution.type, institution.alliance) <> (excluded.name, excluded.level, excluded.type, excluded.alliance)
        """).Execute(region, institution.Code, institution.Name, (long)institution.Level, institution.Type, institution.Alliance) > 0;

    /// <summary>The site is told of its changed row with this version.</summary>
    public static void Versioned(StoreSession session, string region, string code, long version) =>
        session.Prepared("update institution set version = $3 where region = $1 and code = $2").Execute(region, code, version);

    public static IReadOnlyList<string> Villages(StoreSession session, string region, string site) => session.Query<string>(
        "select village from catchment where region = @region and site = @site and removed = false order by village", new { region, site });

    /// <returns>True when it is new or came back.</returns>
    public static bool AddVillage(StoreSession session, string region, string site, string village, long version) => session.Prepared("""
        insert into catchment (region, site, village, version, removed) values ($1, $2, $3, $4, false)
        on conflict (region, site, village) do update set version = excluded.version, removed = false where catchment.removed = true
        """).Execute(region, site, village, version) > 0;

    public static void RemoveVillage(StoreSession session, string region, string site, string village, long version) => session.Execute(
        "update catchment set version = @version, removed = true where region = @region and site = @site and village = @village",
        new { region, site, village, version });

    public static AccessCounts Counts(StoreSession session, string region) => new(
        session.ExecuteScalar<long>("select count(*) from institution where region = @region", new { region }),
        session.ExecuteScalar<long>("select count(*) from device where region = @region and revoked_ms is null", new { region }),
        session.ExecuteScalar<long>("select count(*) from device where region = @region and revoked_ms is not null", new { region }));

    private static Device DeviceOf(System.Data.Common.DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), (byte[])row.GetValue(3), row.GetString(4), row.GetString(5), row.GetInt64(6),
        row.IsDBNull(7) ? null : row.GetInt64(7));
}

/// <param name="UsedDeviceNo">The device that it made; null: not used yet.</param>
public sealed record EnrolmentCode(string Site, long ExpiresMilliseconds, long? UsedDeviceNo);

public sealed record AccessCounts(long Institutions, long Devices, long Revoked);

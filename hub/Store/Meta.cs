using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Store;

/// <summary>The hub's settings as stored.</summary>
internal static class Meta
{
    private const string Own = "own_region";
    private const string TimeZone = "time_zone";
    private const string DemoOffset = "demo_offset_seconds";

    /// <summary>Stores the given settings where they are new, and gives those that hold; null: none given, none stored.</summary>
    /// <exception cref="FaultException">Another region's hub.</exception>
    public static HubSettings? Settle(StoreSession session, HubSettings? given)
    {
        var region = Region(session);
        if (region is not null && given is not null && region != given.Region)
        {
            throw new FaultException(new Fault(Codes.WrongRegion, "--region", given.Region, $"{region}: this folder holds that region's hub"));
        }
        if (given is not null)
        {
            Put(session, given.Region, Own, "1");
            Put(session, given.Region, TimeZone, given.TimeZone);
            Put(session, given.Region, DemoOffset, given.DemoOffsetSeconds.ToString(CultureInfo.InvariantCulture));
            return given;
        }
        return region is null ? null : new HubSettings(
            region, Get(session, region, TimeZone), long.Parse(Get(session, region, DemoOffset), CultureInfo.InvariantCulture));
    }

    /// <summary>Whose hub this is; null: it is being made.</summary>
    public static string? Region(StoreSession session) => session.QuerySingleOrDefault<string>("select region from meta where name = @Own", new { Own });

    private static string Get(StoreSession session, string region, string name) =>
        Find(session, region, name)
        ?? throw new StoreException(Codes.StoreDamaged, HubStore.FileName, $"the setting {name} is missing");

    /// <summary>Null: not stored.</summary>
    public static string? Find(StoreSession session, string region, string name) =>
        session.QuerySingleOrDefault<string>("select value from meta where region = @region and name = @name", new { region, name });

    public static void Put(StoreSession session, string region, string name, string value) => session.Execute(
        "insert into meta (region, name, value) values (@region, @name, @value) on conflict (region, name) do update set value = excluded.value",
        new { region, name, value });
}

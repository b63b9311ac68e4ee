using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Store;

/// <summary>The rooms whose tables the hub keeps, in the order in which their views rest on each other.</summary>
public static class HubMigrations
{
    private static readonly string[] Rooms =
        ["Store", "Access", "Ledger", "Ingest", "Bookings", "Feeds", "Settlement", "Schemes/CountyPackage", "Reconciliation", "Clearing", "Reporting"];

    public static void Apply(Sync.Stores.Store store)
    {
        var assembly = typeof(HubMigrations).Assembly;
        var shipped = assembly.GetManifestResourceNames().Select(name => name.Replace('\\', '/')).Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).ToList();
        var homeless = shipped.Where(name => !Array.Exists(Rooms, room => IsIn(room, name))).ToList();
        if (homeless.Count > 0)
        {
            throw new InvalidOperationException($"Migrations outside the known rooms: {string.Join(", ", homeless)}");
        }
        foreach (var room in Rooms.Where(room => shipped.Exists(name => IsIn(room, name))))
        {
            Migrations.Apply(store, assembly, room + "/Migrations");
        }
    }

    private static bool IsIn(string room, string resource) => resource.StartsWith(room + "/Migrations/", StringComparison.Ordinal);
}

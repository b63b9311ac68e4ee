using EdgeHub.Agent.Access;

namespace EdgeHub.Agent.Desk;

/// <summary>One entry of the desk's menu.</summary>
/// <param name="Name">menu.NAME is its word.</param>
/// <param name="Key">The key that opens it; null: none.</param>
public sealed record MenuEntry(string Name, string Path, string? Key, string Action)
{
    /// <summary>Whether a page belongs to this entry.</summary>
    public bool Holds(PathString path) => Path == Visits
        ? path == Visits || OfVisits.Any(each => path.StartsWithSegments(each, StringComparison.OrdinalIgnoreCase))
        : path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase) || (Path == Day && path.StartsWithSegments("/desk/evidence", StringComparison.OrdinalIgnoreCase));

    private const string Visits = "/desk";
    private const string Day = "/desk/day";
    private static readonly string[] OfVisits = ["/desk/visit", "/desk/receipt", "/desk/reverse", "/desk/refund", "/desk/contact", "/desk/invoice", "/desk/room"];
}

/// <summary>The desk's menu, in its order. Keys: F1 to F4 act inside a page, F6 to F9 go to a page.</summary>
public static class DeskMenu
{
    public static readonly IReadOnlyList<MenuEntry> All =
    [
        new("queue", "/desk", "F6", Actions.SeeQueue),
        new("bookings", "/desk/bookings", null, Actions.SeeQueue),
        new("day", "/desk/day", "F7", Actions.SeeDay),
        new("owed", "/desk/owed", "F8", Actions.PayOut),
        new("devices", "/desk/devices", "F9", Actions.SeeDevices),
        new("attention", "/desk/attention", null, Actions.SeeQuarantine),
        new("staff", "/desk/staff", null, Actions.ChangeStaff),
    ];

    /// <summary>What this person may open.</summary>
    public static IEnumerable<MenuEntry> For(Operator me) => All.Where(entry => me.May(entry.Action));
}

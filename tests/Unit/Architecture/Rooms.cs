using Mono.Cecil;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>The rooms of the solution, and the one table of who may use whom. A room is a namespace below an assembly's root:
/// Hub.Ledger, Rules.Schemes.CountyPackage; the root itself is the assembly's short name.</summary>
public static class Rooms
{
    private const string Prefix = "EdgeHub.";
    private static readonly string[] HubLower = ["Hub.Store", "Hub.Access", "Hub.Jobs", "Hub.Ledger", "Hub.Export"];

    /// <summary>Whole packages whose types speak to a database.</summary>
    public static readonly string[] DatabasePackages = ["Microsoft.Data.Sqlite", "Dapper", "Npgsql", "SQLitePCLRaw"];

    /// <summary>Where several features meet on purpose: programs, and what composes them at the root of an executable.</summary>
    private static readonly string[] Composers = ["EdgeHub.Rules.RuleCatalogue"];

    /// <summary>The room of a type by its full name; null: not one of ours.</summary>
    public static string? Of(TypeReference type)
    {
        var outer = Assembled.Outermost(type);
        return outer.Namespace.StartsWith(Prefix, StringComparison.Ordinal) ? OfNamespace(outer.Namespace[Prefix.Length..]) : outer.Name == "Program" ? "Program" : null;
    }

    /// <summary>The table. Everybody may use the same room and what the compiler needs.</summary>
    public static bool MayUse(string from, string to) => from == to || from switch
    {
        "Program" or "Agent" or "Hub" => !Crosses(from, to),
        "Rules" => false,
        _ when from.StartsWith("Rules.Schemes.", StringComparison.Ordinal) => to == "Rules",
        "Sync" or "Pages" => to == "Rules",
        _ when from.StartsWith("Agent.", StringComparison.Ordinal) => IsShared(to) || to.StartsWith("Agent", StringComparison.Ordinal),
        _ when HubLower.Contains(from) => IsShared(to) || HubLower.Contains(to),
        _ when from.StartsWith("Hub.", StringComparison.Ordinal) => IsShared(to) || HubLower.Contains(to),
        _ => true,
    };

    /// <summary>What a type uses that its room may not, by the table.</summary>
    public static IEnumerable<Finding> Wrong(TypeDefinition type)
    {
        var from = Of(type);
        if (from is null || Composers.Contains(type.FullName, StringComparer.Ordinal))
        {
            return [];
        }
        return Assembled.WithNested(type).SelectMany(Assembled.Mentioned)
            .Select(used => (Used: Assembled.Outermost(used), Room: Of(used)))
            .Where(each => each.Room is not null && !MayUse(from, each.Room))
            .Select(each => new Finding(type.FullName, $"{from} may not use {each.Used.FullName}"));
    }

    /// <summary>Databases are spoken to only in Sync's store helpers, in *Store classes and in rooms named Store.</summary>
    public static IEnumerable<Finding> WrongDatabase(TypeDefinition type)
    {
        var isStore = type.Name.EndsWith("Store", StringComparison.Ordinal) || type.Namespace == "EdgeHub.Sync.Stores" || type.Namespace.Split('.').Contains("Store");
        return isStore
            ? []
            : Assembled.WithNested(type).SelectMany(Assembled.Mentioned).Select(Assembled.Outermost)
                .Where(used => DatabasePackages.Any(package => used.Namespace.StartsWith(package, StringComparison.Ordinal)))
                .Select(used => new Finding(type.FullName, $"uses {used.FullName} outside *Store, Store and Sync.Stores"));
    }

    private static bool IsShared(string room) => room is "Sync" or "Rules" or "Pages" || room.StartsWith("Rules.", StringComparison.Ordinal);

    private static bool Crosses(string from, string to) =>
        (from == "Agent" && to.StartsWith("Hub", StringComparison.Ordinal)) || (from == "Hub" && to.StartsWith("Agent", StringComparison.Ordinal));

    private static string OfNamespace(string below)
    {
        var parts = below.Split('.');
        return parts switch
        {
            ["Rules", "Schemes", var scheme, ..] => $"Rules.Schemes.{scheme}",
            ["Rules", ..] => "Rules",
            ["Sync", ..] => "Sync",
            ["Hub", "Schemes", var scheme, ..] => $"Hub.Schemes.{scheme}",
            ["Hub" or "Agent", var room, ..] => $"{parts[0]}.{room}",
            _ => parts[0],
        };
    }
}

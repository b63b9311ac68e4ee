using System.Collections.Frozen;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Access;

/// <summary>Who may do what: the table Access/roles.csv, role by action. A page shows it, a test holds it.</summary>
public static class Roles
{
    public const string Doctor = "doctor";
    public const string Cashier = "cashier";
    public const string Manager = "manager";

    /// <summary>A program of the clinic's that speaks to the local interface with a token.</summary>
    public const string Client = "client";

    /// <summary>What a person at the desk can be.</summary>
    public static readonly IReadOnlyList<string> OfStaff = [Doctor, Cashier, Manager];

    public static readonly IReadOnlyList<string> All = [.. OfStaff, Client];

    private static readonly CsvText Table = CsvText.Embedded(typeof(Roles).Assembly, "Access/roles.csv", ["action", .. All]);

    private static readonly FrozenDictionary<string, FrozenSet<string>> Allowed = All.ToFrozenDictionary(role => role, Of, StringComparer.Ordinal);

    /// <summary>Actions in the table's order.</summary>
    public static IReadOnlyList<string> ActionsShown { get; } = [.. Table.Rows.Select(row => row["action"])];

    /// <exception cref="ArgumentException">No such role: a fault of the program.</exception>
    public static bool May(string role, string action) => Allowed.TryGetValue(role, out var actions)
        ? actions.Contains(action)
        : throw new ArgumentException($"\"{role}\" is no role: {string.Join(", ", All)}.", nameof(role));

    private static FrozenSet<string> Of(string role) => Table.Rows
        .Where(row => row[role] switch { "yes" => true, "no" => false, _ => throw row.Wrong(Codes.UnknownCode, role, "yes or no") })
        .Select(row => row.Needed("action")).ToFrozenSet(StringComparer.Ordinal);
}

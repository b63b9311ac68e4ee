using EdgeHub.Rules;

namespace EdgeHub.Agent.Devices;

/// <summary>What the states of readers and devices are called, in plain words: DeviceStates.csv.</summary>
public static class DeviceStates
{
    private static readonly Dictionary<string, CsvRow> Rows = CsvText
        .Embedded(typeof(DeviceStates).Assembly, "Devices/DeviceStates.csv", ["state", .. Languages.All]).Rows
        .ToDictionary(row => row.Needed("state"), StringComparer.Ordinal);

    public static IReadOnlyCollection<string> All => Rows.Keys;

    /// <param name="language">One of <see cref="Languages.All"/>; another is answered in the default one.</param>
    /// <exception cref="KeyNotFoundException">No row: a fault of the program.</exception>
    public static string Say(string state, string language) => Rows[state].Needed(Languages.All.Contains(language, StringComparer.Ordinal) ? language : Languages.Default);
}

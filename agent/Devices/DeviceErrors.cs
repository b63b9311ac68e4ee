using System.Collections.Frozen;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Devices;

/// <summary>What staff may do after an error.</summary>
public enum Allowed
{
    /// <summary>Again, with the cause removed: nothing else.</summary>
    Retry,

    /// <summary>Again, or by hand with a reason; the error is kept as evidence with the visit.</summary>
    ManualEntry,

    /// <summary>No service on this card, and none by hand for its holder: the card is not valid.</summary>
    NoService,
}

/// <summary>The one table error -> action: DeviceErrors.csv, a row for each <see cref="DeviceErrorCode"/>.</summary>
public static class DeviceErrors
{
    private static readonly FrozenDictionary<DeviceErrorCode, DeviceErrorText> ByCode =
        Parse(CsvText.Embedded(typeof(DeviceErrors).Assembly, "Devices/DeviceErrors.csv", Columns));

    private static ReadOnlySpan<string> Columns =>
        new[] { "error", "allowed" }.Concat(Languages.All.Select(each => "patient_" + each)).Concat(Languages.All.Select(each => "staff_" + each)).ToArray();

    public static IReadOnlyDictionary<DeviceErrorCode, DeviceErrorText> All => ByCode;

    /// <exception cref="ArgumentException">No row: a fault of the program.</exception>
    public static DeviceErrorText For(DeviceErrorCode code) => ByCode.TryGetValue(code, out var text)
        ? text
        : throw new ArgumentException($"DeviceErrors.csv has no row for {code}.", nameof(code));

    /// <exception cref="FaultException">An unknown error or action, one twice, a text missing.</exception>
    public static FrozenDictionary<DeviceErrorCode, DeviceErrorText> Parse(CsvText table)
    {
        var texts = new Dictionary<DeviceErrorCode, DeviceErrorText>();
        foreach (var row in table.Rows)
        {
            if (!Enum.TryParse<DeviceErrorCode>(row["error"], out var code) || code.ToString() != row["error"])
            {
                throw row.Wrong(Codes.UnknownCode, "error", "an error of the program's list");
            }
            var allowed = row["allowed"] switch
            {
                "retry" => Allowed.Retry,
                "manual" => Allowed.ManualEntry,
                "none" => Allowed.NoService,
                _ => throw row.Wrong(Codes.UnknownCode, "allowed", "retry, manual or none"),
            };
            var text = new DeviceErrorText(code, allowed, Words(row, "patient_"), Words(row, "staff_"));
            if (!texts.TryAdd(code, text))
            {
                throw row.Wrong(Codes.Duplicated, "error", "each code once");
            }
        }
        return texts.ToFrozenDictionary();
    }

    private static Dictionary<string, string> Words(CsvRow row, string whose) =>
        Languages.All.ToDictionary(language => language, language => row.Needed(whose + language), StringComparer.Ordinal);
}

/// <summary>One error's row.</summary>
public sealed class DeviceErrorText(DeviceErrorCode code, Allowed allowed, IReadOnlyDictionary<string, string> patient, IReadOnlyDictionary<string, string> staff)
{
    public DeviceErrorCode Code { get; } = code;

    public Allowed Allowed { get; } = allowed;

    /// <summary>What a patient is told: what happened and what to do, no cause that shames.</summary>
    public string Patient(string language) => patient.TryGetValue(language, out var text) ? text : patient[Languages.Default];

    /// <summary>What staff are told: what it means and what they may do.</summary>
    public string Staff(string language) => staff.TryGetValue(language, out var text) ? text : staff[Languages.Default];
}

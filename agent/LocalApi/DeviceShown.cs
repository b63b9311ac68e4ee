using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Serial;

namespace EdgeHub.Agent.LocalApi;

/// <summary>A device in plain words.</summary>
/// <param name="Kind">reader, printer, scanner, terminal or display.</param>
/// <param name="Error">One of the devices' errors; null: nothing is wrong.</param>
/// <param name="Detail">For whoever mends it.</param>
/// <param name="Allowed">Retry, ManualEntry (with a reason) or NoService; null: nothing is wrong.</param>
/// <param name="StaffText">What staff may do.</param>
public sealed record DeviceShown(
    string Name, string Kind, string Status, string Says, string? Error, string? Detail, string? Allowed, string? StaffText, DateTimeOffset Since)
{
    public static IReadOnlyList<DeviceShown> Of(CardReaders? readers, SerialDevices? devices, string language) =>
    [
        .. (readers?.States ?? []).Select(state => Of(state.Name, "reader", state.Status.ToString(), state.Status.ToString(), state.Error, state.Since, language)),
        .. (devices?.States ?? []).Select(state => Of(state.Name, state.Kind, state.Status.ToString(), "Device." + state.Status, state.Error, state.Since, language)),
    ];

    private static DeviceShown Of(string name, string kind, string status, string word, DeviceError? error, DateTimeOffset since, string language)
    {
        var text = error is null ? null : DeviceErrors.For(error.Code);
        return new DeviceShown(
            name, kind, status, DeviceStates.Say(word, language), error?.Code.ToString(), error?.Detail, text?.Allowed.ToString(), text?.Staff(language), since);
    }
}

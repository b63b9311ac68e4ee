using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices.Serial;
using EdgeHub.Agent.Store;

namespace EdgeHub.Agent.Kiosk;

/// <summary>What a patient may expect of the printer.</summary>
public enum SlipState
{
    /// <summary>This kiosk has no printer: the number on the screen is all there is.</summary>
    None,

    /// <summary>It lies there.</summary>
    Printed,

    /// <summary>The printer took it, and does not say whether it printed; or others are printed first.</summary>
    Coming,

    /// <summary>Not printed: no paper, no printer, or somebody else's program holds it.</summary>
    Failed,
}

/// <summary>Prints queue slips at kiosks. A check-in never depends on it: the number stands on the screen whatever the printer does.</summary>
public sealed class KioskSlips(AgentOptions options, SerialDevices devices, AgentStore store, TimeProvider time)
{
    /// <summary>Whether this kiosk has a printer at all.</summary>
    public bool HasPrinter(KioskPlace place) => place.Printer != KioskPlace.None && (place.Printer is not null || devices.Printers.Count > 0);

    public Task<SlipState> CheckedIn(KioskPlace place, KioskTicket ticket, string language) => Print(place, new QueueFacts(
        store.Site?.InstitutionName ?? "", Number(ticket.Number), ticket.Room.Length > 0 ? ticket.Room : null,
        ticket.Wait > TimeSpan.Zero ? (int)ticket.Wait.TotalMinutes : null, TimeOnly.FromDateTime(ticket.At.DateTime), store.Clock.Today), language);

    /// <summary>For somebody whom the desk helps.</summary>
    public Task<SlipState> ToDesk(KioskPlace place, int number, string language) =>
        Print(place, new QueueFacts(store.Site?.InstitutionName ?? "", Number(number), null, null, null, store.Clock.Today), language);

    private async Task<SlipState> Print(KioskPlace place, QueueFacts facts, string language)
    {
        if (!HasPrinter(place))
        {
            return SlipState.None;
        }
        if (devices.Printers.FirstOrDefault(each => place.Printer is null || each.Name == place.Printer) is not { } printer)
        {
            return SlipState.Failed;
        }
        try
        {
            return await printer.Print(Slips.Queue(facts, language)).WaitAsync(options.SlipWithin, time) switch
            {
                PrintOutcome.Printed => SlipState.Printed,
                PrintOutcome.Unconfirmed => SlipState.Coming,
                _ => SlipState.Failed,
            };
        }
        catch (TimeoutException)
        {
            return SlipState.Coming;
        }
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Serial;
using EdgeHub.Agent.Kiosk;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;

namespace EdgeHub.Agent.LocalApi;

/// <summary>What became of a slip.</summary>
/// <param name="Outcome">Printed; Unconfirmed: the printer took it and says nothing of itself; Failed.</param>
/// <param name="Error">One of the devices' errors; null: nothing is wrong.</param>
/// <param name="StaffText">What staff may do.</param>
public sealed record PrintAnswer(string Outcome, string? Error, string? Detail, string? StaffText);

/// <summary>A settlement's receipt on a printer over a serial line. What was settled stands, whatever the printer says.</summary>
public sealed class PrintReceipt(CheckIn.CheckIn visits, AgentStore store, SerialDevices devices)
{
    public IReadOnlyList<string> Printers => [.. devices.Printers.Select(each => each.Name)];

    /// <param name="printer">Null: any.</param>
    public bool Has(string? printer) => Find(printer) is not null;

    /// <param name="printer">Null: the site's first.</param>
    /// <exception cref="InvalidOperationException">There is no such printer: <see cref="Has"/> says so before.</exception>
    public async Task<PrintAnswer> Now(SettlementShown shown, string? printer, string language)
    {
        var chosen = Find(printer) ?? throw new InvalidOperationException("No printer of that name.");
        var name = await visits.Show(shown.Confirmed.Visit) is CheckInOutcome.Opened opened ? MaskedName.Of(opened.Visit.Name) : "";
        return await chosen.Print(Slips.Receipt(Facts(shown, store.Site?.InstitutionName ?? "", name), language)) switch
        {
            PrintOutcome.Printed => new PrintAnswer(nameof(PrintOutcome.Printed), null, null, null),
            PrintOutcome.Unconfirmed => new PrintAnswer(nameof(PrintOutcome.Unconfirmed), null, null, null),
            PrintOutcome.Failed failed => new PrintAnswer(nameof(PrintOutcome.Failed), failed.Why.Code.ToString(), failed.Why.Detail, DeviceErrors.For(failed.Why.Code).Staff(language)),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };
    }

    private ReceiptPrinter? Find(string? printer) => devices.Printers.FirstOrDefault(each => printer is null || each.Name == printer);

    private static ReceiptFacts Facts(SettlementShown shown, string institution, string person)
    {
        var (confirmed, shares) = (shown.Confirmed, shown.Confirmed.Shares);
        return new ReceiptFacts(
            institution, confirmed.ReceiptNo, confirmed.ServiceDay, person, confirmed.Currency, [.. confirmed.Lines.Select(line => (line.Name, line.Amount))],
            confirmed.Totals.Total, shares.Fund, shares.Catastrophic, shares.Assistance, shares.Account, shares.Cash, shown.Reversal is not null, confirmed.ReceiptNo)
        {
            OwnPart = confirmed.Totals.FullSelfPay + confirmed.Totals.OverPriceLimit + confirmed.Totals.PreSelfPay, Deductible = confirmed.Totals.Deductible,
        };
    }
}

using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Bookings;

/// <summary>A fee that a patient paid for a visit, anywhere.</summary>
/// <param name="Key">The register's own; unique for the person.</param>
/// <param name="IsWithdrawn">It was paid back, or entered wrongly: it counts no more.</param>
public sealed record FeeRow(string Key, string Person, DateOnly Day, Money Amount, bool IsWithdrawn);

/// <summary>Patient fees under the high-cost protection as a file: fee (the register's key), person (number or identity number), day,
/// amount (major units), currency, status (paid or withdrawn; blank: paid). Source: O7.</summary>
public static class FeeFile
{
    public static readonly IReadOnlyList<string> Columns = ["fee", "person", "day", "amount", "currency", "status"];

    private const long MostMinor = 1_000_000_00;

    /// <summary>Two whole periods and a month.</summary>
    private const int KeptDays = 760;

    /// <exception cref="FileFaultException">A value is not right; all such values are named.</exception>
    public static IReadOnlyList<FeeRow> Read(CsvTable csv)
    {
        var faults = new FileFaults(csv.File);
        if (csv.Rows.Count > BookingFile.MostRows)
        {
            faults.Add(0, "rows", csv.Rows.Count.ToString(CultureInfo.InvariantCulture), $"at most {BookingFile.MostRows} rows");
        }
        faults.ThrowIfAny();
        var keys = new HashSet<(string, string)>();
        var rows = new List<FeeRow>(csv.Rows.Count);
        foreach (var line in csv.Rows)
        {
            var cells = new CellReader(line, faults);
            var row = new FeeRow(
                cells.Text("fee", 1, BookingWords.MostKeyCharacters), BookingFile.Person(cells), cells.Day("day"), Amount(cells, "amount", "currency") ?? Money.Zero(Currency.Sek),
                cells.OneOf("status", "", "paid", "withdrawn") == "withdrawn");
            cells.Require("fee", keys.Add((row.Person, row.Key)), "each fee of a person once");
            rows.Add(row);
        }
        faults.ThrowIfAny();
        return rows;
    }

    /// <summary>Takes the fees in; those of persons who are no members are named and not loaded.</summary>
    public static BookingsLoaded Load(HubStore hub, IReadOnlyList<FeeRow> rows) => hub.Write(session =>
    {
        var version = new PendingVersion(session, hub.Region, FeedNames.Fees);
        var (unknown, changed) = (new List<string>(), 0);
        foreach (var row in rows)
        {
            if (BookingStore.Person(session, hub.Region, row.Person) is { } person)
            {
                changed += FeeStore.Put(session, hub.Region, row with { Person = person }, version.Next) ? 1 : 0;
            }
            else
            {
                unknown.Add(row.Key);
            }
        }
        FeeStore.DropBefore(session, hub.Region, DateOnly.FromDateTime(hub.Clock.GetUtcNow().UtcDateTime).AddDays(-KeptDays));
        version.TakeIf(changed > 0);
        return new BookingsLoaded(rows.Count, changed, 0, unknown);
    });

    /// <summary>An amount in major units; null: the cell is blank. A wrong one is named and reads as zero.</summary>
    internal static Money? Amount(CellReader cells, string amount, string currency)
    {
        var text = cells[amount];
        if (text.Length == 0)
        {
            cells.Require(amount, amount != "amount", "an amount, for example 300.00");
            return null;
        }
        if (!Currency.TryParse(cells[currency], out var unit))
        {
            cells.Wrong(currency, Currency.Known);
            return null;
        }
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) && decimal.Round(major, 2) == major && major <= MostMinor / 100m)
        {
            return new Money((long)(major * 100), unit);
        }
        cells.Wrong(amount, "an amount from 0 with at most two decimals, for example 300.00");
        return Money.Zero(unit);
    }
}

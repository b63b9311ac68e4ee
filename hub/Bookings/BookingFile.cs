using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Bookings;

/// <summary>Booked visits as a file: booking, site, person (its number or its identity number), starts (an instant with its offset from
/// UTC), minutes, room, profession, staff, status (booked or cancelled; blank: booked); the columns fee and
/// currency may be missing: the visit's fee without the high-cost protection, major units.</summary>
public static class BookingFile
{
    public static readonly IReadOnlyList<string> Columns = ["booking", "site", "person", "starts", "minutes", "room", "profession", "staff", "status"];

    public const int MostRows = 200_000;

    private static readonly string[] Patterns = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    /// <param name="source">Where the rows come from: file or http.</param>
    /// <exception cref="FileFaultException">A value is not right; all such values are named.</exception>
    public static IReadOnlyList<BookingRow> Read(CsvTable csv, string source)
    {
        var faults = new FileFaults(csv.File);
        if (csv.Rows.Count > MostRows)
        {
            faults.Add(0, "rows", csv.Rows.Count.ToString(CultureInfo.InvariantCulture), $"at most {MostRows} rows");
        }
        faults.ThrowIfAny();
        var keys = new HashSet<(string, string)>();
        var rows = new List<BookingRow>(csv.Rows.Count);
        foreach (var line in csv.Rows)
        {
            var cells = new CellReader(line, faults);
            var row = new BookingRow(
                cells.Word("site", 1, 20), cells.Text("booking", 1, BookingWords.MostKeyCharacters), Person(cells), Starts(cells), Minutes(cells),
                cells.Text("room", 0, BookingWords.MostWordCharacters), cells.Text("profession", 0, BookingWords.MostWordCharacters),
                cells.Text("staff", 0, BookingWords.MostWordCharacters), source, cells.OneOf("status", "", "booked", "cancelled") == "cancelled")
            {
                Fee = csv.Columns.ContainsKey("fee") && csv.Columns.ContainsKey("currency") ? FeeFile.Amount(cells, "fee", "currency") : null,
            };
            cells.Require("booking", keys.Add((row.Site, row.Key)), "each booking of a site once");
            cells.Require("booking", !row.Key.StartsWith(BookingWords.DeskKey, StringComparison.Ordinal), $"a key that does not begin with {BookingWords.DeskKey}: these are a desk's own");
            rows.Add(row);
        }
        faults.ThrowIfAny();
        return rows;
    }

    internal static string Person(CellReader cells)
    {
        var number = cells["person"];
        cells.Require("person", number.Length is >= 2 and <= 30 && number.All(char.IsAsciiLetterOrDigit), "a person's number or identity number", personal: true);
        return number.ToUpperInvariant();
    }

    private static DateTimeOffset Starts(CellReader cells)
    {
        if (TryInstant(cells["starts"]) is { } starts)
        {
            return starts;
        }
        cells.Wrong("starts", "an instant with its offset, for example 2026-03-02T09:30+08:00");
        return DateTimeOffset.UnixEpoch;
    }

    private static int Minutes(CellReader cells)
    {
        if (int.TryParse(cells["minutes"], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 1 and <= BookingWords.MostMinutes)
        {
            return minutes;
        }
        cells.Wrong("minutes", $"1 to {BookingWords.MostMinutes}");
        return 1;
    }

    /// <summary>An instant that says its offset; null: none, or not between 2000 and 2100.</summary>
    internal static DateTimeOffset? TryInstant(string text) =>
        DateTimeOffset.TryParseExact(text, Patterns, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && instant.Year is >= 2000 and < 2100
            ? instant.ToUniversalTime()
            : null;
}

using System.Globalization;
using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Desk;

/// <summary>A draft made a bill that can be quoted and settled; what cannot be read is named by its field, lines from 1.</summary>
public static class DraftReader
{
    private const int PriceDecimals = 6;
    private const int QuantityDecimals = 4;
    private const decimal Most = 9_999_999m;

    public static string Field(int no, string field) => string.Create(CultureInfo.InvariantCulture, $"lines[{no}].{field}");

    /// <param name="expectedCash">Minor units of cash that the patient was told; null: not told yet.</param>
    public static (SettleRequest? Bill, Refusal? Why) Read(BillDraft draft, string requestKey, string @operator, long? expectedCash)
    {
        var faults = new List<Fault>();
        if (draft.Diagnoses.Count == 0)
        {
            faults.Add(new Fault(Codes.Missing, "diagnoses", "", "at least one code of a diagnosis"));
        }
        if (draft.Lines.Count == 0)
        {
            faults.Add(new Fault(Codes.Missing, "lines", "", "at least one fee line"));
        }
        var lines = draft.Lines.Select((line, i) => LineOf(line, i + 1, faults)).ToList();
        DateOnly? day = null;
        if (draft.ServiceDay.Length > 0)
        {
            if (DateOnly.TryParseExact(draft.ServiceDay, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
            {
                day = parsed;
            }
            else
            {
                faults.Add(new Fault(Codes.BadDate, "serviceDay", draft.ServiceDay, "a day, for example 2025-03-12"));
            }
        }
        return faults.Count > 0
            ? (null, new Refusal(faults, null))
            : (new SettleRequest(
                requestKey, draft.Ordinal, [.. draft.Diagnoses.Select(each => each.Code)], draft.Disease.Length == 0 ? null : draft.Disease, day, draft.UseAccount,
                lines, @operator, expectedCash, draft.Referral), null);
    }

    /// <summary>One line with its amount, and what of it cannot be read.</summary>
    public static (LineGiven Line, IReadOnlyList<Fault> Faults) Line(DraftLine line, int no)
    {
        var faults = new List<Fault>();
        return (LineOf(line, no, faults), faults);
    }

    /// <summary>A line's amount in minor units: price times quantity, rounded half away from zero, once; null: one of them cannot be read.</summary>
    public static long? Amount(DraftLine line)
    {
        var faults = new List<Fault>();
        return LineOf(line, 1, faults).Amount;
    }

    private static LineGiven LineOf(DraftLine line, int no, List<Fault> faults)
    {
        var price = Number(line.Price, PriceDecimals, zero: true, Field(no, "price"), "a price of 0 or more with at most six decimals", faults);
        var quantity = Number(line.Quantity, QuantityDecimals, zero: false, Field(no, "quantity"), "a quantity above 0 with at most four decimals", faults);
        long? amount = price is { } each && quantity is { } count ? (long)Math.Round(each * count * 100m, 0, MidpointRounding.AwayFromZero) : null;
        return new LineGiven(line.Item, price, quantity, amount);
    }

    private static decimal? Number(string typed, int decimals, bool zero, string field, string expected, List<Fault> faults)
    {
        // A comma is a decimal point to a Swede, and to nobody here a mark of thousands.
        if (decimal.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number <= Most && (number > 0 || zero) && decimal.Round(number, decimals) == number)
        {
            return number;
        }
        faults.Add(new Fault(typed.Length == 0 ? Codes.Missing : Codes.BadNumber, field, typed, expected));
        return null;
    }
}

using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>Whether what remains after a partial refund was part of the settled bill: no line is new, none costs otherwise, none
/// has more of anything than was settled.</summary>
internal static class RefundChecks
{
    public static List<Fault> Faults(IReadOnlyList<BillLine> settled, IReadOnlyList<BillLine> remaining)
    {
        var byNumber = settled.ToDictionary(line => line.No);
        var faults = new List<Fault>();
        foreach (var line in remaining)
        {
            if (!byNumber.TryGetValue(line.No, out var was))
            {
                faults.Add(new Fault(Codes.UnknownCode, Field(line, "no"), Text(line.No), "the number of a settled line"));
                continue;
            }
            Check(line, was, faults);
        }
        return faults;
    }

    private static void Check(BillLine line, BillLine was, List<Fault> faults)
    {
        if (line with { Quantity = was.Quantity, Amount = was.Amount } != was)
        {
            faults.Add(new Fault(Codes.UnknownCode, Field(line, "item"), line.ItemCode, $"{was.ItemCode} at {Text(was.Price)}, as settled"));
        }
        if (line.Quantity > was.Quantity)
        {
            faults.Add(new Fault(Codes.BadNumber, Field(line, "quantity"), Text(line.Quantity), $"at most what was settled, {Text(was.Quantity)}"));
        }
        if (line.Amount.Currency == was.Amount.Currency && line.Amount > was.Amount)
        {
            faults.Add(new Fault(Codes.BadAmount, Field(line, "amount"), line.Amount.ToString(), $"at most what was settled, {was.Amount}"));
        }
    }

    private static string Field(BillLine line, string field) => string.Create(CultureInfo.InvariantCulture, $"lines[{line.No}].{field}");

    private static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}

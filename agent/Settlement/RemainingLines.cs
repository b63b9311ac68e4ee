using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Agent.Settlement;

/// <summary>What remains of a settlement's lines after a partial refund: each by its number there, not larger than it was. The
/// price, the limit and the share stay those that it was settled with. Source: B21.</summary>
public static class RemainingLines
{
    /// <returns>The lines that remain, in their order; or every fault, by the line's number.</returns>
    public static (IReadOnlyList<BillLine>? Lines, Refusal? Why) Of(VisitSettled settled, IReadOnlyList<LineRemains?>? given)
    {
        var currency = Currency.Parse(settled.Currency);
        if (given is null || given.Count == 0)
        {
            return (null, Refusal.Of(Codes.NothingRemains, "lines", "0", "at least one line that remains; a reversal takes all of it back", B21));
        }
        if (given.Count > settled.Lines.Count)
        {
            return (null, Refusal.Of(Codes.LineGrows, "lines", Text(given.Count), $"at most {settled.Lines.Count} fee lines", B21));
        }
        var faults = new List<Fault>();
        var before = settled.Lines.ToDictionary(line => line.No);
        var remaining = new SortedDictionary<int, SettledLine>();
        foreach (var line in given)
        {
            Read(line, before, remaining, faults);
        }
        if (faults.Count > 0)
        {
            return (null, new Refusal(faults, B21));
        }
        return remaining.Count == before.Count && remaining.Values.All(line => line.Quantity == before[line.No].Quantity && line.Amount == before[line.No].Amount)
            ? (null, Refusal.Of(Codes.NothingTakenBack, "lines", Text(given.Count), "less than was settled", B21))
            : ([.. remaining.Values.Select(line => SettledParts.Line(line, currency))], null);
    }

    private static void Read(LineRemains? given, Dictionary<int, SettledLine> before, SortedDictionary<int, SettledLine> remaining, List<Fault> faults)
    {
        if (given?.No is not { } no)
        {
            faults.Add(new Fault(Codes.Missing, "lines.no", "", "the number of a line of the settlement"));
            return;
        }
        if (!before.TryGetValue(no, out var line))
        {
            faults.Add(new Fault(Codes.LineGrows, Field(no, "no"), Text(no), "the number of a line of the settlement"));
            return;
        }
        var (quantity, amount) = (given.Quantity ?? line.Quantity, given.Amount ?? line.Amount);
        if (given.Quantity is null != given.Amount is null)
        {
            faults.Add(new Fault(Codes.Missing, Field(no, given.Quantity is null ? "quantity" : "amount"), "", "quantity and amount, or neither where the whole line remains"));
            return;
        }
        if (quantity > line.Quantity)
        {
            faults.Add(new Fault(Codes.LineGrows, Field(no, "quantity"), Text(quantity), $"at most {Text(line.Quantity)}"));
        }
        if (amount > line.Amount)
        {
            faults.Add(new Fault(Codes.LineGrows, Field(no, "amount"), Text(amount), $"at most {Text(line.Amount)}"));
        }
        if (!remaining.TryAdd(no, line with { Quantity = quantity, Amount = amount }))
        {
            faults.Add(new Fault(Codes.Duplicated, Field(no, "no"), Text(no), "a number that no other line has"));
        }
    }

    private static string Field(int no, string field) => string.Create(CultureInfo.InvariantCulture, $"lines[{no}].{field}");

    private static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}

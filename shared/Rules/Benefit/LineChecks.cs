using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>What is wrong with the lines of a bill, each fault by the line's place and field.</summary>
internal static class LineChecks
{
    /// <summary>All faults, in the order of the lines; empty: the lines can be divided.</summary>
    public static List<Fault> Faults(IReadOnlyList<BillLine> lines)
    {
        if (lines.Count == 0)
        {
            return [new Fault(Codes.Missing, "lines", "0", "at least one fee line")];
        }
        if (lines.Count > BillLimits.Lines)
        {
            return [new Fault(Codes.TooMany, "lines", Text(lines.Count), $"at most {BillLimits.Lines} fee lines")];
        }
        var faults = new List<Fault>();
        var numbers = new HashSet<int>();
        foreach (var line in lines)
        {
            if (!numbers.Add(line.No))
            {
                faults.Add(new Fault(Codes.Duplicated, Field(line, "no"), Text(line.No), "a number that no other line has"));
            }
            CheckKind(line, lines[0].Amount.Currency, faults);
            if (CheckNumbers(line, faults))
            {
                CheckProduct(line, faults);
            }
        }
        if (faults.Count == 0)
        {
            CheckTotal(lines, faults);
        }
        return faults;
    }

    private static void CheckKind(BillLine line, Currency currency, List<Fault> faults)
    {
        if (!Enum.IsDefined(line.Category))
        {
            faults.Add(new Fault(Codes.UnknownCode, Field(line, "category"), Text((int)line.Category), "an expense category from 1 to 14"));
        }
        if (!Enum.IsDefined(line.Class))
        {
            faults.Add(new Fault(Codes.UnknownCode, Field(line, "class"), Text((int)line.Class), "A, B or C"));
        }
        if (line.Amount.Currency != currency)
        {
            faults.Add(new Fault(Codes.UnknownCurrency, Field(line, "amount"), line.Amount.ToString(), $"{currency.Code}, as the first line"));
        }
        var share = line.PreSelfPay.Value;
        if (line.Class == CatalogueClass.A ? share != 0m : share is < 0m or > 1m)
        {
            faults.Add(new Fault(Codes.BadRate, Field(line, "preSelfPay"), Text(share), line.Class == CatalogueClass.A ? "0 for class A" : "a share from 0 to 1"));
        }
    }

    private static bool CheckNumbers(BillLine line, List<Fault> faults)
    {
        var before = faults.Count;
        if (!Fits(line.Price, BillLimits.PriceDecimals, BillLimits.Price))
        {
            faults.Add(new Fault(Codes.BadNumber, Field(line, "price"), Text(line.Price), "0 to 10000000 with at most 6 decimals"));
        }
        if (!Fits(line.Quantity, BillLimits.QuantityDecimals, BillLimits.Quantity) || line.Quantity == 0m)
        {
            faults.Add(new Fault(Codes.BadNumber, Field(line, "quantity"), Text(line.Quantity), "above 0, up to 1000000, with at most 4 decimals"));
        }
        if (line.PriceLimit is { } limit && !Fits(limit, BillLimits.PriceDecimals, BillLimits.Price))
        {
            faults.Add(new Fault(Codes.BadNumber, Field(line, "priceLimit"), Text(limit), "0 to 10000000 with at most 6 decimals"));
        }
        if (line.Amount.MinorUnits is < 0 or > BillLimits.AmountMinorUnits)
        {
            faults.Add(new Fault(Codes.BadAmount, Field(line, "amount"), line.Amount.ToString(), "0.00 to 10000000.00"));
        }
        return faults.Count == before;
    }

    private static void CheckProduct(BillLine line, List<Fault> faults)
    {
        var product = line.Price * line.Quantity * 100m;
        if (Math.Abs(line.Amount.MinorUnits - product) > BillLimits.AmountToleranceMinorUnits)
        {
            faults.Add(new Fault(Codes.LineAmountMismatch, Field(line, "amount"), line.Amount.ToString(),
                $"within 0.01 of {Text(line.Price)} x {Text(line.Quantity)} = {Text(product / 100m)}"));
        }
    }

    private static void CheckTotal(IReadOnlyList<BillLine> lines, List<Fault> faults)
    {
        var total = lines.Sum(l => l.Amount.MinorUnits);
        if (total is 0 or > BillLimits.AmountMinorUnits)
        {
            faults.Add(new Fault(Codes.BadAmount, "total", new Money(total, lines[0].Amount.Currency).ToString(), "above 0.00, up to 10000000.00"));
        }
    }

    private static bool Fits(decimal value, int decimals, decimal largest) =>
        value >= 0m && value <= largest && decimal.Round(value, decimals) == value;

    private static string Field(BillLine line, string field) => string.Create(CultureInfo.InvariantCulture, $"lines[{line.No}].{field}");

    private static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}

using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>How one fee line divides. Amounts in minor units, each rounded once per line, half away from zero (B19).</summary>
public static class LineRules
{
    /// <summary>Class C (丙) is paid by the patient alone; A and B are not. Source: B10.</summary>
    public static Cited<Money> FullSelfPay(BillLine line) => B10.Gives(
        line.Class == CatalogueClass.C ? line.Amount : Money.Zero(line.Amount.Currency),
        ("class", line.Class), ("amount", line.Amount));

    /// <summary>max(0, price - limit) x quantity, and never more than the line's amount, which may lie 0.01 below price x
    /// quantity. Source: B17, B11.</summary>
    public static Cited<Money> OverPriceLimit(BillLine line)
    {
        var currency = line.Amount.Currency;
        var over = line.PriceLimit is { } limit && line.Price > limit
            ? Money.Rounded((line.Price - limit) * line.Quantity * 100m, currency, MidpointRounding.AwayFromZero)
            : Money.Zero(currency);
        return B17.Gives(
            Money.Min(over, line.Amount), ("price", line.Price), ("price limit", line.PriceLimit), ("quantity", line.Quantity), ("amount", line.Amount));
    }

    /// <summary>share x (amount - over-limit). Source: B18.</summary>
    public static Cited<Money> PreSelfPay(BillLine line, Money overPriceLimit) => B18.Gives(
        (line.Amount - overPriceLimit).Times(line.PreSelfPay, MidpointRounding.AwayFromZero),
        ("share", line.PreSelfPay), ("amount", line.Amount), ("over price limit", overPriceLimit));

    /// <summary>The line divided; what is not zero is added to the steps.</summary>
    public static LineSplit Split(BillLine line, List<CitedStep> steps)
    {
        var zero = Money.Zero(line.Amount.Currency);
        if (line.Class == CatalogueClass.C)
        {
            var whole = FullSelfPay(line);
            Note(whole, StepNames.FullSelfPay, line.No, steps);
            return new LineSplit(line.No, whole.Value, zero, zero, zero);
        }
        var over = OverPriceLimit(line);
        var first = PreSelfPay(line, over.Value);
        Note(over, StepNames.OverPriceLimit, line.No, steps);
        Note(first, StepNames.PreSelfPay, line.No, steps);
        return new LineSplit(line.No, zero, over.Value, first.Value, line.Amount - over.Value - first.Value);
    }

    private static void Note(Cited<Money> part, string name, int lineNo, List<CitedStep> steps)
    {
        if (!part.Value.IsZero)
        {
            steps.Add(part.As(StepNames.OfLine(name, lineNo)));
        }
    }
}

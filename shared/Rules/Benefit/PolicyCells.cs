using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>The cells of one row, or one cover, of a policy book, each read as what its column holds. A fault names row, column,
/// value and what would be right, and the cell is read as blank: reading goes on to the next.</summary>
/// <param name="place">The row's place, for example rows[3].</param>
/// <param name="cell">The text of a column, blank where there is none.</param>
internal sealed class PolicyCells(string place, Func<string, string> cell, Currency currency, List<Fault> faults)
{
    private const int MaxCodeCharacters = 40;
    private const int RateDecimals = 6;

    public Money Nothing => Money.Zero(currency);

    public string Text(string column) => cell(column);

    public bool Has(string column) => cell(column).Length > 0;

    public void Wrong(string code, string column, string expected) => faults.Add(new Fault(code, $"{place}.{column}", cell(column), expected));

    public string? Code(string column)
    {
        var text = cell(column);
        if (text.Length > MaxCodeCharacters)
        {
            Wrong(Codes.TooLong, column, $"{MaxCodeCharacters} characters");
            return null;
        }
        if (text.AsSpan().ContainsAny(" \t\r\n/"))
        {
            Wrong(Codes.BadCharacter, column, "a code without blanks and slashes, or nothing for any");
            return null;
        }
        return text.Length == 0 ? null : text;
    }

    public bool? YesOrNo(string column)
    {
        switch (cell(column))
        {
            case "":
                return null;
            case "yes":
                return true;
            case "no":
                return false;
            default:
                Wrong(Codes.UnknownCode, column, "yes, no, or nothing for any");
                return null;
        }
    }

    public int? Whole(string column, int most)
    {
        var text = cell(column);
        if (text.Length == 0)
        {
            return null;
        }
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most)
        {
            return number;
        }
        Wrong(Codes.BadNumber, column, $"a whole number from 0 to {most}, or nothing for any");
        return null;
    }

    public DateOnly? Day(string column)
    {
        var text = cell(column);
        if (text.Length == 0)
        {
            return null;
        }
        if (PolicyDays.TryRead(text, out var day))
        {
            return day;
        }
        Wrong(Codes.BadDate, column, PolicyDays.Expected);
        return null;
    }

    public Money? Amount(string column)
    {
        if (!Has(column) || Read(() => Money.Parse(cell(column), currency, $"{place}.{column}")) is not { } amount)
        {
            return null;
        }
        if (!amount.IsNegative)
        {
            return amount;
        }
        Wrong(Codes.BadAmount, column, "an amount from 0.00, or nothing for none");
        return null;
    }

    /// <summary>A share that must stand there.</summary>
    public Rate Share(string column)
    {
        if (Read(() => Rate.ParseShare(cell(column), $"{place}.{column}")) is not { } rate)
        {
            return Rate.Zero;
        }
        if (decimal.Round(rate.Value, RateDecimals) == rate.Value)
        {
            return rate;
        }
        Wrong(Codes.BadRate, column, $"a share with at most {RateDecimals} decimals");
        return Rate.Zero;
    }

    /// <summary>Tiers, or null where there are none or they are faulty.</summary>
    public RateTiers? Tiers(string column)
    {
        try
        {
            return Has(column) ? RateTiers.Parse(cell(column), currency, $"{place}.{column}") : null;
        }
        catch (FaultException wrong)
        {
            faults.Add(wrong.Fault);
            return null;
        }
    }

    private T? Read<T>(Func<T> parse) where T : struct
    {
        try
        {
            return parse();
        }
        catch (FaultException wrong)
        {
            faults.Add(wrong.Fault);
            return null;
        }
    }
}

using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>Reads one row, or one cover, of a policy book from its cells. Every fault names row, column, value and what would be
/// right; reading goes on to the next column.</summary>
/// <param name="place">The row's place, for example rows[3].</param>
/// <param name="cell">The text of a column, blank where there is none.</param>
/// <param name="book">The book's own period, which the row's period may narrow.</param>
internal sealed class PolicyRowReader(string place, Func<string, string> cell, DateRange book, Currency currency, List<Fault> faults)
{
    private const int MaxCodeCharacters = 40;
    private const int OldestAge = 150;
    private const int RateDecimals = 6;

    /// <summary>The case that the cells name; what is faulty is noted and read as blank.</summary>
    public PolicyKey Key()
    {
        var area = Code(PolicyColumns.PoolingArea);
        if (area is null)
        {
            Wrong(Codes.Missing, PolicyColumns.PoolingArea, "an area code, for example 530924");
        }
        var ageFrom = Whole(PolicyColumns.AgeFrom, OldestAge);
        var ageTo = Whole(PolicyColumns.AgeTo, OldestAge);
        if (ageFrom >= ageTo || ageTo == 0)
        {
            Wrong(Codes.BadNumber, PolicyColumns.AgeTo, $"an age above {ageFrom ?? 0}, not itself included");
        }
        return new PolicyKey(
            area ?? "", Code(PolicyColumns.InsuranceType), Code(PolicyColumns.VisitType), YesOrNo(PolicyColumns.OutOfArea),
            Whole(PolicyColumns.Level, CatalogueLevels.Highest), Code(PolicyColumns.InstitutionType), Code(PolicyColumns.PersonType),
            ageFrom, ageTo, Code(PolicyColumns.Disease), Period());
    }

    public PolicyRow Row(int id)
    {
        var key = Key();
        var mode = Mode();
        var deductible = Amount(PolicyColumns.Deductible) ?? Money.Zero(currency);
        if (mode == DeductibleMode.None ? !deductible.IsZero : !deductible.IsPositive)
        {
            Wrong(Codes.BadAmount, PolicyColumns.Deductible, mode == DeductibleMode.None ? "blank or 0.00 without a deductible" : "an amount above 0.00");
        }
        return new PolicyRow(id, key, mode, deductible, FundRate(), Amount(PolicyColumns.DailyCap), Amount(PolicyColumns.AnnualCap))
        {
            Scope = Code(PolicyColumns.Scope) ?? AccumulatorKey.Everywhere,
        };
    }

    private string? Code(string column)
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

    private bool? YesOrNo(string column)
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

    private int? Whole(string column, int most)
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

    private Money? Amount(string column)
    {
        var text = cell(column);
        if (text.Length == 0)
        {
            return null;
        }
        try
        {
            var amount = Money.Parse(text, currency, $"{place}.{column}");
            if (!amount.IsNegative)
            {
                return amount;
            }
            Wrong(Codes.BadAmount, column, "an amount from 0.00, or nothing for none");
        }
        catch (FaultException wrong)
        {
            faults.Add(wrong.Fault);
        }
        return null;
    }

    private Rate FundRate()
    {
        try
        {
            var rate = Rate.ParseShare(cell(PolicyColumns.FundRate), $"{place}.{PolicyColumns.FundRate}");
            if (decimal.Round(rate.Value, RateDecimals) == rate.Value)
            {
                return rate;
            }
            Wrong(Codes.BadRate, PolicyColumns.FundRate, $"a share with at most {RateDecimals} decimals");
        }
        catch (FaultException wrong)
        {
            faults.Add(wrong.Fault);
        }
        return Rate.Zero;
    }

    private DeductibleMode Mode()
    {
        switch (cell(PolicyColumns.DeductibleMode))
        {
            case "" or "none":
                return DeductibleMode.None;
            case "visit":
                return DeductibleMode.Visit;
            case "year":
                return DeductibleMode.Year;
            default:
                Wrong(Codes.UnknownCode, PolicyColumns.DeductibleMode, "none, visit or year");
                return DeductibleMode.None;
        }
    }

    private DateRange Period()
    {
        var first = Day(PolicyColumns.First) ?? book.First;
        var last = Day(PolicyColumns.Last) ?? book.End?.AddDays(-1);
        if (last < first)
        {
            Wrong(Codes.BadDate, PolicyColumns.Last, $"not before {Article.Written(first)}");
            return book;
        }
        if (first < book.First || (book.End is { } end && (last is null || last >= end)))
        {
            Wrong(Codes.BadDate, first < book.First ? PolicyColumns.First : PolicyColumns.Last, $"a day of the book's period {book}");
            return book;
        }
        return DateRange.Inclusive(first, last);
    }

    private DateOnly? Day(string column)
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

    private void Wrong(string code, string column, string expected) => faults.Add(new Fault(code, $"{place}.{column}", cell(column), expected));
}

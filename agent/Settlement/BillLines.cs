using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Agent.Settlement;

/// <summary>Fee lines as a caller sent them, numbered from 1, made lines of the catalogue's terms: every fault by its field.</summary>
public static class BillLines
{
    private const int ItemCharacters = 60;

    /// <summary>More lines than a bill may have; null: not more.</summary>
    public static Fault? TooMany(IReadOnlyList<LineGiven?>? given) => given is { Count: > BillLimits.Lines }
        ? new Fault(Codes.TooMany, "lines", given.Count.ToString(CultureInfo.InvariantCulture), $"at most {BillLimits.Lines} fee lines")
        : null;

    /// <param name="find">An item of the catalogue by its code; null: there is none.</param>
    /// <param name="outsideIsSelfPay">What the catalogue does not have is class C, all the patient's; else it is a fault.</param>
    /// <returns>The lines, the names of their items by number, and the numbers of those outside the catalogue.</returns>
    public static (List<BillLine> Lines, Dictionary<int, string> Names, List<int> Outside) Read(
        Func<string, CatalogueItem?> find, IReadOnlyList<LineGiven?>? given, DateOnly day, int level, Currency currency, bool outsideIsSelfPay, List<Fault> faults)
    {
        var lines = new List<BillLine>(given?.Count ?? 0);
        var (names, outside) = (new Dictionary<int, string>(), new List<int>());
        for (var i = 0; i < (given?.Count ?? 0); i++)
        {
            var (no, line) = (i + 1, given![i]);
            var before = faults.Count;
            CheckGiven(line, no, faults);
            var terms = TermsOf(find, line?.Item, no, day, level, outsideIsSelfPay, names, outside, faults);
            if (terms is not null && faults.Count == before)
            {
                lines.Add(terms.Line(no, line!.Price!.Value, line.Quantity!.Value, new Money(line.Amount!.Value, currency)));
            }
        }
        return (lines, names, outside);
    }

    private static void CheckGiven(LineGiven? line, int no, List<Fault> faults)
    {
        Need(line?.Price, "price", "a price in major units");
        Need(line?.Quantity, "quantity", "a quantity");
        Need(line?.Amount, "amount", "an amount in minor units");

        void Need(object? value, string field, string expected)
        {
            if (value is null)
            {
                faults.Add(new Fault(Codes.Missing, Field(no, field), "", expected));
            }
        }
    }

    private static ItemTerms? TermsOf(
        Func<string, CatalogueItem?> find, string? code, int no, DateOnly day, int level, bool outsideIsSelfPay,
        Dictionary<int, string> names, List<int> outside, List<Fault> faults)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            faults.Add(new Fault(Codes.Missing, Field(no, "item"), "", "a code of the catalogue"));
            return null;
        }
        if (find(code) is { } item)
        {
            names[no] = item.Name;
            if (item.On(day, level) is ItemOnDay.Usable usable)
            {
                return usable.Terms;
            }
            faults.Add(((ItemOnDay.Refused)item.On(day, level)).Fault with { Field = Field(no, "item") });
            return null;
        }
        if (!outsideIsSelfPay)
        {
            faults.Add(new Fault(Codes.UnknownItem, Field(no, "item"), code, "a code of the catalogue"));
            return null;
        }
        names[no] = Given.Text(code, Field(no, "item"), ItemCharacters, faults);
        outside.Add(no);
        return new ItemTerms(names[no], ExpenseCategory.Other, CatalogueClass.C, PriceLimit: null, Rate.One);
    }

    private static string Field(int no, string field) => string.Create(CultureInfo.InvariantCulture, $"lines[{no}].{field}");
}

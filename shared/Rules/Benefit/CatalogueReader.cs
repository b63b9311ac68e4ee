using System.Globalization;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>What reading one row of the catalogue gives: the item, or what is wrong by column.</summary>
public abstract record CatalogueReading
{
    private CatalogueReading() { }

    public sealed record Loaded(CatalogueItem Item) : CatalogueReading;

    /// <param name="Code">Of the first fault.</param>
    public sealed record Refused(string Code, Article Article, IReadOnlyList<Fault> Faults) : CatalogueReading;
}

/// <summary>Reads an item of the catalogue from the columns of the feed or of the bureau's file.</summary>
public static class CatalogueReader
{
    /// <summary>The columns in their order. Amounts in major units; days yyyy-MM-dd; end is the first day after; blank: none.</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["key", "removed", "name", "pinyin", "class", "category", "unit", "price", "limit0", "limit1", "limit2", "limit3", "pre_self_pay", "first", "end", "remark"];

    private const int MaxCodeCharacters = 60;
    private const int MaxTextCharacters = 2_000;

    /// <summary>Reads a row whose cells stand in the order of <see cref="Columns"/>; null is blank. A removed row is not for here.</summary>
    public static CatalogueReading Read(IReadOnlyList<string?> cells) =>
        cells.Count == Columns.Count
            ? new Row(cells).Read()
            : Refused([new Fault(Codes.BadLength, "catalogue row", cells.Count.ToString(CultureInfo.InvariantCulture), $"{Columns.Count} cells")]);

    private static CatalogueReading.Refused Refused(IReadOnlyList<Fault> faults) => new(faults[0].Code, B10, faults);

    private sealed class Row(IReadOnlyList<string?> cells)
    {
        private static readonly Dictionary<string, int> Positions = Columns.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        private readonly List<Fault> _faults = [];

        public CatalogueReading Read()
        {
            var code = Text("key", needed: true, MaxCodeCharacters);
            var name = Text("name", needed: true, MaxTextCharacters);
            var @class = Class();
            var item = new CatalogueItem(
                code, name, Text("pinyin", needed: false, MaxTextCharacters), @class, Category(), Text("unit", needed: false, MaxCodeCharacters), Price("price"),
                [Price("limit0"), Price("limit1"), Price("limit2"), Price("limit3")], PreSelfPay(@class), Valid(), Text("remark", needed: false, MaxTextCharacters));
            return _faults.Count == 0 ? new CatalogueReading.Loaded(item) : Refused(_faults);
        }

        private string Cell(string column) => cells[Positions[column]] ?? "";

        private string Text(string column, bool needed, int maxCharacters)
        {
            var text = Cell(column);
            if (needed && string.IsNullOrWhiteSpace(text))
            {
                Wrong(Codes.Missing, column, "a value");
            }
            if (text.Length > maxCharacters)
            {
                Wrong(Codes.TooLong, column, $"{maxCharacters} characters");
            }
            return text;
        }

        private CatalogueClass Class()
        {
            switch (Cell("class"))
            {
                case "A":
                    return CatalogueClass.A;
                case "B":
                    return CatalogueClass.B;
                case "C":
                    return CatalogueClass.C;
                default:
                    Wrong(Codes.UnknownCode, "class", "A, B or C");
                    return CatalogueClass.B; // allows any share, so that one mistake is one fault
            }
        }

        private ExpenseCategory Category()
        {
            if (int.TryParse(Cell("category"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((ExpenseCategory)number))
            {
                return (ExpenseCategory)number;
            }
            Wrong(Codes.UnknownCode, "category", "an expense category from 1 to 14");
            return ExpenseCategory.Other;
        }

        private decimal? Price(string column)
        {
            var text = Cell(column);
            if (text.Length == 0)
            {
                return null;
            }
            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
                && price <= BillLimits.Price && decimal.Round(price, BillLimits.PriceDecimals) == price)
            {
                return price;
            }
            Wrong(Codes.BadNumber, column, "0 to 10000000 with at most 6 decimals, or nothing");
            return null;
        }

        private Rate PreSelfPay(CatalogueClass @class)
        {
            var fixedShare = @class switch { CatalogueClass.A => Rate.Zero, CatalogueClass.C => Rate.One, _ => (Rate?)null };
            var text = Cell("pre_self_pay");
            if (text.Length == 0 && fixedShare is { } known)
            {
                return known;
            }
            if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) || share > 1m
                || (fixedShare is { } must && share != must.Value))
            {
                Wrong(Codes.BadRate, "pre_self_pay", fixedShare is { } right ? $"{Article.Written(right.Value)} for class {@class}" : "a share from 0 to 1, for example 0.1");
                return fixedShare ?? Rate.Zero;
            }
            return new Rate(share);
        }

        private DateRange Valid()
        {
            var faults = _faults.Count;
            if (!PolicyDays.TryRead(Cell("first"), out var first))
            {
                Wrong(Codes.BadDate, "first", PolicyDays.Expected);
            }
            DateOnly? end = null;
            if (Cell("end").Length > 0)
            {
                if (PolicyDays.TryRead(Cell("end"), out var day))
                {
                    end = day;
                }
                else
                {
                    Wrong(Codes.BadDate, "end", PolicyDays.Expected);
                }
            }
            if (_faults.Count > faults)
            {
                return default;
            }
            if (end <= first)
            {
                Wrong(Codes.BadDate, "end", $"a day after {Article.Written(first)}, or nothing");
                return default;
            }
            return new DateRange(first, end);
        }

        private void Wrong(string code, string column, string expected) => _faults.Add(new Fault(code, column, Cell(column), expected));
    }
}

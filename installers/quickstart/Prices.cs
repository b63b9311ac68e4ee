using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart;

/// <summary>Bills made of the catalogue that the hub loaded: real drugs of 2024 with sample prices.</summary>
public sealed class Prices
{
    private const decimal CheapestYuan = 2m, DearestYuan = 60m;
    private readonly IReadOnlyList<Item> _items;
    private readonly Item _plain;

    /// <exception cref="MorningFault">The catalogue holds nothing that fits.</exception>
    public Prices(string catalogueFile)
    {
        _items = [.. Table.Read(catalogueFile)
            .Where(row => row["price"].Length > 0 && row["class"] is "A" or "B")
            .Select(row => new Item(row["code"], row["class"], decimal.Parse(row["price"], System.Globalization.CultureInfo.InvariantCulture)))
            .Where(item => item.Price is >= CheapestYuan and <= DearestYuan)];
        MorningFault.Unless(_items.Count >= 20, $"{catalogueFile}: only {_items.Count} items of class A or B with a price from {CheapestYuan} to {DearestYuan} yuan.");
        _plain = _items.Where(item => item.Class == "A").OrderBy(item => Math.Abs(item.Price - 10m)).First();
    }

    public int Count => _items.Count;

    /// <summary>One to four items, as a doctor prescribes them.</summary>
    public Bill Bill(Dice dice, int level)
    {
        var lines = new Dictionary<string, FeeLine>(StringComparer.Ordinal);
        for (var left = 1 + dice.Below(3) + (level > 0 ? 1 : 0); left > 0; left--)
        {
            var item = dice.Pick(_items);
            lines[item.Code] = new FeeLine(item.Code, item.Price, 1 + dice.Below(3));
        }
        return new Bill([.. lines.Values]);
    }

    /// <summary>A small bill of one item that is eligible in full.</summary>
    public Bill Small() => Of(1);

    public Bill Large() => Of(4);

    /// <summary>A bill of about so many yuan, of one item that is eligible in full.</summary>
    public Bill About(decimal yuan) => Of((int)decimal.Ceiling(yuan / _plain.Price));

    private Bill Of(int quantity) => new([new FeeLine(_plain.Code, _plain.Price, quantity)]);

    private sealed record Item(string Code, string Class, decimal Price);
}

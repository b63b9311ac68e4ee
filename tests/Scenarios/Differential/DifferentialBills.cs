using System.Globalization;
using EdgeHub.Agent.Settlement;

namespace EdgeHub.Tests.Scenarios.Differential;

/// <summary>Bills from a seed: of every visit type, of one to five lines, from a few fen to a long stay.</summary>
internal sealed class DifferentialBills(int seed)
{
    /// <summary>Code, class, category, pre-self-pay share, price limit at every level; as the hub loads them.</summary>
    public static readonly IReadOnlyList<(string Code, string Class, string Category, string PreSelfPay, string Limit)> Items =
    [
        ("A1", "A", "09", "", ""), ("A2", "A", "02", "", "25.00"), ("B1", "B", "09", "0.1", "5.00"), ("B2", "B", "03", "0.2", ""), ("B3", "B", "11", "0.333333", "180.5"),
        ("C1", "C", "14", "", ""),
    ];

    private readonly Random _chance = new(seed);
    private int _keys;

    public string Key() => string.Create(CultureInfo.InvariantCulture, $"{seed}-{++_keys}");

    public bool OneIn(int number) => _chance.Next(number) == 0;

    public int Below(int number) => _chance.Next(number);

    public string VisitType() => _chance.Next(20) switch { < 9 => "11", < 13 => "13", < 17 => "14", _ => "21" };

    public SettleRequest Bill(string visitType, int ordinal)
    {
        var scale = visitType == "21" ? 2_000 : 60;
        var lines = new List<LineGiven>();
        for (var i = _chance.Next(1, 6); i > 0; i--)
        {
            var price = _chance.Next(1, scale * 10_000) / 10_000m;
            var quantity = _chance.Next(1, 50) / 10m;
            var amount = (long)Math.Round(price * quantity * 100m, 0, MidpointRounding.AwayFromZero);
            lines.Add(new LineGiven(Items[_chance.Next(Items.Count)].Code, price, quantity, amount));
        }
        if (lines.Sum(line => line.Amount) == 0)
        {
            lines.Add(new LineGiven("A1", 1.00m, 1m, 100));
        }
        var disease = visitType == "14" ? OneIn(3) ? DifferentialBook.Renal : DifferentialBook.Diabetes : null;
        return new SettleRequest(Key(), ordinal, ["J06.9"], disease, null, _chance.Next(2) == 0, lines, "op", null,
            visitType == "21" ? _chance.Next(3) switch { 0 => "Irregular", 1 => "Regular", _ => null } : null);
    }
}

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>Seeded draws for the comparison with the slow reading: many cases, quick, the same each time. Near the boundaries:
/// few days, small caps, shares that round at half a fen.</summary>
internal sealed class BenefitDraw(int seed)
{
    private static readonly long[] RoundShares = [0, 1_000_000, 500_000, 600_000, 333_333, 50_000];
    private readonly Random _random = new(seed);

    public DrawnPerson Person()
    {
        string[] modes = ["none", "visit", "year"];
        var mode = modes[_random.Next(modes.Length)];
        var policy = new SlowBenefit.Policy(
            mode, mode == "none" ? 0 : OneOf(301, 60_001) + 1, Share(), Yes() ? OneOf(301, 50_001) : null, Yes() ? OneOf(1_001, 300_001) : null);
        return new DrawnPerson(policy, OneOf(301, 200_001), [.. Enumerable.Range(0, _random.Next(1, 7)).Select(_ => Visit())]);
    }

    public IReadOnlyList<DrawnLine> Bill()
    {
        while (true)
        {
            DrawnLine[] lines = [.. Enumerable.Range(0, _random.Next(1, 13)).Select(_ => Line())];
            if (lines.Sum(line => line.AmountFen) > 0)
            {
                return lines;
            }
        }
    }

    private DrawnVisit Visit() => new(_random.Next(363, 367), 2025, Yes() ? OneOf(301, 200_001) : 0, OneOf(301, 200_001), Yes());

    private DrawnLine Line()
    {
        var price = Yes() ? _random.Next(2_001) * 10_000L : _random.Next(200_000_001);
        var quantity = Yes() ? _random.Next(1, 31) * 10_000L : _random.Next(1, 500_001);
        long? limit = Yes() ? Math.Max(0, price + _random.Next(-3_000_000, 3_000_001)) : null;
        var @class = "ABBC"[_random.Next(4)];
        return new DrawnLine(
            @class, price, quantity, _random.Next(-1, 2), limit, @class switch { 'A' => 0, 'C' => 1_000_000, _ => Share() }, _random.Next(1, 15));
    }

    private long Share() => Yes() ? RoundShares[_random.Next(RoundShares.Length)] : _random.Next(1_000_001);

    private long OneOf(int below, int orBelow) => _random.Next(Yes() ? below : orBelow);

    private bool Yes() => _random.Next(2) == 0;
}

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>Seeded draws for the comparison with the slow reading: many cases, quick, the same each time. Near the boundaries:
/// few days, small caps, shares that round at half a fen.</summary>
internal sealed class BenefitDraw(int seed)
{
    private static readonly long[] RoundShares = [0, 1_000_000, 500_000, 600_000, 333_333, 50_000];
    private static readonly string[] Modes = ["none", "visit", "year", "institutionYear", "quarter", "month"];
    private static readonly (int Month, int Day)[] Edges = [(1, 1), (1, 31), (2, 1), (3, 30), (3, 31), (4, 1), (6, 30), (7, 1), (10, 1), (12, 30), (12, 31)];
    private readonly Random _random = new(seed);

    /// <summary>A person under one row, or under two of different scopes.</summary>
    public DrawnPerson Person(bool twoRows = false) => new(Policy(), OneOf(301, 200_001), [.. Enumerable.Range(0, _random.Next(1, 9)).Select(_ => Visit())])
    {
        Second = twoRows && Yes() ? Policy() with { Scope = Yes() ? "inpatient" : "all" } : null,
    };

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

    private SlowBenefit.Policy Policy()
    {
        var mode = Modes[_random.Next(Modes.Length)];
        return new SlowBenefit.Policy(
            mode, mode == "none" ? 0 : OneOf(301, 60_001) + 1, Share(), Yes() ? OneOf(301, 50_001) : null, Yes() ? OneOf(1_001, 300_001) : null)
        {
            Tiers = Yes() ? Tiers() : null,
            ReferralMillionths = Yes() ? Share() : 0,
            VisitCap = Rarely(301, 50_001),
            MonthCap = Rarely(1_001, 100_001),
            QuarterCap = Rarely(1_001, 150_001),
            DiseaseCap = Rarely(1_001, 100_001),
            InstitutionCap = Rarely(1_001, 200_001),
            Catastrophic = Yes() ? new SlowBenefit.Insured(OneOf(301, 100_001), Tiers(), Rarely(301, 50_001)) : null,
            Assistance = Yes() ? new SlowBenefit.Helped(OneOf(301, 50_001), Share(), Rarely(301, 50_001)) : null,
        };
    }

    private List<SlowBenefit.Tier> Tiers()
    {
        var tiers = new List<SlowBenefit.Tier>();
        var bound = 0L;
        for (var i = _random.Next(0, 3); i > 0; i--)
        {
            bound += 1 + OneOf(301, 60_001);
            tiers.Add(new SlowBenefit.Tier(bound, Share()));
        }
        tiers.Add(new SlowBenefit.Tier(null, Share()));
        return tiers;
    }

    private DrawnVisit Visit()
    {
        var (month, day) = Edges[_random.Next(Edges.Length)];
        return new DrawnVisit(new DateOnly(Yes() || Yes() ? 2025 : 2026, month, day).DayNumber, Yes() ? OneOf(301, 200_001) : 0, OneOf(301, 200_001), Yes())
        {
            Institution = Yes() ? "A" : "B",
            Disease = _random.Next(3) switch { 0 => "M01", 1 => "M02", _ => null },
            Irregular = Yes(),
            Owner = Yes() ? "" : "parent",
            BySecond = Yes(),
        };
    }

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

    private long? Rarely(int below, int orBelow) => _random.Next(3) == 0 ? OneOf(below, orBelow) : null;

    private long OneOf(int below, int orBelow) => _random.Next(Yes() ? below : orBelow);

    private bool Yes() => _random.Next(2) == 0;
}

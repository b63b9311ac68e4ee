using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>Overlaps and gaps found by reading a book, against trying every case of a small world one by one.</summary>
public sealed class PolicyBruteForceTests
{
    private static readonly int Books = Draws.Of(800);
    private const int Seed = 5;
    private static readonly int[] Ages = [0, 4, 5, 6, 7, 100];
    private static readonly string?[] Diseases = [null, "M01", "M99"];
    private static readonly DateOnly[] Starts = [new(2025, 1, 1), new(2025, 2, 1), new(2025, 3, 1)];
    private static readonly DateOnly[] Days = [new(2025, 1, 1), new(2025, 1, 31), new(2025, 2, 1), new(2025, 2, 28), new(2025, 3, 1), new(2025, 12, 31)];

    private static readonly IReadOnlyList<(VisitFacts Visit, PersonFacts Person)> World =
    [
        .. from type in new[] { "11", "21", "99" }
           from level in new[] { 0, 1, 2, 3 }
           from age in Ages
           from disease in Diseases
           from day in Days
           select (Cases.Visit(day, level, type, disease), Cases.Person with { BirthDate = day.AddYears(-age) }),
    ];

    [Fact]
    public void Read_RandomBooks_FindsTheOverlapsAndGapsThatTryingEveryCaseFinds()
    {
        var random = new Random(Seed);
        var (overlaps, gaps, sound) = (0, 0, 0);
        for (var i = 0; i < Books; i++)
        {
            var rows = Enumerable.Range(1, random.Next(1, 5)).Select(id => Cases.Row(DeductibleMode.None, 0, 0.5m) with { Id = id, Key = Key(random) }).ToList();
            var cover = Key(random);
            var text = PolicyBookWriter.Write(Cases.Book([.. rows]) with { Region = "530924", Covers = [cover] });

            var codes = PolicyBookReader.Read(text) is PolicyBookReading.Refused refused ? refused.Faults.Select(fault => fault.Code).ToHashSet() : [];

            var overlap = World.Any(each => rows.Count(row => RowChoice.Matches(row.Key, each.Visit, each.Person)) > 1);
            var gap = World.Any(each => RowChoice.Matches(cover, each.Visit, each.Person) && !rows.Exists(row => RowChoice.Matches(row.Key, each.Visit, each.Person)));
            Assert.True(overlap == codes.Contains(Codes.PolicyConflict) && gap == codes.Contains(Codes.NoPolicy), $"overlap {overlap}, gap {gap}: {string.Join(' ', codes)}\n{text}");
            overlaps += overlap ? 1 : 0;
            gaps += gap ? 1 : 0;
            sound += overlap || gap ? 0 : 1;
        }
        Assert.All([overlaps, gaps, sound], times => Assert.True(times > Books / 40, $"only {times} of {Books}"));
    }

    private static PolicyKey Key(Random random)
    {
        var (from, to) = random.Next(4) switch { 0 => (5, (int?)null), 1 => (null, 5), 2 => (5, 7), _ => ((int?)null, (int?)null) };
        var first = Starts[random.Next(3) * random.Next(2)];
        DateOnly? end = random.Next(4) == 0 && first < Starts[2] ? Starts[2] : new DateOnly(2026, 1, 1);
        return Cases.Key(new DateRange(first, end)) with
        {
            VisitType = random.Next(3) switch { 0 => "11", 1 => "21", _ => null },
            InstitutionLevel = random.Next(3) == 0 ? random.Next(4) : null,
            AgeFrom = from,
            AgeTo = to,
            Disease = random.Next(4) == 0 ? "M01" : null,
        };
    }
}

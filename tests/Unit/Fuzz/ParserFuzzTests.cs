using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace EdgeHub.Tests.Unit.Fuzz;

/// <summary>Every parser against altered input, for a fixed time (EDGEHUB_FUZZ_SECONDS for all together, 20 unless it says otherwise): each input
/// is taken with its very meaning, or refused by a code, a field and what would be right; nothing else, and never beyond its memory.</summary>
public sealed class ParserFuzzTests(ITestOutputHelper output)
{
    private const int UsualSeconds = 20;
    private const int CasesAtLeast = 50;

    private static IReadOnlyList<FuzzTarget> Targets => [.. WireTargets.All(), .. FileTargets.All()];

    [Fact]
    public void Parsers_OfAlteredInput_TakeItOrRefuseItByName()
    {
        var targets = Targets;
        var asked = int.TryParse(Environment.GetEnvironmentVariable("EDGEHUB_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var given);
        var seconds = asked ? given : UsualSeconds;
        var wrong = new List<string>();
        foreach (var target in targets)
        {
            var mutation = new Mutation(target.Name.Sum(letter => letter) + (asked ? Environment.TickCount : 0));
            var (cases, taken, since) = (0, 0, Stopwatch.StartNew());
            var found = new HashSet<string>(StringComparer.Ordinal);
            while (cases < CasesAtLeast || since.Elapsed.TotalSeconds < (double)seconds / targets.Count)
            {
                var input = cases < target.Seeds.Count ? target.Seeds[cases] : mutation.Of(target.Seeds[mutation.Next(target.Seeds.Count)], target.Seeds);
                cases++;
                if (target.Try(input, out var isTaken) is { } what && found.Add(what[..Math.Min(what.Length, 40)]))
                {
                    wrong.Add($"{target.Name}: {what}\n  {(input.Length <= 3_000 ? Convert.ToBase64String(input) : $"{input.Length} bytes")}");
                }
                taken += isTaken ? 1 : 0;
            }
            output.WriteLine($"{target.Name}: {cases} cases, {taken} taken, {found.Count} wrong");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>What was found once, as it was found: a parser's name, a tab, the input in base64.</summary>
    [Fact]
    public void Parsers_OfInputThatOnceBrokeThem_RefuseItByName()
    {
        var targets = Targets.ToDictionary(target => target.Name, StringComparer.Ordinal);
        var cases = File.ReadLines(Path.Combine(Architecture.Repository.Root, "tests/Unit/Fuzz/Corpus.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).ToList();
        Assert.NotEmpty(cases);
        Assert.All(cases, found => Assert.Null(targets[found[0]].Try(Convert.FromBase64String(found[1]), out _)));
    }
}

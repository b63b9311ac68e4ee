using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace EdgeHub.Tests.Unit.Fuzz;

/// <summary>Every parser against altered input: each input is taken with its very meaning, or refused by a code, a field and what would be
/// right; nothing else, never beyond its memory and never beyond its time. So many cases of each target; EDGEHUB_FUZZ_SECONDS: for so long, all
/// together. The input of a case depends on the target and its number alone: EDGEHUB_FUZZ_CASE="journal batch, case 1234" tries that one again.</summary>
public sealed class ParserFuzzTests(ITestOutputHelper output)
{
    private const int UsualCases = 120;

    private static IReadOnlyList<FuzzTarget> Targets => [.. WireTargets.All(), .. BodyTargets.All(), .. FileTargets.All(), .. DeviceTargets.All()];

    [Fact]
    public void Parsers_OfAlteredInput_TakeItOrRefuseItByName()
    {
        var (targets, only) = (Targets, Environment.GetEnvironmentVariable("EDGEHUB_FUZZ_CASE") ?? "");
        double? seconds = int.TryParse(Environment.GetEnvironmentVariable("EDGEHUB_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? (double)given / targets.Count : null;
        var wrong = new List<string>();
        foreach (var target in targets.Where(each => only.Length == 0 || only.StartsWith(each.Name + ", case ", StringComparison.Ordinal)))
        {
            var first = only.Length == 0 ? 0 : int.Parse(only[(only.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
            var (since, found, cases, taken) = (Stopwatch.StartNew(), new HashSet<string>(StringComparer.Ordinal), 0, 0);
            for (var number = first; only.Length > 0 ? number == first : cases < UsualCases || since.Elapsed.TotalSeconds < seconds; number++, cases++)
            {
                var input = target.Input(number);
                if (target.Try(input, out var isTaken) is { } what && found.Add(what[..Math.Min(what.Length, 40)]))
                {
                    wrong.Add($"{target.Name}, case {number}: {what}\n  {(input.Length <= 3_000 ? Convert.ToBase64String(input) : $"{input.Length} bytes")}");
                }
                taken += isTaken ? 1 : 0;
                if (number < target.Seeds.Count + target.Bad.Count && isTaken != number < target.Seeds.Count)
                {
                    wrong.Add($"{target.Name}, case {number}: a {(isTaken ? "bad one is taken" : "good one is refused")}: {Said(target, input)}");
                }
            }
            output.WriteLine($"{target.Name}: {cases} cases, {taken} taken, {found.Count} wrong, {since.ElapsedMilliseconds} ms");
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

    private static string Said(FuzzTarget target, byte[] input)
    {
        try
        {
            return target.Run(input) ?? "taken";
        }
        catch (Exception why)
        {
            return why.Message;
        }
    }
}

using System.Reflection;
using EdgeHub.Rules;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace EdgeHub.Tests.Browser;

/// <summary>The table of scenes and languages, made from the tests themselves: a row of a theory that names a language shows its scenes in it. A
/// scene that nothing shows in one of the languages fails; the table is the test's output.</summary>
public sealed class ScenarioTableTests(ITestOutputHelper output)
{
    /// <summary>Scene and language, with the tests that show it and how many rows they have for it.</summary>
    private static Dictionary<(Scene, string), List<string>> Table()
    {
        var table = new Dictionary<(Scene, string), List<string>>();
        foreach (var method in typeof(ScenarioTableTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()))
        {
            if (method.GetCustomAttribute<ShowsAttribute>() is not { } shows)
            {
                continue;
            }
            Assert.True(method.GetCustomAttribute<FactAttribute>() is TheoryAttribute, $"{method.Name} shows scenes; expected a theory whose rows name a language");
            foreach (var row in method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method)))
            {
                var language = Assert.Single(row.OfType<string>(), each => Languages.All.Contains(each, StringComparer.Ordinal));
                foreach (var scene in shows.Scenes)
                {
                    if (!table.TryGetValue((scene, language), out var tests))
                    {
                        table.Add((scene, language), tests = []);
                    }
                    tests.Add($"{method.DeclaringType!.Name}.{method.Name}");
                }
            }
        }
        return table;
    }

    [Fact]
    public void EverySceneIsShownInEveryLanguage()
    {
        var table = Table();
        output.WriteLine("| scene | " + string.Join(" | ", Languages.All) + " | by |");
        foreach (var scene in Enum.GetValues<Scene>())
        {
            var by = Languages.All.Select(language => table.GetValueOrDefault((scene, language)) ?? []).ToList();
            output.WriteLine($"| {scene} | {string.Join(" | ", by.Select(tests => tests.Count))} | {string.Join(", ", by.SelectMany(tests => tests).Distinct().Order())} |");
        }
        Assert.Equal("", string.Join(", ", Enum.GetValues<Scene>().SelectMany(_ => Languages.All, (scene, language) => (scene, language))
            .Where(each => !table.ContainsKey(each)).Select(each => $"{each.scene} in {each.language}")));
    }
}

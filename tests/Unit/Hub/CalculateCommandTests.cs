using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Operations;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>hub calculate through the command line: a list, templates, files, the standard input, and what is wrong with them.</summary>
public sealed class CalculateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calculate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task List_NamesRulesWithTheirArticles()
    {
        var (code, output, _) = await Run("", "--list");

        Assert.Equal(0, code);
        Assert.Contains("county.annual-clearing", output, StringComparison.Ordinal);
        Assert.Contains("Z24", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_FromAFileAndFromTheStandardInput_GiveTheSame()
    {
        var template = (await Run("", "Z24", "--template")).Output;
        var file = Path.Combine(_folder, "z24.json");
        await File.WriteAllTextAsync(file, template);

        var fromFile = await Run("", "Z24", "--input", file);
        var fromInput = await Run(template, "county.annual-clearing", "--input", "-");

        Assert.Equal((0, 0), (fromFile.Code, fromInput.Code));
        Assert.Equal(fromFile.Output, fromInput.Output);
        Assert.Contains("四(三)5", fromFile.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ not json", "JSON", "Z24", "--input", "-")]
    [InlineData("", "JSON", "Z24", "--input", "-")]
    [InlineData("", "no-such-rule", "no-such-rule", "--template")]
    [InlineData("", "a file that exists", "Z24", "--input", "/nowhere/z24.json")]
    [InlineData("", "--input", "Z24")]
    public async Task Input_GivenWrongly_SaysWhatAndEndsWithTwo(string input, string words, params string[] args)
    {
        var (code, _, errors) = await Run(input, args);

        Assert.Equal(2, code);
        Assert.Contains(words, errors, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(int Code, string Output, string Errors)> Run(string input, params string[] args)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter());
        var frame = new CommandFrame(TimeProvider.System, new SystemEntropy(), output, errors) { Input = new StringReader(input) };
        CalculateCommand.Register(frame);
        return (await frame.Run(["calculate", .. args]), output.ToString(), errors.ToString());
    }
}

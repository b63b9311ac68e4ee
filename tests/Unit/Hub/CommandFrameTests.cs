using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Operations;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Unit.Hub;

public sealed class CommandFrameTests
{
    [Fact]
    public async Task Commands_InOrder_MakeAHubThatKnowsItsDevices()
    {
        using var folder = new TempFolder();
        var data = Path.Combine(folder.Path, "hub");
        var file = Path.Combine(folder.Path, "institutions.csv");
        await File.WriteAllTextAsync(file, "code,name,level,type,villages\n530924100201,凤尾社区卫生服务站,0,village_clinic,530924101001\n");

        Assert.Equal(0, (await Run("init", "--region", "530924", "--data", data)).Code);
        Assert.Equal(0, (await Run("load", "institutions", file, "--data", data)).Code);
        var (code, words, _) = await Run("device", "add", "--site", "530924100201", "--data", data);
        Assert.Equal(0, code);
        Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\n$", words);
        Assert.Equal(0, (await Run("device", "list", "--data", data)).Code);
        Assert.Contains("1 institutions", (await Run("status", "--data", data)).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UnknownCode", "device", "add", "--site", "530924100999")]
    [InlineData("UnknownDevice", "device", "revoke", "nobody-1", "--why", "stolen")]
    [InlineData("a file that exists", "load", "members", "/nowhere.csv")]
    [InlineData("a file that exists", "load", "policy", "/nowhere.json")]
    [InlineData("Unrecognized", "frobnicate")]
    [InlineData("--site", "device", "add")]
    [InlineData("NotFound", "calculate", "nothing", "--template")]
    [InlineData("--list", "calculate")]
    [InlineData("BadNumber", "sample", "members", "--count", "0", "--villages", "/nowhere.csv", "--out", "/nowhere.csv")]
    public async Task Command_GivenWrongly_SaysWhatAndEndsWithTwo(string words, params string[] args)
    {
        using var folder = new TempFolder();
        var data = Path.Combine(folder.Path, "hub");
        await Run("init", "--region", "530924", "--data", data);

        var (code, _, errors) = await Run([.. args, "--data", data]);

        Assert.Equal(2, code);
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calculate_WithItsOwnTemplate_GivesCitedSteps()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "z24.json");
        await File.WriteAllTextAsync(file, (await Run("calculate", "Z24", "--template")).Words);

        var (code, words, _) = await Run("calculate", "Z24", "--input", file);

        Assert.Equal(0, code);
        Assert.Contains("\"steps\"", words, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Words, string Errors)> Run(params string[] args)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter());
        var frame = new CommandFrame(TimeProvider.System, new SystemEntropy(), output, errors);
        InitCommand.Register(frame);
        InstitutionFile.Register(frame);
        DeviceCommands.Register(frame);
        LoadCommands.Register(frame);
        SampleCommands.Register(frame);
        StatusCommand.Register(frame);
        CalculateCommand.Register(frame);
        var code = await frame.Run(args);
        return (code, output.ToString(), errors.ToString());
    }

    private sealed class TempFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("huba-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

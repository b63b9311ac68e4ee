using System.Net;
using System.Text;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Operations;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Scenarios.Ingest;

/// <summary>The rules tried over HTTP: the same words as the command's, for every rule that there is.</summary>
public sealed class CalculateScenarios
{
    private const string Path = "/api/v1/calculate/";

    [Fact]
    public async Task Calculate_EveryRule_AnswersAsTheCommandDoes()
    {
        await using var hub = await TestHub.StartAsync();
        Assert.NotEmpty(RuleCatalogue.All);
        foreach (var rule in RuleCatalogue.All)
        {
            var template = await hub.Http.GetStringAsync(Path + rule.Name);
            Assert.Equal((0, template), await Command("", rule.Name, "--template"));
            using var answer = await hub.Http.PostAsync(Path + rule.Name, Body(template));
            Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Equal((0, await answer.Content.ReadAsStringAsync()), await Command(template, rule.Name, "--input", "-"));
        }
    }

    [Fact]
    public async Task Calculate_UnknownRule_IsNotFound()
    {
        await using var hub = await TestHub.StartAsync();
        using var got = await hub.Http.GetAsync(Path + "no-such-rule");
        using var posted = await hub.Http.PostAsync(Path + "no-such-rule", Body("{}"));

        Assert.Equal((HttpStatusCode.NotFound, Codes.NotFound), (got.StatusCode, await TestHub.CodeAsync(got)));
        Assert.Equal((HttpStatusCode.NotFound, Codes.NotFound), (posted.StatusCode, await TestHub.CodeAsync(posted)));
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(1, HttpStatusCode.BadRequest)]
    public async Task Calculate_BodyAtAndOverTheLimit_IsTakenAndRefused(int over, HttpStatusCode status)
    {
        await using var hub = await TestHub.StartAsync();
        var template = await hub.Http.GetStringAsync(Path + "Z24");
        using var answer = await hub.Http.PostAsync(Path + "Z24", Body(template.PadRight(RuleDescriptor.MaxCharacters + over)));

        Assert.Equal(status, answer.StatusCode);
        if (over > 0)
        {
            Assert.Equal(Codes.TooLong, await TestHub.CodeAsync(answer));
        }
    }

    private static StringContent Body(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<(int Code, string Output)> Command(string input, params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var frame = new CommandFrame(TimeProvider.System, new SystemEntropy(), output, TextWriter.Null) { Input = new StringReader(input) };
        CalculateCommand.Register(frame);
        return (await frame.Run(["calculate", .. args]), output.ToString());
    }
}

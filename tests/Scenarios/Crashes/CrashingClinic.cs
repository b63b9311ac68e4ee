using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHub.Tests.Scenarios.Agent;
using EdgeHub.Tests.Scenarios.Joined;

namespace EdgeHub.Tests.Scenarios.Crashes;

/// <summary>What a clinic's own program was told of one settlement.</summary>
internal sealed record Told(string Settlement, long Total, long Fund, long Account, long Cash)
{
    public static Told Of(JsonNode answer) => new(
        answer["settlement"]!.GetValue<string>(), answer["totals"]!["total"]!.GetValue<long>(),
        answer["shares"]!["fund"]!.GetValue<long>(), answer["shares"]!["account"]!.GetValue<long>(), answer["shares"]!["cash"]!.GetValue<long>());
}

/// <summary>One clinic: its agent's process is killed and started again until it is enough; its programs settle all the while, and ask again
/// under the same key whatever was not answered.</summary>
internal sealed class CrashingClinic(JoinedAgent made, int seed)
{
    private const int Programs = 2;
    private const int AskedAgain = 3;
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(4);
    private readonly Random _dice = new(seed);
    private readonly ConcurrentDictionary<string, (string Visit, long Fen)> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _open = new(StringComparer.Ordinal);
    private int _life;

    public Deaths Deaths { get; } = new();

    public ConcurrentDictionary<string, Told> Confirmed { get; } = new(StringComparer.Ordinal);

    /// <summary>Requests whose answer a death took away, and that were asked again.</summary>
    public int Unheard { get; private set; }

    public AgentProcess Begin(Dictionary<string, string> environment) => AgentProcess.Begin(environment, made.Folder, "--Sync:IntervalSeconds", "1");

    public async Task Run(Func<bool> isEnough)
    {
        while (!isEnough())
        {
            var fate = Fate.Drawn(_dice, LongestLife);
            using var agent = Begin(fate.Environment);
            if (fate.DuringStart)
            {
                await Task.Delay(fate.After);
                agent.Kill();
                Deaths.KilledDuringStart();
                continue;
            }
            var answered = await agent.Ready();
            Assert.True(answered || fate.Environment.Count > 0, "The agent did not come up again.");
            var life = ++_life;
            var programs = Enumerable.Range(0, Programs).Select(program => Program(agent, $"{seed}-{life}-{program}", program == 0)).ToList();
            for (var since = Stopwatch.StartNew(); !agent.HasEnded && since.Elapsed < fate.After;)
            {
                await Task.Delay(5);
            }
            if (agent.HasEnded)
            {
                Assert.True(fate.Environment.Count > 0, "The agent ended by itself.");
                Deaths.PowerCut();
            }
            else
            {
                agent.Kill();
                Deaths.Killed();
            }
            await Task.WhenAll(programs);
        }
    }

    /// <summary>Everything that was asked has its answer, and everything that was answered has the same once more.</summary>
    public async Task AskAll(AgentProcess agent)
    {
        foreach (var key in _asked.Keys)
        {
            await Ask(agent, key);
        }
        Assert.Empty(_open);
    }

    private async Task Program(AgentProcess agent, string name, bool asksAgain)
    {
        try
        {
            if (asksAgain)
            {
                // What is open, and some of what was answered long ago.
                var before = _asked.Keys.ToList();
                foreach (var key in _open.Keys.Concat(before.Skip(before.Count * name.Length % Math.Max(1, before.Count)).Take(AskedAgain)).ToList())
                {
                    Unheard += _open.ContainsKey(key) ? 1 : 0;
                    await Ask(agent, key);
                }
            }
            for (var number = 0; ; number++)
            {
                var (person, fen) = (1 + ((number + name.Length + _life) % JoinedHub.Persons), 7_00 + (number * 1_37) + (_life * 11));
                var key = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
                _asked[key] = (await agent.CheckIn(person), fen);
                _open[key] = true;
                await Ask(agent, key);
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or JsonException or TaskCanceledException)
        {
            // It died while it was asked: what is open is asked again in its next life.
        }
    }

    private async Task Ask(AgentProcess agent, string key)
    {
        var (visit, fen) = _asked[key];
        var (status, body) = await agent.Post($"/api/v1/visits/{visit}/settlements", AgentProcess.Bill(key, fen));
        Assert.True(status == HttpStatusCode.OK, $"{key}: {body?.ToJsonString()}");
        var told = Told.Of(body!);
        Assert.Equal(Confirmed.GetOrAdd(key, told), told);
        _open.TryRemove(key, out _);
    }
}

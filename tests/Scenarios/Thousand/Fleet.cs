using System.Diagnostics;

namespace EdgeHub.Tests.Scenarios.Thousand;

/// <summary>What a fleet met on its way back.</summary>
/// <param name="FirstSeconds">Until the first agent was through, from the moment at which all began to come; then the middle one, and the last.</param>
/// <param name="Overtaken">For each agent, in growing order: how many second batches of others, sent after its own first one to the same
/// process, were acknowledged before it.</param>
public sealed record FleetReport(
    int Agents, int Events, int Batches, double FirstSeconds, double MiddleSeconds, double LastSeconds, IReadOnlyList<int> Overtaken, int SentAway, int SentAwayWithoutATime, int Failures,
    int KnownAlready)
{
    public int MiddleOvertaken => Overtaken[Overtaken.Count / 2];

    public int WorstOvertaken => Overtaken[^1];

    public override string ToString() => FormattableString.Invariant(
        $"{Agents} agents, {Events} events in {Batches} batches, {LastSeconds:0.0} s (first {FirstSeconds:0.0}, middle {MiddleSeconds:0.0}); overtaken {MiddleOvertaken} times (middle), {WorstOvertaken} (worst); sent away {SentAway}, failed {Failures}, known already {KnownAlready}");
}

/// <summary>Many agents that all come back within a second.</summary>
public sealed class Fleet(IReadOnlyList<AgentDay> days, Func<Uri> hub) : IDisposable
{
    private const int EachTenth = 10;
    private static readonly TimeSpan ComeWithin = TimeSpan.FromSeconds(1);

    // As many connections as agents: none of them waits for another one's.
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10) }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly FleetOrder _order = new();
    private int _acked;

    /// <summary>Agents whose whole day is acknowledged.</summary>
    public int Through => Volatile.Read(ref _acked);

    /// <summary>Everything that was sent and heard so far.</summary>
    public long Steps => _order.Next();

    /// <param name="batchLines">Lines in a batch; null: each sends its day in two.</param>
    /// <param name="seed">Of the moments at which they come.</param>
    public async Task<FleetReport> Run(int? batchLines, int seed, CancellationToken stop)
    {
        var random = new Random(seed);
        var waits = days.Select(_ => ComeWithin * random.NextDouble()).ToList();
        var agents = days.Select((day, i) => new LightAgent(i, day, _http, hub, _order, batchLines ?? (day.Lines.Count + 1) / 2)).ToList();
        var start = Stopwatch.GetTimestamp();
        var seconds = await Task.WhenAll(agents.Select((agent, i) => Task.Run(
            async () =>
            {
                await Task.Delay(waits[i], stop);
                await agent.Run(stop);
                Interlocked.Increment(ref _acked);
                if (i % EachTenth == 0)
                {
                    await agent.SendLastAgain(stop);
                }
                return Stopwatch.GetElapsedTime(start).TotalSeconds;
            },
            stop)));
        Array.Sort(seconds);
        return new FleetReport(
            days.Count, days.Sum(day => day.Lines.Count), agents.Sum(agent => agent.Batches.Count), seconds[0], seconds[seconds.Length / 2], seconds[^1], Overtaken(agents),
            agents.Sum(agent => agent.SentAway), agents.Sum(agent => agent.SentAwayWithoutATime), agents.Sum(agent => agent.Failures), agents.Sum(agent => agent.KnownAlready));
    }

    private static List<int> Overtaken(IReadOnlyList<LightAgent> agents)
    {
        var second = agents.SelectMany(agent => agent.Batches).Where(batch => batch.Number == 1).ToList();
        return [.. agents.SelectMany(agent => agent.Batches).Where(batch => batch.Number == 0)
            .Select(first => second.Count(other => other.Agent != first.Agent && other.Hub == first.Hub && other.Sent > first.Sent && other.Acked < first.Acked)).Order()];
    }

    public void Dispose() => _http.Dispose();
}

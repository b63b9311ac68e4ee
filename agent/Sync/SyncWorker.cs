using System.Buffers.Binary;
using System.Threading.Channels;
using EdgeHub.Agent.Store;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Sync;

/// <summary>Runs rounds with the hub: on a timer, and when something was settled while the line is up. A line that is down is
/// tried again after growing waits with jitter, at most 5 minutes.</summary>
public sealed partial class SyncWorker(
    AgentStore store, SyncRound round, IEntropy entropy, TimeProvider time, AgentOptions options, ILogger<SyncWorker> log) : BackgroundService
{
    /// <summary>A round ends after so many steps, whatever is left: the next one goes on.</summary>
    public const int MaxSteps = 2_000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly string Version = typeof(SyncWorker).Assembly.GetName().Version?.ToString(3) ?? "";

    private readonly Channel<bool> _nudges = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _one = new(1, 1);
    private int _failures;
    private TimeSpan? _comeBackAfter;

    /// <summary>Something waits to be sent.</summary>
    public void Nudge()
    {
        if (_failures == 0)
        {
            _nudges.Writer.TryWrite(true);
        }
    }

    /// <summary>One round now, as a person asked for it; it also ends the back-off.</summary>
    public async Task<SyncReport> Now(CancellationToken cancel)
    {
        await store.Announce(Version);
        var report = await Round(cancel);
        _failures = report.Heard ? 0 : _failures;
        _nudges.Writer.TryWrite(true);
        return report;
    }

    /// <summary>One round, step by step; a second caller waits for the first one's round to end, then has its own.</summary>
    public async Task<SyncReport> Round(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            round.Begin();
            for (var step = 0; step < MaxSteps; step++)
            {
                if (await round.StepOnce(cancel) is SyncStep.Ended ended)
                {
                    return ended.Report;
                }
            }
            return await round.Cut();
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    /// <summary>The wait before the next round: the interval while all is well, doubled with each failure, a fifth of it random.</summary>
    public static TimeSpan WaitAfter(int failures, TimeSpan interval, IEntropy entropy)
    {
        return Jittered(failures == 0 ? interval : TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, interval.Ticks << Math.Min(failures, 10))), entropy);
    }

    /// <summary>A fifth of it random, so that those who were cut off together do not come back together.</summary>
    private static TimeSpan Jittered(TimeSpan wait, IEntropy entropy)
    {
        Span<byte> random = stackalloc byte[4];
        entropy.Fill(random);
        var thousandths = BinaryPrimitives.ReadUInt32LittleEndian(random) % 200;
        return TimeSpan.FromTicks(wait.Ticks / 1_000 * (900 + thousandths));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Step(stoppingToken);
            await Wait(_comeBackAfter is { } asked ? Jittered(asked < LongestWait ? asked : LongestWait, entropy) : WaitAfter(_failures, options.SyncInterval, entropy), stoppingToken);
        }
    }

    private async Task Step(CancellationToken cancel)
    {
        try
        {
            await store.Announce(Version);
            var report = await Round(cancel);
            _comeBackAfter = report.ComeBackAfter;
            if (report.Heard)
            {
                _failures = 0;
                Log.Round(log, report.SentLines, report.FeedRows, report.Unacknowledged);
            }
            else
            {
                _failures++;
                Log.Failed(log, _failures, report.Failure ?? "");
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The service stops.
        }
        catch (StoreException broken)
        {
            // A full disk passes; a damaged store is shown with the status. The worker goes on asking.
            _failures++;
            Log.Store(log, broken.Code, broken.Message);
        }
        catch (Exception unexpected)
        {
            _failures++;
            Log.Unexpected(log, unexpected);
        }
    }

    private async Task Wait(TimeSpan wait, CancellationToken stoppingToken)
    {
        using var until = new CancellationTokenSource(wait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(until.Token, stoppingToken);
        try
        {
            await _nudges.Reader.ReadAsync(both.Token);
        }
        catch (OperationCanceledException)
        {
            // The wait is over.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Round with the hub: {Lines} lines sent, {Rows} rows pulled, {Unacknowledged} unacknowledged.")]
        public static partial void Round(ILogger logger, long lines, long rows, long unacknowledged);

        [LoggerMessage(2, LogLevel.Warning, "Round with the hub failed ({Failures} in a row): {Why}")]
        public static partial void Failed(ILogger logger, int failures, string why);

        [LoggerMessage(3, LogLevel.Error, "The store: {Code}: {Detail}")]
        public static partial void Store(ILogger logger, string code, string detail);

        [LoggerMessage(4, LogLevel.Error, "A round with the hub broke.")]
        public static partial void Unexpected(ILogger logger, Exception broken);
    }
}

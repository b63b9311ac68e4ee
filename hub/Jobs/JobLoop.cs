using EdgeHub.Hub.Store;

namespace EdgeHub.Hub.Jobs;

/// <summary>Calls each step until nothing waits, then rests. A step that throws is logged and tried again after a rest that
/// grows to a minute; the other steps go on.</summary>
public sealed partial class JobLoop(IEnumerable<IJobStep> steps, HubStore hub, TimeProvider clock, ILogger<JobLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(steps.Select(step => Task.Run(() => Repeat(step, stoppingToken), CancellationToken.None)));

    private async Task Repeat(IJobStep step, CancellationToken stop)
    {
        var rest = Rest;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                while (!stop.IsCancellationRequested && RunOnce(step))
                {
                    rest = Rest;
                }
                rest = Rest;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
                Log.StepFailed(logger, step.Name, rest.TotalSeconds, fault);
            }
            await Task.Delay(rest, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Nothing is decided under a clock that cannot be right.</summary>
    private bool RunOnce(IJobStep step)
    {
        hub.ClockWatch.Demand();
        return step.RunOnce();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The step {Step} failed; it is tried again in {RestSeconds} s.")]
        public static partial void StepFailed(ILogger logger, string step, double restSeconds, Exception fault);
    }
}

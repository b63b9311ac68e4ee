using EdgeHub.Agent.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Desk;

/// <summary>Makes the public lists ready after the start, beside everything else: nobody waits for them.</summary>
public sealed partial class ListsAtStart(ListStore lists, ILogger<ListsAtStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            lists.Prepare();
        }
        catch (StoreException failed)
        {
            // Codes are then typed, not looked up; the next start tries again.
            Log.NotReady(log, failed.Code, failed.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The list of diagnoses is not ready ({Code}): codes are typed and not looked up. {Detail}")]
        public static partial void NotReady(ILogger logger, string code, string detail);
    }
}

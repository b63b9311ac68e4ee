using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Reads the whole store once a day, the first time some minutes after the start: a bit that turned over where nobody looked is named
/// before somebody needs it.</summary>
public sealed partial class DailyLook(AgentStore store, TimeProvider time, ILogger<DailyLook> log) : BackgroundService
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Between = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(AfterStart, time, stoppingToken);
        while (true)
        {
            try
            {
                if (store.LookThrough() is { } found)
                {
                    Log.Damaged(log, found);
                }
            }
            catch (StoreException busy)
            {
                Log.NotNow(log, busy.Message);
            }
            await Task.Delay(Between, time, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "The daily look through the store found damage: {Found}. Nothing more is settled here; see the handbook, \"Damaged store\".")]
        public static partial void Damaged(ILogger logger, string found);

        [LoggerMessage(2, LogLevel.Warning, "The daily look through the store was not possible: {Why}. It is made again tomorrow.")]
        public static partial void NotNow(ILogger logger, string why);
    }
}

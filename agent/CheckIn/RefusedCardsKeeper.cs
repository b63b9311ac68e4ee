using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.CheckIn;

/// <summary>Keeps in the store which cards were refused, as soon as a reader says so: a restart, planned or not, lets nobody in by hand whose
/// own card is blocked.</summary>
public sealed partial class RefusedCardsKeeper(AgentStore store, CardReaders readers, ILogger<RefusedCardsKeeper> log) : BackgroundService
{
    /// <summary>Everything that waits, in one transaction.</summary>
    public Task KeepOnce() => store.Do(session =>
    {
        store.Refused.Apply(session, readers.Refused, store.Clock.Now);
        return true;
    });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await readers.Refused.Changes.WaitToReadAsync(stoppingToken))
            {
                try
                {
                    await KeepOnce();
                }
                catch (StoreException failure)
                {
                    // It holds in memory until the restart; a disk that is full is said elsewhere too.
                    Log.NotKept(log, failure.Code, failure);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "That a card was refused could not be kept over a restart: {Code}.")]
        public static partial void NotKept(ILogger logger, string code, Exception failure);
    }
}

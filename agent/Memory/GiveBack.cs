using System.Runtime;
using EdgeHub.Agent.Store;

namespace EdgeHub.Agent.Memory;

/// <summary>Gives memory back while little is asked of this agent: a clinic's machine has other programs. The start, a page that is shown for
/// the first time and a feed that is loaded leave much that is not needed again. It costs 20 to 30 ms of processor time each time.</summary>
public sealed class GiveBack(AgentClock clock) : BackgroundService
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    /// <summary>At most so many bytes between two looks are quiet: the round with the hub, and a desk that stands open and renews its bar and
    /// its queue. A patient's visit takes more.</summary>
    public const long QuietBytes = 10 * 1024 * 1024;

    /// <summary>Fewer bytes than this since memory was given back last leave nothing to give.</summary>
    public const long WorthBytes = 2 * 1024 * 1024;

    /// <summary>Looks from one time to the next: at most once a minute.</summary>
    public const int LooksBetween = 6;

    private readonly ProgramPages _pages = new();
    private long _seen;
    private long _given;
    private int _looks = LooksBetween;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock.Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Due(GC.GetTotalAllocatedBytes(precise: false)))
            {
                Now();
            }
            _pages.Look();
        }
    }

    /// <summary>One look: whether it is quiet, and there is something to give.</summary>
    /// <param name="allocated">Bytes that this process has allocated since its start.</param>
    public bool Due(long allocated)
    {
        var quiet = allocated - _seen <= QuietBytes;
        _seen = allocated;
        _looks++;
        if (!quiet || _looks < LooksBetween || allocated - _given < WorthBytes)
        {
            return false;
        }
        (_given, _looks) = (allocated, 0);
        return true;
    }

    private void Now()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _pages.GiveBack();
    }
}

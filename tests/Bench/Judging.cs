using System.Diagnostics;
using System.Globalization;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Bench;

/// <summary>Counts what judging asks of the store: statements, and how often it waits for an answer.</summary>
internal sealed class Judging : IStoreWatch
{
    private bool _counts;
    private long _start;
    private TimeSpan _processor;

    public long Statements { get; private set; }

    public long RoundTrips { get; private set; }

    public TimeSpan Took { get; private set; }

    /// <summary>Of this process; a server's own is not in it.</summary>
    public TimeSpan Processor { get; private set; }

    public void At(StorePoint point, string sql)
    {
        if (!_counts)
        {
            return;
        }
        switch (point)
        {
            case StorePoint.Statement:
                Statements++;
                RoundTrips++;
                break;
            case StorePoint.Batch:
                RoundTrips += 1 - long.Parse(sql, CultureInfo.InvariantCulture);
                break;
            case StorePoint.Begin or StorePoint.Commit or StorePoint.Rollback:
                RoundTrips++;
                break;
            default:
                break;
        }
    }

    public void Begin() => (_counts, _start, _processor) = (true, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

    public void End()
    {
        _counts = false;
        Took += Stopwatch.GetElapsedTime(_start);
        Processor += Environment.CpuUsage.TotalTime - _processor;
    }
}

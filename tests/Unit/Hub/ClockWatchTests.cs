using EdgeHub.Hub.Access;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;
using EdgeHub.Tests.Unit.Sync;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>The hub's own clock leaps: nothing is filed, told or decided under it, and nothing of it is left when it is right again.</summary>
public sealed class ClockWatchTests
{
    private const string Site = "530924100001";

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    [InlineData(400 * 86_400, false)]
    public void Leap_OfMoreThanFiveMinutes_IsRefusedUntilTheClockIsRight(int seconds, bool taken)
    {
        var clock = new StandingClock();
        var watch = new ClockWatch(clock);
        clock.Now += TimeSpan.FromDays(400);
        watch.Demand();
        clock.Leap = TimeSpan.FromSeconds(seconds);
        if (taken)
        {
            watch.Demand();
            return;
        }
        var refused = Assert.Throws<FaultException>(watch.Demand).Faults[0];
        Assert.Equal((Codes.HubClockJumped, "clock", "about 2026-04-16T00:00:00Z"), (refused.Code, refused.Field, refused.Expected));
        // It is not believed because it was seen twice, nor because time goes by.
        clock.Now += TimeSpan.FromHours(5);
        Assert.Throws<FaultException>(watch.Demand);
        clock.Leap = TimeSpan.Zero;
        watch.Demand();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(3 * 86_400, true)]
    [InlineData(3 * 86_400 + 1, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void Start_SoFarFromTheLastBatch_IsRefused(int seconds, bool starts)
    {
        var last = new DateTimeOffset(2025, 3, 12, 0, 0, 0, TimeSpan.Zero);
        ClockWatch.DemandAtStart(last, null);
        if (starts)
        {
            ClockWatch.DemandAtStart(last.AddSeconds(seconds), last);
            return;
        }
        var refused = Assert.Throws<FaultException>(() => ClockWatch.DemandAtStart(last.AddSeconds(seconds), last)).Faults[0];
        Assert.Equal((Codes.HubClockJumped, "from 2025-03-12T00:00:00Z to 2025-03-15T00:00:00Z"), (refused.Code, refused.Expected));
    }

    [Fact]
    public async Task Hub_WhoseClockStandsAYearAhead_FilesNothingAndTellsNobody_AndLeavesNoTrace()
    {
        using var hub = new TempHub();
        using var key = EcdsaKeys.Create();
        hub.Store.Write(session =>
        {
            AccessStore.AddDevice(session, TempHub.Region, new Device(1, Site + "-1", Site, key.PublicKey, key.KeyId, "test", 0, null));
            return true;
        });
        var ingest = new JournalIngest(hub.Store, new SegmentReader(), NullLogger<JournalIngest>.Instance);
        var (lines, greeting) = (SyncSamples.Lines(3), new Greeting(hub.Store));
        var wire = BatchCodec.Write(TempHub.Region, Site, Site + "-1", 1, 1, Chain.Zero, lines, key);

        hub.Clock.Leap = TimeSpan.FromDays(400);
        var refused = await Assert.ThrowsAsync<FaultException>(() => ingest.Receive(wire));
        Assert.Equal((Codes.HubClockJumped, 503), (refused.Faults[0].Code, Problems.StatusFor(refused.Faults[0].Code)));
        Assert.Throws<FaultException>(() => greeting.Of(Site + "-1"));
        Assert.Equal(0, hub.Count("select count(*) from entry"));

        hub.Clock.Leap = TimeSpan.Zero;
        Assert.Equal(JournalAnswer.Acknowledged, (await ingest.Receive(wire)).Status);
        Assert.Equal(hub.Clock.Now, greeting.Of(Site + "-1").Answer!.HubTime);
        Assert.InRange(hub.Count("select max(captured_effective_ms) from entry"), 1, hub.Store.NowMilliseconds + EffectiveTime.AheadMilliseconds);
        Assert.Equal(hub.Clock.Now, hub.Store.Read(session => IngestStore.LastReceived(session, TempHub.Region)));
    }

    [Fact]
    public async Task Step_UnderAClockThatLeapt_DecidesNothing()
    {
        using var hub = new TempHub();
        var step = new CountedStep();
        hub.Clock.Leap = TimeSpan.FromDays(-2);
        using var loop = new JobLoop([step], hub.Store, TimeProvider.System, NullLogger<JobLoop>.Instance);
        await loop.StartAsync(CancellationToken.None);
        await Task.Delay(300);
        Assert.Equal(0, step.Runs);
        hub.Clock.Leap = TimeSpan.Zero;
        await step.Ran.WaitAsync(TimeSpan.FromMinutes(1));
        await loop.StopAsync(CancellationToken.None);
    }

    private sealed class CountedStep : IJobStep
    {
        private readonly TaskCompletionSource _ran = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _runs;

        public string Name => "counted";

        public int Runs => Volatile.Read(ref _runs);

        public Task Ran => _ran.Task;

        public bool RunOnce()
        {
            Interlocked.Increment(ref _runs);
            _ran.TrySetResult();
            return false;
        }
    }
}

using EdgeHub.Hub.Access;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;
using EdgeHub.Tests.Unit.Sync;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Tests.Unit.Hub;

public sealed class JournalIngestTests
{
    [Theory]
    [InlineData(StorePoint.Commit)]
    [InlineData(StorePoint.Statement)]
    public async Task Store_ThatBreaksWhileABatchIsStored_AcknowledgesNothingAndTakesItLater(StorePoint point)
    {
        var watch = new BreakingWatch();
        using var hub = new TempHub(watch);
        using var key = EcdsaKeys.Create();
        var ingest = Ingest(hub, key);
        var lines = SyncSamples.Lines(20);
        var wire = BatchCodec.Write(TempHub.Region, "530924100201", "530924100201-1", 1, 1, Chain.Zero, lines, key);

        watch.BreakAt(point, "insert into entry");
        var broken = await Assert.ThrowsAsync<StoreException>(() => ingest.Receive(wire));
        watch.Mend();
        var (entries, segments) = (hub.Count("select count(*) from entry"), hub.Count("select count(*) from segment"));
        var answer = await ingest.Receive(wire);

        Assert.Equal(Codes.DiskFull, broken.Code);
        Assert.Equal((0, 0), (entries, segments));
        Assert.Equal((JournalAnswer.Acknowledged, 20L), (answer.Status, answer.AckedThrough));
        Assert.Equal(20, hub.Count("select count(*) from entry"));
    }

    [Fact]
    public async Task Batches_OfManyDevicesAtOnce_ShareTransactions()
    {
        using var hub = new TempHub();
        const int devices = 24;
        var keys = Enumerable.Range(1, devices).Select(_ => EcdsaKeys.Create()).ToArray();
        var ingest = Ingest(hub, keys);
        var lines = SyncSamples.Lines(10);
        var wires = keys.Select((key, i) => BatchCodec.Write(TempHub.Region, Site(i + 1), Site(i + 1) + "-1", 1, 1, Chain.Zero, lines, key)).ToArray();
        using var hold = new ManualResetEventSlim();
        var patience = TimeSpan.FromMinutes(3);
        var before = hub.Store.Writer.Commits;
        // A caller writes its own group where nobody writes: the one that holds a lane must not be the test itself.
        using var holds = new CountdownEvent(hub.Store.Lanes);
        var holding = Enumerable.Range(0, hub.Store.Lanes).Select(lane => Task.Factory.StartNew(() => hub.Store.SubmitTo(lane, _ =>
        {
            holds.Signal();
            return hold.Wait(patience);
        }), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray();
        Assert.True(holds.Wait(patience));

        var answers = wires.Select(wire => Task.Run(() => ingest.Receive(wire))).ToArray();
        // Each lane has taken the first one already and waits with it.
        while (ingest.Waiting < devices - hub.Store.Lanes)
        {
            await Task.Delay(5);
        }
        hold.Set();
        await Task.WhenAll(holding);

        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(JournalAnswer.Acknowledged, answer.Status));
        Assert.Equal(devices * 10, hub.Count("select count(*) from entry"));
        Assert.Equal(devices, hub.Count("select count(distinct segment_id) from segment"));
        Assert.Equal(2 * hub.Store.Lanes, hub.Store.IsShared ? hub.Count("select count(distinct cast(xmin as text)) from entry") : hub.Store.Writer.Commits - before - 1);
    }

    [Fact]
    public async Task ForgedBatch_BehindAFork_LeavesTheForkAtTheHeadAndCostsNoCommit()
    {
        using var hub = new TempHub();
        using var key = EcdsaKeys.Create();
        using var forger = EcdsaKeys.Create();
        var ingest = Ingest(hub, key);
        byte[] Wire(IReadOnlyList<byte[]> lines, EcdsaSigner by, string region = TempHub.Region) =>
            BatchCodec.Write(region, "530924100201", "530924100201-1", 1, 1, Chain.Zero, [.. lines.Select(line => (ReadOnlyMemory<byte>)line)], by);
        var lines = SyncSamples.Lines(3).Select(line => line.ToArray()).ToList();
        await ingest.Receive(Wire(lines, key));
        var other = lines.Take(2).ToList();
        other[1] = JournalCodec.Line(JournalCodec.ReadHead(lines[1], out _), new StoreChecked("another story", 1, 0));
        Assert.Equal(Codes.Fork, (await ingest.Receive(Wire(other, key))).Code);
        var commits = hub.Store.Writer.Commits;

        Assert.Equal(Codes.BadSignature, (await ingest.Receive(Wire(lines, forger))).Code);
        Assert.Equal(Codes.WrongRegion, (await ingest.Receive(Wire(lines, forger, "530921"))).Code);

        Assert.Equal(2, ingest.UnsignedRefused);
        Assert.Equal(commits, hub.Store.Writer.Commits);
        Assert.Equal(1, hub.Count($"select count(*) from device_head where refused_code = '{Codes.Fork}'"));
    }

    private static JournalIngest Ingest(TempHub hub, params EcdsaSigner[] keys)
    {
        hub.Store.Write(session =>
        {
            for (var i = 0; i < keys.Length; i++)
            {
                var site = keys.Length == 1 ? "530924100201" : Site(i + 1);
                AccessStore.AddDevice(session, TempHub.Region, new Device(i + 1, site + "-1", site, keys[i].PublicKey, keys[i].KeyId, "test", 0, null));
            }
            return true;
        });
        return new JournalIngest(hub.Store, new SegmentReader(), NullLogger<JournalIngest>.Instance);
    }

    private static string Site(int number) => $"530924100{number:000}";

    /// <summary>Throws what a full disk throws, once the statement was seen.</summary>
    private sealed class BreakingWatch : IStoreWatch
    {
        private volatile string? _after;
        private StorePoint _point;
        private bool _seen;

        public void BreakAt(StorePoint point, string after) => (_point, _seen, _after) = (point, false, after);

        public void Mend() => _after = null;

        public void At(StorePoint point, string sql)
        {
            if (_after is not { } after)
            {
                return;
            }
            _seen |= sql.StartsWith(after, StringComparison.Ordinal);
            if (_seen && point == _point)
            {
                throw new StoreException(Codes.DiskFull, "hub.db", "no room left");
            }
        }
    }
}

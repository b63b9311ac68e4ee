using System.Diagnostics;
using System.Globalization;
using EdgeHub.Agent.Store;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using AccessStore = EdgeHub.Hub.Access.AccessStore;

namespace EdgeHub.Tests.Bench;

/// <summary>Signed batches of lines that a real agent wrote, from many devices, and the ways into a hub.</summary>
internal sealed class IngestLoad : IDisposable
{
    public const string Region = "530924";
    private const int Rounds = 12;
    private const int EachRound = 90;
    private const int BusyRestMilliseconds = 4;
    private const int MostBusyRestMilliseconds = 100;

    private IngestLoad(IReadOnlyList<JournalRow> lines) => Lines = lines;

    public EcdsaSigner Key { get; } = EcdsaKeys.Create();

    public IReadOnlyList<JournalRow> Lines { get; }

    public static async Task<IngestLoad> Make(string folder)
    {
        using var agent = await AgentFixture.Open(folder);
        for (var round = 0; round < Rounds; round++)
        {
            await agent.NextRound();
            for (var i = 0; i < EachRound; i++)
            {
                await agent.Settle();
            }
        }
        return new IngestLoad(await agent.Lines(BatchCodec.MaxEvents));
    }

    public static IngestLoad Of(IReadOnlyList<JournalRow> lines) => new(lines);

    /// <summary>One signed batch of a device.</summary>
    public byte[] Batch(int device, long fromSeq, byte[] prev, IReadOnlyList<ReadOnlyMemory<byte>> lines) =>
        BatchCodec.Write(Region, Site(device), Name(device), 1, fromSeq, prev, lines, Key);

    /// <summary>For each device its batches, one behind the other.</summary>
    public List<IReadOnlyList<byte[]>> Batches(int devices, int batchesOfDevice, int events) => [.. Enumerable.Range(0, devices).Select(device =>
    {
        var (batches, prev) = (new List<byte[]>(), Chain.Zero);
        for (var batch = 0; batch < batchesOfDevice; batch++)
        {
            var lines = Lines.Take(events).Select((row, i) => Renumbered(row, (batch * events) + i + 1)).ToList();
            batches.Add(Batch(device, (batch * events) + 1, prev, lines));
            prev = Chain.Through(prev, lines);
        }
        return (IReadOnlyList<byte[]>)batches;
    })];

    /// <param name="place">Words of connection to PostgreSQL; null: SQLite in the folder.</param>
    public HubStore Hub(string folder, int devices, string? place = null)
    {
        var hub = HubStore.OpenOrMake(folder, new HubSettings(Region, "Asia/Shanghai", 0), TimeProvider.System, new SystemEntropy(), serving: true, place: place);
        hub.Write(session =>
        {
            for (var device = 0; device < devices; device++)
            {
                AccessStore.AddDevice(session, Region, new Device(device + 1, Name(device), Site(device), Key.PublicKey, Key.KeyId, "1", 0, null));
            }
            return true;
        });
        return hub;
    }

    /// <summary>The writer's part alone, as the ingest does it for a batch that was judged: segment, entries, claims, head.</summary>
    /// <param name="claimedAgain">How many times more the claimed sums are added: what the rollup costs. Often enough that the difference is
    /// not the machine's moods.</param>
    /// <returns>Events per second, and this process's processor seconds per event.</returns>
    public static async Task<(double Rate, double Processor)> StoreAlone(HubStore hub, IReadOnlyList<IReadOnlyList<byte[]>> batches, int claimedAgain = 0)
    {
        var opened = batches.SelectMany((ofDevice, device) => ofDevice.Select(wire => BatchCodec.Read(wire)).Select(batch =>
            new NewSegment(device + 1L, Site(device), batch, BatchLines.Open(batch, default), 0, 0))).ToList();
        var number = 0L;
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var under = new Queue<Task>();
        foreach (var segment in opened)
        {
            var own = ++number;
            // Some more wait while one is written, as with several devices: no lane stands still between two.
            under.Enqueue(hub.SubmitTo(segment.DeviceNo, session =>
            {
                IngestStore.AddAll(session, Region, [segment], own, 0);
                for (var time = 0; time < 1 + claimedAgain; time++)
                {
                    ClaimedStore.Add(session, Region, [segment]);
                }
                IngestStore.SetHead(session, Region, DeviceHead.First(segment.DeviceNo) with { Seq = segment.Batch.Header.LastSeq, EffectiveMilliseconds = segment.EffectiveAfter }, 0);
                return true;
            }));
            if (under.Count > hub.Lanes)
            {
                await under.Dequeue();
            }
        }
        await Task.WhenAll(under);
        var events = opened.Sum(segment => segment.Batch.Header.Count);
        return (events / Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / events);
    }

    /// <summary>The whole ingest, all devices at once, each waiting for the answer to its batch.</summary>
    public static async Task<double> Ingest(HubStore hub, IReadOnlyList<IReadOnlyList<byte[]>> batches)
    {
        var ingest = new JournalIngest(hub, new SegmentReader(), NullLogger<JournalIngest>.Instance);
        var events = batches.Sum(ofDevice => ofDevice.Sum(wire => BatchCodec.Read(wire).Header.Count));
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(batches.Select(ofDevice => Task.Run(async () =>
        {
            foreach (var wire in ofDevice)
            {
                var answer = await Answered(ingest, wire);
                if (answer.Status != JournalAnswer.Acknowledged)
                {
                    throw new InvalidOperationException(answer.ToString());
                }
            }
        })));
        return events / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Told "busy", an agent tries again, each time later; that takes its time, which counts.</summary>
    private static async Task<JournalAnswer> Answered(JournalIngest ingest, byte[] wire)
    {
        for (var rest = BusyRestMilliseconds; ; rest = Math.Min(rest * 2, MostBusyRestMilliseconds))
        {
            try
            {
                return await ingest.Receive(wire);
            }
            catch (StoreException busy) when (busy.Code == Codes.Busy)
            {
                await Task.Delay(rest);
            }
        }
    }

    public void Dispose() => Key.Dispose();

    private static ReadOnlyMemory<byte> Renumbered(JournalRow row, long seq)
    {
        byte[] line = row.Line;
        var comma = Array.IndexOf(line, (byte)',');
        return (byte[])[.. System.Text.Encoding.ASCII.GetBytes("{\"seq\":" + seq.ToString(CultureInfo.InvariantCulture)), .. line[comma..]];
    }

    private static string Name(int device) => "D" + device.ToString(CultureInfo.InvariantCulture);

    private static string Site(int device) => (530924100000L + device).ToString(CultureInfo.InvariantCulture);
}

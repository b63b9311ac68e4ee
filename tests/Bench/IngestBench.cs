using System.Diagnostics;
using System.Globalization;
using EdgeHub.Agent.Store;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Tests.Bench;

/// <summary>The hub's real ingest, batches of 1,000 from four devices at once, against a C loop that inserts the same rows into the
/// same tables; and the processor time before the store.</summary>
public static class IngestBench
{
    private const string Region = "530924";
    private const int Devices = 4;
    private const int BatchesOfDevice = 10;
    private const int Rounds = 3;

    public static async Task Run(Floors floors, string folder, Report report)
    {
        var lines = await AgentLines(Path.Combine(folder, "source"));
        using var key = EcdsaKeys.Create();
        var batches = Enumerable.Range(0, Devices).Select(device => Batches(device, lines, key)).ToList();
        BeforeStore(batches[0], key, report);
        var ddl = await Ddl(folder);
        var (rates, floorRates, ratios, whole) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var before = FloorRate(floors, folder, ddl, batches[0][0].Length, round);
            var rate = await StoreAlone(Path.Combine(folder, $"store{round}"), batches, key);
            whole.Add(await Ingest(Path.Combine(folder, $"hub{round}"), batches, key));
            var floor = (before + FloorRate(floors, folder, ddl, batches[0][0].Length, round + Rounds)) / 2;
            rates.Add(rate);
            floorRates.Add(floor);
            ratios.Add(rate / floor);
        }
        report.Add(new Row("hub SQLite ingest at 1,000 ÷ a C loop's inserts", $"{Child.Median(rates):0} events/s", $"{Child.Median(floorRates):0} rows/s", Child.Median(ratios), .8, AtLeast: true));
        report.Add(new Row("the whole ingest of batches of 1,000, four devices at once", $"{Child.Median(whole):0} events/s", "", Child.Median(whole), null, AtLeast: true));
    }

    /// <summary>The writer's part alone, as the ingest does it for a batch that was judged: segment, entries, claims, head.</summary>
    private static async Task<double> StoreAlone(string folder, IReadOnlyList<IReadOnlyList<byte[]>> batches, EcdsaSigner key)
    {
        using var hub = Hub(folder, key);
        var opened = batches.SelectMany((ofDevice, device) => ofDevice.Select(wire => BatchCodec.Read(wire)).Select(batch => (Device: device + 1L, Batch: batch, Lines: BatchLines.Open(batch, default)))).ToList();
        var start = Stopwatch.GetTimestamp();
        var before = Task.FromResult(true);
        foreach (var (device, batch, lines) in opened)
        {
            // One more waits while one is written, as with several devices: the writer never stands still between two.
            var now = hub.Submit(session =>
            {
                var segment = Counters.Next(session, Region, "segment");
                IngestStore.AddSegment(session, Region, segment, device, batch.Header, batch.Wire, 0);
                var effective = IngestStore.AddEntries(session, Region, segment, device, batch.Header, lines.Entries, 0, 0);
                foreach (var (claim, sum) in lines.Claims.Sums)
                {
                    IngestStore.Claim(session, Region, batch.Header.Site, claim, sum);
                }
                IngestStore.SetHead(session, Region, DeviceHead.First(device) with { Seq = batch.Header.LastSeq, EffectiveMilliseconds = effective }, 0);
                return true;
            });
            await before;
            before = now;
        }
        await before;
        return opened.Count * BatchCodec.MaxEvents / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static HubStore Hub(string folder, EcdsaSigner key)
    {
        var hub = HubStore.OpenOrMake(folder, new HubSettings(Region, "Asia/Shanghai", 0), TimeProvider.System, new SystemEntropy(), serving: true);
        hub.Write(session =>
        {
            for (var device = 0; device < Devices; device++)
            {
                AccessStore.AddDevice(session, Region, new Device(device + 1, Name(device), Site(device), key.PublicKey, key.KeyId, "1", 0, null));
            }
            return true;
        });
        return hub;
    }

    /// <summary>What is done to each batch before the writer has it: header, signature, inflate, chain, heads, claims.</summary>
    private static void BeforeStore(IReadOnlyList<byte[]> batches, EcdsaSigner key, Report report)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 300; round++)
        {
            var wire = batches[round % batches.Count];
            // Processor time of this process, not the clock's: others use the machine too.
            var start = Environment.CpuUsage.TotalTime;
            var batch = BatchCodec.Read(wire);
            var holds = BatchCodec.SignatureHolds(batch.Header, key.PublicKey);
            var opened = BatchLines.Open(batch, new DateOnly(2025, 3, 5));
            var took = (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / opened.Lines.Count;
            best = holds ? Math.Min(best, took) : throw new InvalidOperationException("The signature does not hold.");
        }
        report.Add(new Row("hub processor time before the store", $"{best:0.00} µs an event", "", best, 5, AtLeast: false));
    }

    private static async Task<double> Ingest(string folder, IReadOnlyList<IReadOnlyList<byte[]>> batches, EcdsaSigner key)
    {
        using var hub = Hub(folder, key);
        var ingest = new JournalIngest(hub, new SegmentReader(), NullLogger<JournalIngest>.Instance);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(batches.Select(ofDevice => Task.Run(async () =>
        {
            foreach (var wire in ofDevice)
            {
                var answer = await ingest.Receive(wire);
                if (answer.Status != JournalAnswer.Acknowledged)
                {
                    throw new InvalidOperationException(answer.ToString());
                }
            }
        })));
        return Devices * BatchesOfDevice * BatchCodec.MaxEvents / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double FloorRate(Floors floors, string folder, string ddl, int segmentBytes, int round) => double.Parse(
        Floors.Run(floors.InsertFloor, null, Path.Combine(folder, $"floor{round}.db"), ddl,
            (Devices * BatchesOfDevice).ToString(CultureInfo.InvariantCulture), BatchCodec.MaxEvents.ToString(CultureInfo.InvariantCulture), segmentBytes.ToString(CultureInfo.InvariantCulture)),
        CultureInfo.InvariantCulture);

    /// <summary>The hub's own tables, as its migrations made them.</summary>
    private static async Task<string> Ddl(string folder)
    {
        using var hub = HubStore.OpenOrMake(Path.Combine(folder, "ddl"), new HubSettings(Region, "Asia/Shanghai", 0), TimeProvider.System, new SystemEntropy());
        var sql = hub.Read(session => session.Query<string>("select sql from sqlite_master where tbl_name in ('entry', 'segment') and sql is not null order by type desc"));
        var file = Path.Combine(folder, "ddl.sql");
        await File.WriteAllTextAsync(file, string.Concat(sql.Select(statement => statement + ";\n")));
        return file;
    }

    private static List<byte[]> Batches(int device, IReadOnlyList<JournalRow> rows, EcdsaSigner key)
    {
        var (batches, prev) = (new List<byte[]>(), Chain.Zero);
        for (var batch = 0; batch < BatchesOfDevice; batch++)
        {
            var lines = rows.Select((row, i) => Renumbered(row, (batch * BatchCodec.MaxEvents) + i + 1)).ToList();
            batches.Add(BatchCodec.Write(Region, Site(device), Name(device), 1, (batch * BatchCodec.MaxEvents) + 1, prev, lines, key));
            prev = Chain.Through(prev, lines);
        }
        return batches;
    }

    private static ReadOnlyMemory<byte> Renumbered(JournalRow row, long seq)
    {
        byte[] line = row.Line;
        var comma = Array.IndexOf(line, (byte)',');
        return (byte[])[.. System.Text.Encoding.ASCII.GetBytes("{\"seq\":" + seq.ToString(CultureInfo.InvariantCulture)), .. line[comma..]];
    }

    private static async Task<IReadOnlyList<JournalRow>> AgentLines(string folder)
    {
        using var agent = await AgentFixture.Open(folder);
        for (var round = 0; round < 12; round++)
        {
            await agent.NextRound();
            for (var i = 0; i < 90; i++)
            {
                await agent.Settle();
            }
        }
        return await agent.Lines(BatchCodec.MaxEvents);
    }

    private static string Name(int device) => "D" + device.ToString(CultureInfo.InvariantCulture);

    private static string Site(int device) => "53092410000" + device.ToString(CultureInfo.InvariantCulture);
}

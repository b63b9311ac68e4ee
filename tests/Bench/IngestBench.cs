using System.Globalization;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Bench;

/// <summary>The hub's real ingest on SQLite, batches of 1,000 from four devices at once, against a C loop that inserts the same rows
/// into the same tables; the processor time before the store; what the claimed rollup costs.</summary>
internal static class IngestBench
{
    private const int Devices = 4;
    private const int BatchesOfDevice = 10;
    private const int Rounds = 3;

    /// <summary>The rollup costs about a hundredth of a batch: added once more it would drown in what two runs differ by anyway.</summary>
    public const int ClaimedAgain = 100;

    public static async Task Run(Floors floors, string folder, Report report)
    {
        using var load = await IngestLoad.Make(Path.Combine(folder, "source"));
        var batches = load.Batches(Devices, BatchesOfDevice, BatchCodec.MaxEvents);
        BeforeStore(batches[0], load, report);
        var ddl = await Ddl(folder);
        var (rates, floorRates, ratios, whole, rollups) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        // Until the runtime has compiled what is hot.
        await In(load, Path.Combine(folder, "warm"), hub => IngestLoad.StoreAlone(hub, batches, ClaimedAgain));
        for (var round = 0; round < Rounds; round++)
        {
            var before = FloorRate(floors, folder, ddl, batches[0][0].Length, round);
            var rate = await In(load, Path.Combine(folder, $"store{round}"), hub => IngestLoad.StoreAlone(hub, batches));
            var after = FloorRate(floors, folder, ddl, batches[0][0].Length, round + Rounds);
            var often = await In(load, Path.Combine(folder, $"twice{round}"), hub => IngestLoad.StoreAlone(hub, batches, claimedAgain: ClaimedAgain));
            whole.Add((await In(load, Path.Combine(folder, $"hub{round}"), async hub => (await IngestLoad.Ingest(hub, batches), 0d))).Rate);
            var floor = (before + after) / 2;
            rates.Add(rate.Rate);
            floorRates.Add(floor);
            ratios.Add(rate.Rate / floor);
            rollups.Add(RollupCost(rate.Processor, often.Processor));
        }
        report.Add(new Row("hub SQLite ingest at 1,000 ÷ a C loop's inserts", $"{Child.Median(rates):0} events/s", $"{Child.Median(floorRates):0} rows/s", Child.Median(ratios), .8, AtLeast: true));
        report.Add(new Row("the claimed rollup's cost at ingest, SQLite, processor time", $"{100 * Child.Median(rollups):0.0} %", "", Child.Median(rollups), .1, AtLeast: false));
        report.Add(new Row("the whole ingest of batches of 1,000, four devices at once, SQLite", $"{Child.Median(whole):0} events/s", "", Child.Median(whole), null, AtLeast: true));
    }

    /// <summary>From the time of an event with the sums added once and <see cref="ClaimedAgain"/> times more: what adding them once takes, of
    /// the time without it.</summary>
    public static double RollupCost(double once, double often)
    {
        var rollup = Math.Clamp((often - once) / ClaimedAgain, 0, once / 2);
        return rollup / (once - rollup);
    }

    private static async Task<(double Rate, double Processor)> In(IngestLoad load, string folder, Func<HubStore, Task<(double Rate, double Processor)>> measured)
    {
        using var hub = load.Hub(folder, Devices);
        return await measured(hub);
    }

    /// <summary>What is done to each batch before the writer has it: header, signature, inflate, chain, heads, claims.</summary>
    private static void BeforeStore(IReadOnlyList<byte[]> batches, IngestLoad load, Report report)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 300; round++)
        {
            var wire = batches[round % batches.Count];
            // Processor time of this process, not the clock's: others use the machine too.
            var start = Environment.CpuUsage.TotalTime;
            var batch = BatchCodec.Read(wire);
            var holds = BatchCodec.SignatureHolds(batch.Header, load.Key.PublicKey);
            var opened = BatchLines.Open(batch, new DateOnly(2025, 3, 5));
            var took = (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / opened.Lines.Count;
            best = holds ? Math.Min(best, took) : throw new InvalidOperationException("The signature does not hold.");
        }
        report.Add(new Row("hub processor time before the store", $"{best:0.00} µs an event", "", best, 5, AtLeast: false));
    }

    private static double FloorRate(Floors floors, string folder, string ddl, int segmentBytes, int round) => double.Parse(
        Floors.Run(floors.InsertFloor, null, Path.Combine(folder, $"floor{round}.db"), ddl,
            (Devices * BatchesOfDevice).ToString(CultureInfo.InvariantCulture), BatchCodec.MaxEvents.ToString(CultureInfo.InvariantCulture), segmentBytes.ToString(CultureInfo.InvariantCulture)),
        CultureInfo.InvariantCulture);

    /// <summary>The hub's own tables, as its migrations made them.</summary>
    private static async Task<string> Ddl(string folder)
    {
        using var hub = HubStore.OpenOrMake(Path.Combine(folder, "ddl"), new HubSettings(IngestLoad.Region, "Asia/Shanghai", 0), TimeProvider.System, new SystemEntropy());
        var sql = hub.Read(session => session.Query<string>("select sql from sqlite_master where tbl_name in ('entry', 'segment') and sql is not null order by type desc"));
        var file = Path.Combine(folder, "ddl.sql");
        await File.WriteAllTextAsync(file, string.Concat(sql.Select(statement => statement + ";\n")));
        return file;
    }
}

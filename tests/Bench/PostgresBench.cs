using System.Diagnostics;
using EdgeHub.Sync.Wire;
using Npgsql;
using NpgsqlTypes;

namespace EdgeHub.Tests.Bench;

/// <summary>The hub's ingest on PostgreSQL: the writer's part at 1,000 events a batch and a transaction, and the whole ingest of 100
/// agents with 100 events each, coalesced; against a COPY of 1,000 wide rows a transaction (the same columns and the line's bytes in
/// each row) into the same server, both in one run.</summary>
internal static class PostgresBench
{
    private const int Rounds = 3;
    private const int Devices = 4;
    private const int BatchesOfDevice = 10;
    private const int Agents = 100;
    private const int EventsOfAgent = 100;
    private const int BatchesOfAgent = 5;

    private const string Wide = """
        create table wide_entry (region text not null, device_no bigint not null, epoch bigint not null, seq bigint not null, kind text not null,
            schema bigint not null, captured_effective_ms bigint not null, civil_day date not null, line bytea not null, primary key (region, device_no, epoch, seq))
        """;

    public static async Task Run(PostgresServer? server, string folder, Report report)
    {
        if (server is null)
        {
            return;
        }
        using var load = await IngestLoad.Make(Path.Combine(folder, "source"));
        var batches = load.Batches(Devices, BatchesOfDevice, BatchCodec.MaxEvents);
        var small = load.Batches(Agents, BatchesOfAgent, EventsOfAgent);
        var (rates, floors, ratios, coalesced, ratiosCoalesced, rollups) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        using (var hub = load.Hub(Path.Combine(folder, "warm"), Devices, server.Database()))
        {
            // Until the runtime has compiled what is hot.
            await IngestLoad.StoreAlone(hub, batches, IngestBench.ClaimedAgain);
        }
        for (var round = 0; round < Rounds; round++)
        {
            var before = Copy(server.Database(), load);
            double rate, many, often;
            using (var hub = load.Hub(Path.Combine(folder, $"a{round}"), Devices, server.Database()))
            {
                rate = (await IngestLoad.StoreAlone(hub, batches)).Rate;
            }
            using (var hub = load.Hub(Path.Combine(folder, $"b{round}"), Agents, server.Database()))
            {
                // The first batch of each opens the hub's connections.
                await IngestLoad.Ingest(hub, [.. small.Select(ofAgent => (IReadOnlyList<byte[]>)[ofAgent[0]])]);
                many = await IngestLoad.Ingest(hub, [.. small.Select(ofAgent => (IReadOnlyList<byte[]>)[.. ofAgent.Skip(1)])]);
            }
            using (var hub = load.Hub(Path.Combine(folder, $"c{round}"), Devices, server.Database()))
            {
                often = (await IngestLoad.StoreAlone(hub, batches, IngestBench.ClaimedAgain)).Rate;
            }
            var floor = (before + Copy(server.Database(), load)) / 2;
            rates.Add(rate);
            floors.Add(floor);
            ratios.Add(rate / floor);
            coalesced.Add(many);
            ratiosCoalesced.Add(many / floor);
            rollups.Add(IngestBench.RollupCost(1 / rate, 1 / often));
        }
        var copied = $"{Child.Median(floors):0} rows/s";
        report.Add(new Row("hub PostgreSQL at 1,000 ÷ raw wide COPY", $"{Child.Median(rates):0} events/s", copied, Child.Median(ratios), 1, AtLeast: true));
        report.Add(new Row("the whole ingest, 100 agents at 100, coalesced ÷ raw wide COPY", $"{Child.Median(coalesced):0} events/s", copied, Child.Median(ratiosCoalesced), .5, AtLeast: true));
        report.Add(new Row("the claimed rollup's cost at ingest, PostgreSQL", $"{100 * Child.Median(rollups):0.0} %", "", Child.Median(rollups), .1, AtLeast: false));
    }

    private static double Copy(string words, IngestLoad load)
    {
        using var connection = new NpgsqlConnection(words + ";Pooling=false");
        connection.Open();
        using (var create = new NpgsqlCommand(Wide, connection))
        {
            create.ExecuteNonQuery();
        }
        var day = new DateOnly(2025, 3, 5);
        var start = Stopwatch.GetTimestamp();
        for (var batch = 0; batch < Devices * BatchesOfDevice; batch++)
        {
            using var transaction = connection.BeginTransaction();
            using (var copy = connection.BeginBinaryImport("copy wide_entry from stdin (format binary)"))
            {
                for (var i = 0; i < load.Lines.Count; i++)
                {
                    copy.StartRow();
                    copy.Write(IngestLoad.Region, NpgsqlDbType.Text);
                    copy.Write(1L, NpgsqlDbType.Bigint);
                    copy.Write(1L, NpgsqlDbType.Bigint);
                    copy.Write(((long)batch * load.Lines.Count) + i, NpgsqlDbType.Bigint);
                    copy.Write("VisitSettled", NpgsqlDbType.Text);
                    copy.Write(2L, NpgsqlDbType.Bigint);
                    copy.Write(1_741_136_523_004L + i, NpgsqlDbType.Bigint);
                    copy.Write(day, NpgsqlDbType.Date);
                    copy.Write(load.Lines[i].Line, NpgsqlDbType.Bytea);
                }
                copy.Complete();
            }
            transaction.Commit();
        }
        return Devices * BatchesOfDevice * load.Lines.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

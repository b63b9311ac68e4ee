using System.Diagnostics;
using EdgeHub.Hub;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Scenarios.Thousand;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.Unit.Postgres;
using Npgsql;
using Xunit.Abstractions;

namespace EdgeHub.Tests.Scenarios.Postgres;

/// <summary>PostgreSQL is restarted and killed under the hub's processes, in the middle of ingest and in the middle of a month's
/// close: nothing is lost, nothing stands twice, and nobody has to restart a hub.</summary>
[Trait("Engine", "Postgres")]
public sealed class KilledServerTests(ITestOutputHelper output)
{
    private const int Clinics = 60;
    private const int BatchLines = 2;
    private const string March = "2025-03";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [PostgresFact]
    public async Task Ingest_WhileTheServerIsRestartedAndKilled_LosesNothingAndStoresNothingTwice()
    {
        await using var server = await PrivateServer.Start();
        await using var county = await CountyOfClinics.Make(new SetClock(Station.Morning), Clinics, server.Database());
        using var hubs = await Serving.Start(county, processes: 2);
        using var stop = new CancellationTokenSource(Patience);
        using var fleet = new Fleet(county.Days, hubs.Next);

        var run = fleet.Run(BatchLines, seed: 3, stop.Token);
        await Stored(county, county.Events / 5, run);
        await server.Restart();
        await Stored(county, county.Events / 2, run);
        await server.Kill();
        var before = fleet.Through;
        await server.StartAgain();
        var report = await run;

        output.WriteLine(report.ToString());
        Assert.True(before < Clinics, "All agents were through before the server was killed: the test does not test.");
        Assert.True(report.SentAway > 0, "No agent met the server's end.");
        Assert.Equal(0, report.SentAwayWithoutATime);
        using (var beside = county.Beside())
        {
            await county.UntilJudged(beside);
        }
        Assert.All(hubs.Processes, process => Assert.False(process.HasEnded));
        hubs.Dispose();
        await county.HasAllOnce();
        await county.Hub.Close();
    }

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Close_InWhoseMiddleTheServerEnds_IsNotClosedAndIsClosedOnceWhenAskedAgain(bool killed)
    {
        const int few = 3;
        await using var server = await PrivateServer.Start();
        var words = server.Database();
        await using var county = await CountyOfClinics.Make(new SetClock(Station.Morning), few, words);
        using (var hubs = await Serving.Start(county, processes: 1))
        {
            using var fleet = new Fleet(county.Days, hubs.Next);
            await fleet.Run(batchLines: null, seed: 4, CancellationToken.None);
            using var beside = county.Beside();
            await county.UntilJudged(beside);
        }
        InApril(county);

        await using (var held = new NpgsqlConnection(words + ";Pooling=false"))
        {
            // The close has written its hash when it waits here for the table of its totals.
            await held.OpenAsync();
            await Execute(held, "begin; lock table ledger_period_total in exclusive mode");
            var close = Close(county);
            await UntilSomebodyWaits(held);
            await (killed ? server.Kill() : server.Restart());
            var (code, said) = await close;
            Assert.Equal(3, code);
            Assert.Contains("StoreUnreachable", said, StringComparison.Ordinal);
        }
        if (killed)
        {
            await server.StartAgain();
        }

        await county.Hub.Open();
        Assert.Equal(0, county.Hub.Number("select count(*) from public_ledger_period"));
        await county.Hub.Close();
        var (again, closed) = await Close(county);
        var (third, before) = await Close(county);

        Assert.True(again == 0 && closed.Contains("2025-03 is closed.", StringComparison.Ordinal), closed);
        Assert.True(third == 0 && before.Contains("closed before", StringComparison.Ordinal), before);
        await county.HasAllOnce();
        Assert.Equal(1, county.Hub.Number("select count(*) from public_ledger_period"));
        await county.Hub.Close();
    }

    /// <summary>Until so many lines are stored, while the fleet still sends.</summary>
    private static async Task Stored(CountyOfClinics county, int lines, Task run)
    {
        using var beside = county.Beside();
        while (!run.IsCompleted && beside.Read(session => session.ExecuteScalar<long>("select cast(coalesce(sum(seq), 0) as bigint) from public_device_head where device_no >= 1000")) < lines)
        {
            await Task.Delay(5);
        }
    }

    private static void InApril(CountyOfClinics county)
    {
        var offset = (long)(Station.Morning.AddDays(40) - TimeProvider.System.GetUtcNow()).TotalSeconds;
        HubStore.OpenOrMake(county.Folder, new HubSettings(Reference.Region, "Asia/Shanghai", offset), TimeProvider.System, new SystemEntropy()).Dispose();
    }

    /// <summary>hub month close, as an operator asks for it.</summary>
    private static async Task<(int Code, string Said)> Close(CountyOfClinics county)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(HubApp).Assembly.Location, "month", "close", "--month", March, "--operator", "clerk", "--data", county.Folder])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await errors);
    }

    private static async Task UntilSomebodyWaits(NpgsqlConnection connection)
    {
        for (var look = 0; look < 1_200; look++)
        {
            await using var command = new NpgsqlCommand("select count(*) from pg_locks where relation = 'ledger_period_total'::regclass and not granted", connection);
            if ((long)(await command.ExecuteScalarAsync())! > 0)
            {
                return;
            }
            await Task.Delay(50);
        }
        Assert.Fail("The close never came to its middle.");
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

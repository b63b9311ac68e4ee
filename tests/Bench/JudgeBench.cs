using System.Globalization;

namespace EdgeHub.Tests.Bench;

/// <summary>What it costs the hub to judge a settlement: time, processor, statements and round trips, on both engines. A year of a few
/// clinics comes in by quarters, so that most entries follow others of the same person.</summary>
internal static class JudgeBench
{
    public static async Task Run(string folder, Lent<PostgresServer> postgres, int settlements, Report report)
    {
        await Run(folder, null, "SQLite", settlements, report);
        if (postgres.For("judging on PostgreSQL", report) is { } server)
        {
            await Run(folder + "-postgres", server.Database(), "PostgreSQL", settlements, report);
        }
    }

    private static async Task Run(string folder, string? place, string engine, int settlements, Report report)
    {
        var judging = new Judging();
        using var hub = await new VerifyTile().Make(folder, settlements, place, judging);
        var facts = hub.Read(session => session.ExecuteScalar<long>("select count(*) from settlement_fact where region = @Region", new { VerifyTile.Region }));
        report.Add(new Row(
            $"judging, {engine}: each of {facts.ToString("N0", CultureInfo.InvariantCulture)} settlements",
            string.Create(CultureInfo.InvariantCulture, $"{judging.Took.TotalMicroseconds / facts:0} µs, {judging.Processor.TotalMicroseconds / facts:0} µs of the hub's processor; {judging.Statements / (double)facts:0.0} statements, {judging.RoundTrips / (double)facts:0.00} round trips"), "",
            facts / judging.Took.TotalSeconds, 0, AtLeast: true));
    }
}

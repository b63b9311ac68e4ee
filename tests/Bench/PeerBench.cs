using System.Diagnostics;
using System.Globalization;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Tests.Bench;

/// <summary>The same documents over loopback HTTP, by us and by PouchDB's replication (installed by npm into the bench's folder): out of
/// the local store, over the line, into the other side's store. Ours are durable and signed, PouchDB's are not.</summary>
internal static class PeerBench
{
    private const int Rounds = 45;
    private const int EachRound = 90;
    private const int Times = 3;

    public static async Task Run(string folder, Report report)
    {
        Directory.CreateDirectory(folder);
        using var agent = await AgentFixture.Open(Path.Combine(folder, "agent"));
        for (var round = 0; round < Rounds; round++)
        {
            await agent.NextRound();
            for (var i = 0; i < EachRound; i++)
            {
                await agent.Settle();
            }
        }
        var documents = await agent.Lines(Rounds * EachRound);
        var (ours, theirs) = (new List<double>(), new List<double>());
        var script = Install(folder, out var why);
        await File.WriteAllBytesAsync(Path.Combine(folder, "documents.ndjson"), documents.SelectMany(row => row.Line).ToArray());
        for (var time = 0; time < Times; time++)
        {
            ours.Add(await Ours(agent, Path.Combine(folder, $"hub{time}"), documents.Count));
            if (script is not null)
            {
                var own = Directory.CreateDirectory(Path.Combine(folder, $"peer{time}")).FullName;
                theirs.Add(double.Parse(Floors.Run("node", null, script, Path.Combine(folder, "documents.ndjson"), own).Trim().Split('\n')[^1], CultureInfo.InvariantCulture));
            }
        }
        var rate = Child.Median(ours);
        if (script is null)
        {
            report.Add(new Row("documents/s over HTTP", $"{rate:0}/s", "", rate, null, AtLeast: true));
            report.Missing("documents/s against PouchDB", why);
            return;
        }
        report.Add(new Row(
            "documents/s against PouchDB on the same work", $"{rate:0}/s, {documents.Average(row => row.Line.Length):0} B each", $"{Child.Median(theirs):0}/s", rate / Child.Median(theirs), 5, AtLeast: true));
    }

    /// <returns>The script beside its packages; null: npm or a package is missing, by name.</returns>
    private static string? Install(string folder, out string why)
    {
        try
        {
            Floors.Run("npm", null, "install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", "pouchdb@9.0.0", "express-pouchdb@4.2.0", "express@4");
        }
        catch (Exception missing) when (missing is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            why = "npm does not install pouchdb, express-pouchdb and express here";
            return null;
        }
        why = "";
        var script = Path.Combine(folder, "replicate.js");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "peer", "replicate.js"), script, overwrite: true);
        return script;
    }

    /// <summary>As an agent sends: the lines out of its store, a signed batch, one at a time, each acknowledged once it is durable.</summary>
    private static async Task<double> Ours(AgentFixture agent, string folder, int count)
    {
        using var load = IngestLoad.Of([]);
        using var hub = load.Hub(folder, 1);
        await using var app = await Serve(hub);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var (prev, seq) = (Chain.Zero, 0L);
        var start = Stopwatch.GetTimestamp();
        while (seq < count)
        {
            var rows = await agent.LinesAfter(seq, (int)Math.Min(BatchCodec.MaxEvents, count - seq));
            var lines = rows.Select(row => (ReadOnlyMemory<byte>)row.Line).ToList();
            using var body = new ByteArrayContent(load.Batch(0, seq + 1, prev, lines));
            using var answer = await http.PostAsync(new Uri("/sync/v1/journal", UriKind.Relative), body);
            var told = JournalCodec.ReadBody<JournalAnswer>(await answer.Content.ReadAsByteArrayAsync());
            if (told.Status != JournalAnswer.Acknowledged)
            {
                throw new InvalidOperationException(told.ToString());
            }
            (prev, seq) = (rows[^1].Hash, seq + rows.Count);
        }
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The hub's ingest behind HTTP, without its keys of access, as PouchDB's side is.</summary>
    private static async Task<WebApplication> Serve(HubStore hub)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var ingest = new JournalIngest(hub, new SegmentReader(), NullLogger<JournalIngest>.Instance);
        app.MapPost("/sync/v1/journal", async (HttpRequest request) =>
        {
            using var wire = new MemoryStream();
            await request.Body.CopyToAsync(wire);
            return Results.Json(await ingest.Receive(wire.ToArray()), JournalCodec.Options);
        });
        await app.StartAsync();
        return app;
    }
}

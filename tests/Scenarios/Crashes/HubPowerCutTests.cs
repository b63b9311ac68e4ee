using System.Globalization;
using EdgeHub.Hub;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Scenarios.Postgres;
using EdgeHub.Tests.Scenarios.Thousand;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.VirtualCard;
using Xunit.Abstractions;

namespace EdgeHub.Tests.Scenarios.Crashes;

/// <summary>A serving hub's files as a power cut would have left them, in more than a hundred moments of its work: what was acknowledged
/// before is there, nothing stands further than what is held, and everything that the hub keeps still follows from the journals.</summary>
public sealed class HubPowerCutTests(ITestOutputHelper output)
{
    private const int Clinics = 40;
    private const int BatchLines = 4;
    private const int Images = 120;
    private const int FewestImages = 100;

    /// <summary>One in so many is verified whole, the others as far as the journals go.</summary>
    private const int WholeEvery = 5;

    private const int OperationsBetween = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [PowerCutFact]
    public async Task PowerCuts_UnderTheHub_LoseNoAcknowledgedBatch()
    {
        await using var county = await CountyOfClinics.Make(new SetClock(Station.Morning), Clinics);
        var images = Directory.CreateDirectory(Path.Combine(county.Hub.Folder, "cuts")).FullName;
        using var stop = new CancellationTokenSource(Patience);
        var order = new FleetOrder();
        List<LightAgent> agents;
        using (var process = HubProcess.Launch(county.Folder, null, FreePorts.One(), PowerCut.Images(images, OperationsBetween, Images, seed: 11)))
        {
            Assert.True(await process.Ready(), "The hub did not come up.");
            using var http = new HttpClient();
            agents = [.. county.Days.Select((day, i) => new LightAgent(i, day, http, () => process.Address, order, BatchLines))];
            foreach (var some in agents.Chunk(6))
            {
                await Task.WhenAll(some.Select(agent => agent.Run(stop.Token)));
            }
            using (var beside = county.Beside())
            {
                await county.UntilJudged(beside);
            }
            process.Kill();
        }
        var acked = agents.SelectMany(agent => agent.Batches).ToList();
        var (held, lost, unsound, checkedImages) = (0L, 0L, new List<string>(), 0);
        foreach (var image in Directory.GetDirectories(images).Where(folder => !folder.EndsWith(".making", StringComparison.Ordinal)))
        {
            var at = long.Parse((await File.ReadAllTextAsync(Path.Combine(image, "at"), stop.Token)).Trim(), CultureInfo.InvariantCulture);
            var (kept, missing, fault) = Looked(county, image, acked.Where(batch => batch.Acked < at).ToList(), whole: checkedImages % WholeEvery == 0);
            (held, lost, checkedImages) = (held + kept, lost + missing, checkedImages + 1);
            if (fault is not null)
            {
                unsound.Add($"{Path.GetFileName(image)}: {fault}");
            }
        }
        output.WriteLine($"{checkedImages} power cuts under a serving hub, {held} acknowledged lines looked for, {lost} lost, {unsound.Count} stores unsound");
        Assert.Empty(unsound);
        Assert.Equal(0, lost);
        Assert.InRange(checkedImages, FewestImages, Images);

        // After the last one the hub is started on what was left, and the clinics send again.
        await GoesOn(county, Path.Combine(images, checkedImages.ToString(CultureInfo.InvariantCulture)), stop.Token);
    }

    private static (long Held, long Lost, string? Fault) Looked(CountyOfClinics county, string image, IReadOnlyList<SentBatch> acked, bool whole)
    {
        try
        {
            return Opened(county, image, acked, whole);
        }
        catch (StoreException refused)
        {
            return (0, 0, refused.Message);
        }
    }

    private static (long Held, long Lost, string? Fault) Opened(CountyOfClinics county, string image, IReadOnlyList<SentBatch> acked, bool whole)
    {
        var folder = Folder(county, image);
        using var hub = HubStore.Open(folder, new SetClock(Station.Morning), new SystemEntropy());
        using (var file = SqliteStore.Open(Path.Combine(folder, HubStore.FileName)))
        {
            if (file.QuickCheck() is not "ok" and var broken)
            {
                return (0, 0, broken);
            }
        }
        var heads = hub.Read(session => session.Query<(string Device, long Seq)>("select device, seq from public_device_head", new { })).ToDictionary(head => head.Device, head => head.Seq);
        var needed = acked.GroupBy(batch => county.Days[batch.Agent].Device).Select(device => (Device: device.Key, Through: device.Max(batch => batch.Through))).ToList();
        // Every line of every segment, so that no mark is beyond what is held.
        var notes = hub.Read(session =>
        {
            if (whole)
            {
                return VerifyCommand.Run(session, hub.Region);
            }
            var journals = new AuditNotes();
            new IngestAudit().Run(session, hub.Region, journals);
            return journals;
        });
        return (needed.Sum(device => device.Through), needed.Sum(device => Math.Max(0, device.Through - heads.GetValueOrDefault(device.Device))), notes.First?.ToString());
    }

    private static async Task GoesOn(CountyOfClinics county, string image, CancellationToken stop)
    {
        foreach (var file in Directory.GetFiles(county.Folder, HubStore.FileName + "*"))
        {
            File.Delete(file);
        }
        foreach (var file in Directory.GetFiles(image, HubStore.FileName + "*"))
        {
            File.Copy(file, Path.Combine(county.Folder, Path.GetFileName(file)));
        }
        using (var process = HubProcess.Launch(county.Folder, null, FreePorts.One(), []))
        {
            Assert.True(await process.Ready(), "The hub did not come up again.");
            using var http = new HttpClient();
            await Task.WhenAll(county.Days.Select((day, i) => new LightAgent(i, day, http, () => process.Address, new FleetOrder(), BatchLines).Run(stop)));
            using var beside = county.Beside();
            await county.UntilJudged(beside);
            process.Kill();
        }
        await county.HasAllOnce();
    }

    /// <summary>The hub's folder as a cut left it: its keys beside the files.</summary>
    private static string Folder(CountyOfClinics county, string image)
    {
        var folder = Directory.CreateDirectory(image + ".hub").FullName;
        foreach (var file in Directory.GetFiles(county.Folder, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith(HubStore.FileName, StringComparison.Ordinal)))
        {
            var to = Path.Combine(folder, Path.GetRelativePath(county.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        foreach (var file in Directory.GetFiles(image, HubStore.FileName + "*"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        return folder;
    }
}

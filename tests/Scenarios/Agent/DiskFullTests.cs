using System.Diagnostics;
using System.Net;
using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Agent;

/// <summary>Needs a small file system of its own.</summary>
public sealed class TmpfsFactAttribute : FactAttribute
{
    public TmpfsFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !Small.TryMount(out var mounted))
        {
            Skip = "Mounting a small tmpfs is not permitted here.";
            return;
        }
        Small.Unmount(mounted!);
    }
}

/// <summary>A tmpfs of 4 MiB.</summary>
internal static class Small
{
    public static bool TryMount(out string? folder)
    {
        folder = Directory.CreateTempSubdirectory("agent-full-").FullName;
        try
        {
            if (Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder))
            {
                return true;
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No mount program: as good as not permitted.
        }
        Directory.Delete(folder);
        folder = null;
        return false;
    }

    public static void Unmount(string folder)
    {
        Run("umount", folder);
        Directory.Delete(folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

public sealed class DiskFullTests
{
    [TmpfsFact]
    public async Task Settle_OnAFullDisk_IsRefusedByNameAndGoesOnWhenThereIsRoom()
    {
        Assert.True(Small.TryMount(out var disk));
        try
        {
            await using var station = await Station.StartIn(Path.Combine(disk!, "state"), ownFolder: false);
            var ballast = Path.Combine(disk!, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[2 * 1024 * 1024]);
            var visit = await station.CheckIn(1, "13");
            var confirmed = new List<Guid>();
            SettleRequest? refused = null;
            for (var ordinal = 1; ordinal <= 99 && refused is null; ordinal++)
            {
                var lines = Enumerable.Range(0, 200).Select(_ => new LineGiven("A1", 0.01m, 1m, 1)).ToList();
                var bill = station.Bill(1m) with { Ordinal = ordinal, Lines = lines };
                try
                {
                    confirmed.Add(Station.Settled(await station.Settle(visit.Visit, bill)).Settlement);
                }
                catch (StoreException full)
                {
                    Assert.Equal(Codes.DiskFull, full.Code);
                    refused = bill;
                }
            }
            Assert.NotNull(refused);
            Assert.Null(station.Store.Damage);
            Assert.IsType<LookUp<EdgeHub.Agent.Store.AnsweredRequest>.Refused>(await station.Part<LookUps>().ByRequestKey(refused.RequestKey!));

            File.Delete(ballast);
            confirmed.Add(Station.Settled(await station.Settle(visit.Visit, refused)).Settlement);
            await station.Restart();
            Assert.Null(station.Store.Damage);
            Assert.Equal(0, (await station.Sync()).Unacknowledged);
            Assert.Equal(confirmed, station.Hub.Entries().Where(entry => entry.Head.Kind == Kinds.VisitSettled)
                .Select(entry => Guid.Parse(System.Text.Json.Nodes.JsonNode.Parse(entry.Body)!["settlement"]!.GetValue<string>())));
        }
        finally
        {
            Small.Unmount(disk!);
        }
    }

    /// <summary>A machine is started again because "it does not work any more", and the disk is full to the last byte.</summary>
    [TmpfsFact]
    public async Task Start_OnAFullDisk_ShowsStatusAndPagesRefusesByNameAndGoesOnWhenThereIsRoom()
    {
        Assert.True(Small.TryMount(out var disk));
        try
        {
            var state = Path.Combine(disk!, "state");
            var station = await Station.StartIn(state, ownFolder: false);
            var settled = await station.Treat(1, 30m);
            await station.DisposeAsync();
            var ballast = Path.Combine(disk!, "ballast");
            Fill(ballast);
            using (var agent = await AgentProcess.Start(state))
            {
                var (status, told) = await agent.Get("/api/v1/status");
                Assert.True(status == HttpStatusCode.OK, told?.ToJsonString());
                Assert.Equal((true, settled.Seq), (told!["enrolled"]!.GetValue<bool>(), told["seq"]!.GetValue<long>()));
                // Its first entry is refused soon.
                for (var since = Stopwatch.StartNew(); told!["diskFull"] is null; told = (await agent.Get("/api/v1/status")).Body)
                {
                    Assert.True(since.Elapsed < TimeSpan.FromSeconds(60), told.ToJsonString());
                    await Task.Delay(20);
                }
                Assert.Contains("Free some space", told["diskFull"]!.GetValue<string>(), StringComparison.Ordinal);
                Assert.Equal(HttpStatusCode.OK, (await agent.Get($"/api/v1/settlements/{settled.Settlement}")).Status);
                foreach (var page in (string[])["/desk/signin", "/desk/bar", "/kiosk"])
                {
                    using var shown = await agent.Http.GetAsync(page);
                    Assert.True(shown.IsSuccessStatusCode, $"{page}: {shown.StatusCode} {await shown.Content.ReadAsStringAsync()}");
                    Assert.Equal(page != "/kiosk", (await shown.Content.ReadAsStringAsync()).Contains("The disk is full", StringComparison.Ordinal));
                }
                var (refusedAs, refusal) = await agent.Post("/api/v1/visits", new { visitType = "13", evidence = new { kind = "idnumber", number = Reference.IdNumber(2) }, @operator = "op" });
                Assert.Equal((HttpStatusCode.InsufficientStorage, Codes.DiskFull), (refusedAs, refusal!["code"]!.GetValue<string>()));

                File.Delete(ballast);
                var emptied = Stopwatch.StartNew();
                while ((await agent.Post("/api/v1/visits", new { visitType = "13", evidence = new { kind = "idnumber", number = Reference.IdNumber(2) }, @operator = "op" })).Status != HttpStatusCode.OK)
                {
                    Assert.True(emptied.Elapsed < TimeSpan.FromSeconds(60), "It does not go on although there is room.");
                    await Task.Delay(200);
                }
                agent.Kill();
            }
        }
        finally
        {
            Small.Unmount(disk!);
        }
    }

    /// <summary>To the last byte.</summary>
    private static void Fill(string ballast)
    {
        using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        for (var piece = 1 << 16; piece > 0; piece /= 2)
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[piece]);
                }
            }
            catch (IOException)
            {
                // No room for so much; for less perhaps.
            }
        }
    }
}

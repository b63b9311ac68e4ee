using System.Globalization;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart.Events;

/// <summary>The line to the hub: cut, offline, back.</summary>
public static class Lines
{
    private const int PatienceSeconds = 90;

    /// <summary>Longer than the minutes without the hub that count as offline.</summary>
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(15);

    /// <summary>The hub dies without a farewell; every clinic notices.</summary>
    public static async Task<string> CutAsync(Stage stage, Dictionary<string, string> facts, CancellationToken stop)
    {
        stage.Hub.KillHard();
        stage.Demo.MoveOn(LongEnough);
        await Task.WhenAll(stage.Sites.Select(site =>
        {
            site.Stop();
            return site.StartAsync(stage.Hub.Url, stop);
        }));
        await UntilAsync(stage, site => IsOfflineAsync(site, stop), "notice that the line is cut", stop);
        facts["offlineSites"] = $"{stage.Sites.Count}";
        return $"The line is cut: the hub's process is killed (-9). A quarter of an hour later (the demonstration moves its clock, for which the clinics are restarted) "
            + $"all {stage.Sites.Count} clinics count as offline and go on by their own books.";
    }

    /// <summary>The hub is started again; every clinic sends what it holds until nothing is unacknowledged.</summary>
    public static async Task<string> ReturnAsync(Stage stage, Dictionary<string, string> facts, CancellationToken stop)
    {
        long held = 0;
        foreach (var site in stage.Sites)
        {
            held += await UnacknowledgedAsync(site, stop);
        }
        MorningFault.Unless(held > 0, "No clinic held anything back, so the line was not cut.");
        var start = stage.Clock.GetTimestamp();
        await stage.Hub.StartAsync(stop);
        await AllSentAsync(stage, stop);
        facts["heldEntries"] = held.ToString(CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture,
            $"The line is back: {held} journal entries that the clinics held are at the hub after {stage.Clock.GetElapsedTime(start).TotalSeconds:0.0} s, start of the hub included; nothing is unacknowledged.");
    }

    public static Task AllSentAsync(Stage stage, CancellationToken stop) => UntilAsync(stage, async site =>
    {
        await site.SyncAsync(stop);
        return await UnacknowledgedAsync(site, stop) == 0;
    }, "have everything acknowledged", stop);

    public static async Task<long> UnacknowledgedAsync(AgentSite site, CancellationToken stop) =>
        (await site.GetAsync("/api/v1/status", stop)).Expect($"{site.Place.Name}, status").Number("unacknowledged");

    /// <summary>Waits until something holds at every site.</summary>
    public static async Task UntilAsync(Stage stage, Func<AgentSite, Task<bool>> holds, string what, CancellationToken stop)
    {
        var start = stage.Clock.GetTimestamp();
        foreach (var site in stage.Sites)
        {
            while (!await holds(site))
            {
                MorningFault.Unless(stage.Clock.GetElapsedTime(start).TotalSeconds < PatienceSeconds, $"{PatienceSeconds} seconds, and {site.Place.Name} has not done this: {what}.");
                await Task.Delay(TimeSpan.FromMilliseconds(200), stage.Clock, stop);
            }
        }
    }

    private static async Task<bool> IsOfflineAsync(AgentSite site, CancellationToken stop) =>
        (await site.GetAsync("/api/v1/status", stop)).Expect($"{site.Place.Name}, status").Body?["offline"]?.GetValue<bool>() == true;
}

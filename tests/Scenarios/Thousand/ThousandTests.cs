using System.Globalization;
using EdgeHub.Hub.Access;
using EdgeHub.Tests.Scenarios.Postgres;
using EdgeHub.Tests.Unit.Agent.Kit;
using Xunit.Abstractions;

namespace EdgeHub.Tests.Scenarios.Thousand;

/// <summary>A county's clinics were cut off for a day, and the line comes back for all of them within a second. Real hub processes
/// (two of them on PostgreSQL), a thousand senders over loopback.</summary>
public sealed class ThousandTests(ITestOutputHelper output)
{
    /// <summary>Of a hub process, as the system counts it: the runtime and its pools, what SyncLimits lets in, and the settling of what came.</summary>
    private const long MostMegabytes = 400;

    private const int NarrowClinics = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>EDGEHUB_THOUSAND gives another number of clinics.</summary>
    private static int Clinics =>
        int.TryParse(Environment.GetEnvironmentVariable("EDGEHUB_THOUSAND"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 1_000;

    [Fact]
    public async Task Thousand_ComingBackAtOnce_LoseNothingAreServedInTurnAndTheHubStaysSmall()
    {
        await using var county = await CountyOfClinics.Make(new SetClock(Station.Morning), Clinics);
        using var hubs = await Serving.Start(county, processes: county.Hub.Words is null ? 1 : 2);
        using var stop = new CancellationTokenSource(Patience);
        using var fleet = new Fleet(county.Days, hubs.Next);

        var report = await fleet.Run(batchLines: null, seed: 1, stop.Token);

        output.WriteLine(report.ToString());
        Assert.Equal((county.Events, 0), (report.Events, report.SentAwayWithoutATime));
        // Nobody who waits is overtaken. Those inside end in any order (one of them may open a connection while others have theirs), and
        // the system hands over what comes at one moment in an order of its own: as many as fit inside, at each process, not one more.
        var inside = new SyncLimits().MostInside;
        Assert.InRange(report.Overtaken.Count(times => times > inside), 0, inside * hubs.Count);
        using (var beside = county.Beside())
        {
            await county.UntilJudged(beside);
        }
        var peak = hubs.PeakMegabytes;
        output.WriteLine($"peak memory of a hub process: {peak} MB");
        Assert.InRange(peak, 1, MostMegabytes);
        hubs.Dispose();
        await county.HasAllOnce();
    }

    [Fact]
    public async Task Gate_ThatIsNarrow_SendsAwayWithATimeToComeBackAndNobodyIsLost()
    {
        await using var county = await CountyOfClinics.Make(new SetClock(Station.Morning), NarrowClinics);
        using var hubs = await Serving.Start(county, processes: 1, "--sync-inside", "1", "--sync-waiting", "5");
        using var stop = new CancellationTokenSource(Patience);
        using var fleet = new Fleet(county.Days, hubs.Next);

        var report = await fleet.Run(batchLines: null, seed: 2, stop.Token);

        output.WriteLine(report.ToString());
        Assert.True(report.SentAway > 0, "The narrow gate sent nobody away: the test does not test.");
        Assert.Equal(0, report.SentAwayWithoutATime);
        using (var beside = county.Beside())
        {
            await county.UntilJudged(beside);
        }
        hubs.Dispose();
        await county.HasAllOnce();
    }
}

/// <summary>Hub processes over one county, asked in turn.</summary>
internal sealed class Serving : IDisposable
{
    private readonly List<HubProcess> _processes;
    private readonly List<string> _folders;
    private int _turn;

    private Serving(List<HubProcess> processes, List<string> folders) => (_processes, _folders) = (processes, folders);

    public int Count => _processes.Count;

    public IReadOnlyList<HubProcess> Processes => _processes;

    public long PeakMegabytes => _processes.Max(process => process.PeakMegabytes);

    public static async Task<Serving> Start(CountyOfClinics county, int processes, params string[] more)
    {
        var serving = new Serving([], []);
        for (var i = 0; i < processes; i++)
        {
            var folder = i == 0 ? county.Folder : serving.FurtherFolder(county);
            serving._processes.Add(await HubProcess.Start(folder, county.Hub.Words, more));
        }
        return serving;
    }

    public Uri Next() => _processes[(Interlocked.Increment(ref _turn) & int.MaxValue) % _processes.Count].Address;

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }
        foreach (var folder in _folders)
        {
            Directory.Delete(folder, recursive: true);
        }
        _processes.Clear();
        _folders.Clear();
    }

    /// <summary>Another machine's folder: the keys were copied, the words of connection are given.</summary>
    private string FurtherFolder(CountyOfClinics county)
    {
        var folder = Directory.CreateTempSubdirectory("further-hub-").FullName;
        _folders.Add(folder);
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        foreach (var key in (string[])["hub.p8", "ticket.key"])
        {
            File.Copy(Path.Combine(county.Folder, "keys", key), Path.Combine(folder, "keys", key));
        }
        return folder;
    }
}

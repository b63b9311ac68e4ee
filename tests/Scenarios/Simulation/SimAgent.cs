using EdgeHub.Agent;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>The real agent of a site, moved by hand: a store without a thread of its own, a machine's clock, a line. It can die at any
/// commit and start again over what then lay on its disk; its folder can be copied, put back, or lost.</summary>
internal sealed class SimAgent : IDisposable
{
    private const int MostSteps = 400;
    private static readonly FilePlace Files = new();
    private readonly World _world;
    private readonly string _root;
    private int _lives;
    private ServiceProvider? _parts;
    private EdgeHub.Agent.Agent? _agent;

    public SimAgent(World world, string site, string name)
    {
        (_world, Site, Name) = (world, site, name);
        _root = Path.Combine(world.Folder, name);
        Clock = new MachineClock(world.Time);
        Folder = NextFolder();
    }

    public string Site { get; }
    public string Name { get; }
    public string Folder { get; private set; }
    public MachineClock Clock { get; }
    public FaultyDisk Disk { get; private set; } = null!;
    public AgentStore Store => _agent!.Store;
    public bool IsOpen => _agent is not null;

    /// <summary>Nothing comes through.</summary>
    public bool IsCut { get; set; }

    /// <summary>A second copy of the device lives, or lived.</summary>
    public bool IsCloned { get; set; }

    /// <summary>Its store was put back, or is another machine's: what it once answered it may not know.</summary>
    public int Lives { get; set; }

    /// <summary>Jumps of the wall clock that the running process must note with its next entry.</summary>
    public int JumpsToNote { get; set; }

    public string State => IsCloned ? "cloned" : Lives > 0 ? "restored" : IsCut ? "offline" : "up";

    public T Part<T>() where T : notnull => _parts!.GetRequiredService<T>();

    /// <summary>Starts the service; as its worker does, it asks the hub once.</summary>
    public void Open()
    {
        Disk = new FaultyDisk(Name, _ => Folders.Copy(Folder, NextFolder()), Files, _world.Plan);
        var options = new AgentOptions(Folder, new Uri("http://hub.sim"), TimeSpan.Zero, true, TimeSpan.FromHours(1), null);
        _agent = _world.Thread.Run(() => EdgeHub.Agent.Agent.Open(options, Clock, new SeededEntropy(_world.Chance.Next()), Disk, ownThread: false));
        JumpsToNote = 0;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        _agent.AddTo(services, new SimLine(_world, this));
        services.TryAddSingleton<MoveByHand>();
        _parts = services.BuildServiceProvider();
        Assert.True(Store.Damage is null, $"{Name} finds its store damaged: {Store.Damage}");
        if (Store.Site is not null)
        {
            Run("start", async () =>
            {
                await Store.Announce("sim");
                return await Part<SyncRound>().StepOnce(CancellationToken.None);
            });
        }
    }

    /// <summary>Starts again over what lay on the disk when it died.</summary>
    public void Rise()
    {
        var old = Folder;
        Close();
        Folder = Path.Combine(_root, $"life-{_lives}");
        Directory.Delete(old, recursive: true);
        Open();
    }

    /// <summary>Stops as a service is stopped.</summary>
    public void Close()
    {
        _parts?.Dispose();
        _agent?.Dispose();
        (_parts, _agent) = (null, null);
    }

    /// <summary>Takes another folder's content as its own: a backup that is put back, a machine's copy.</summary>
    public void TakeOver(string folder, bool wipe = true)
    {
        Close();
        if (wipe)
        {
            Directory.Delete(Folder, recursive: true);
            Folder = NextFolder();
        }
        Folders.Copy(folder, Folder);
        Lives++;
    }

    /// <summary>An empty disk: the machine was replaced.</summary>
    public void Wipe()
    {
        Close();
        Directory.Delete(Folder, recursive: true);
        Folder = NextFolder();
        Lives++;
    }

    /// <summary>Something at this machine. A crash leaves it dead; a store that refuses is told by its code.</summary>
    public (T? Value, string Failure) Run<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return (_world.Thread.Run(work), "");
        }
        catch (SimulatedCrash crash) when (crash.Disk == Disk)
        {
            _world.Note($"{Name} {what} died");
            return (default, "Crashed");
        }
        catch (StoreException store) when (!Disk.IsDead)
        {
            _world.Note($"{Name} {what} {store.Code}");
            Assert.True(store.Code is Codes.DiskFull, $"{Name} {what}: {store}");
            return (default, store.Code);
        }
        catch (Exception) when (Disk.IsDead)
        {
            _world.Note($"{Name} {what} died");
            return (default, "Crashed");
        }
    }

    /// <summary>A round with the hub, or the beginning of one.</summary>
    public SyncReport? Sync(int steps = MostSteps)
    {
        var round = Part<SyncRound>();
        var (report, failure) = Run("sync", async () =>
        {
            if (steps == MostSteps)
            {
                await Store.Announce("sim");
                round.Begin();
            }
            for (var step = 0; step < steps; step++)
            {
                if (await round.StepOnce(CancellationToken.None) is SyncStep.Ended ended)
                {
                    return ended.Report;
                }
            }
            return null;
        });
        if (report is not null)
        {
            _world.Note($"{Name} round {(report.Heard ? "heard" : "not heard")} sent {report.SentLines} rows {report.FeedRows} open {report.Unacknowledged} {report.Failure}");
            _world.Auditor.RoundEnded(this, report);
        }
        return failure.Length == 0 ? report : null;
    }

    public (EdgeHub.Sync.Journal.ChainHead Head, ChainHead Acked) Heads() =>
        _world.Thread.Run(() => Store.Do(session => (Store.Journal.Head(session), Store.Journal.Acked(session))));

    /// <summary>Every line that this store holds, of all epochs.</summary>
    public IReadOnlyList<JournalRow> Journal()
    {
        // Who looks from outside has room: the first look after a start signs the head again, which a full disk refuses.
        var isFull = Disk.IsFull;
        Disk.IsFull = false;
        var rows = _world.Thread.Run(() => Store.Do(session => (IReadOnlyList<JournalRow>)[.. Enumerable.Range(1, (int)Store.Journal.Head(session).Epoch)
            .SelectMany(epoch => Store.Journal.After(session, epoch, 0, int.MaxValue, int.MaxValue))]));
        Disk.IsFull = isFull;
        return rows;
    }

    /// <summary>The same of a machine that may be dead: it starts again first.</summary>
    public IReadOnlyList<JournalRow> JournalOnDisk()
    {
        if (Disk.IsDead)
        {
            Rise();
        }
        return Journal();
    }

    public bool Enrol(string code) => Run("enrol", () => Part<Enrol>().With(new EnrolAsked("http://hub.sim", code), CancellationToken.None)).Value is EnrolOutcome.Enrolled;

    public void Dispose() => Close();

    private string NextFolder() => Directory.CreateDirectory(Path.Combine(_root, $"life-{++_lives}")).FullName;
}

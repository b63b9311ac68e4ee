using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Settlement;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>Something that changed the hub's store, as a replay does it again.</summary>
/// <param name="Version">Of the feeds, behind it; null: not known. What died half way took other numbers than the whole does, and sites name them.</param>
/// <param name="Commits">It broke behind so many; null: it was done whole, or the hub itself goes on with it. Somebody does the rest later, if ever.</param>
internal sealed record HubOp(DateTimeOffset At, string Name, Action<SimHub> Do, long? Version = null, long? Commits = null);

/// <summary>The real hub, moved by hand: its ingest, settlement, feeds and commands over a store without a thread of its own. It can die
/// at any commit, be started again over what then lay on the disk, and be put back to an earlier copy.</summary>
internal sealed class SimHub : IDisposable
{
    private readonly string _root;
    private readonly VirtualTime _time;
    private readonly Chance _chance;
    private readonly IHubPlace _place = HubPlace.New();
    private int _lives;
    private DeviceGate _gate = null!;

    public SimHub(string root, VirtualTime time, Chance chance)
    {
        (_root, _time, _chance) = (root, time, chance);
        Clock = new MachineClock(time);
        Folder = NextFolder();
        Open(restored: false);
    }

    public string Folder { get; private set; }
    public MachineClock Clock { get; }
    public FaultyDisk Disk { get; private set; } = null!;
    public HubStore Store { get; private set; } = null!;
    public JournalIngest Ingest { get; private set; } = null!;
    public Epochs Epochs { get; private set; } = null!;
    public FeedPages Pages { get; private set; } = null!;
    public PersonFind Persons { get; private set; } = null!;
    public Enrolment Enrolment { get; private set; } = null!;
    public Greeting Greeting { get; private set; } = null!;
    public SettlementStep Settlement { get; private set; } = null!;
    public CountyIndexStep County { get; private set; } = null!;

    /// <summary>Everything that was committed and holds, in its order.</summary>
    public List<HubOp> Log { get; } = [];

    /// <summary>Failures that no code names: the service would have answered 500.</summary>
    public List<string> Unexpected { get; } = [];

    public void Open(bool restored)
    {
        // Who starts it sets its clock: the start would refuse a clock far from the last batch.
        Clock.Skew = TimeSpan.Zero;
        Disk = new FaultyDisk("hub", _ => Copied(), _place);
        Store = HubStore.OpenOrMake(
            Folder, new HubSettings(Reference.Region, "Asia/Shanghai", 0), Clock, new SeededEntropy(_chance.Next()), Disk, serving: true, restored, _place.Words, ownThread: false);
        var segments = new SegmentReader();
        (Ingest, Epochs) = (new JournalIngest(Store, segments, NullLogger<JournalIngest>.Instance), new Epochs(Store, segments));
        (Pages, Persons, Enrolment, Greeting) = (new FeedPages(Store), new PersonFind(Store), new Enrolment(Store), new Greeting(Store));
        var version = Store.Read(session => Counters.Peek(session, Reference.Region, FeedVersions.Counter));
        Log.Add(new HubOp(_time.Now, "opened", hub => hub.Store.Write(session => { Counters.Raise(session, Reference.Region, FeedVersions.Counter, version); return true; })));
        (Settlement, County, _gate) = (new SettlementStep(Store), new CountyIndexStep(Store), new DeviceGate(Store));
    }

    /// <summary>Does something and, where it committed anything, keeps it for a replay.</summary>
    public T Do<T>(string name, Func<SimHub, T> work)
    {
        var before = Disk.Commits;
        try
        {
            return work(this);
        }
        finally
        {
            Keep(before, name, hub => work(hub));
        }
    }

    public async Task<T> DoAsync<T>(string name, Func<SimHub, Task<T>> work, Action<SimHub> again)
    {
        var before = Disk.Commits;
        try
        {
            return await work(this);
        }
        finally
        {
            Keep(before, name, again);
        }
    }

    /// <summary>The same of what nobody goes on with by himself: a replay does no more of it than was done here.</summary>
    public T DoInParts<T>(string name, Func<SimHub, T> work)
    {
        var (before, isWhole) = (Disk.Commits, false);
        try
        {
            var done = work(this);
            isWhole = true;
            return done;
        }
        finally
        {
            Keep(before, name, hub => work(hub), isWhole ? null : Disk.Commits - before);
        }
    }

    /// <summary>A part of what stands in another hub's log: that hub broke behind so many commits.</summary>
    public void DoPart(HubOp op)
    {
        Disk.Arm(StorePoint.Commit, (int)op.Commits!.Value + 1);
        try
        {
            op.Do(this);
            Disk.Disarm();
        }
        catch (Exception failed) when (Broke(failed))
        {
            Rise();
        }
    }

    /// <summary>Read beside the store, so that no fault that waits for a statement meets this one.</summary>
    private long? FeedVersion()
    {
        if (IsShared)
        {
            return null;
        }
        using var beside = SqliteStore.Open(Path.Combine(Folder, HubStore.FileName), readOnly: true, IStoreWatch.None);
        return beside.Read(session => Counters.Peek(session, Reference.Region, FeedVersions.Counter));
    }

    private void Keep(long before, string name, Action<SimHub> again, long? commits = null)
    {
        if (Disk.Commits != before)
        {
            Log.Add(new HubOp(_time.Now, name, again, FeedVersion(), commits));
        }
    }

    /// <summary>The device that a header speaks for.</summary>
    public Device Let(string authorization) => _gate.Check(authorization) is var (device, fault) && device is not null ? device : throw new FaultException(fault);

    /// <summary>Judges everything that waits; bounded.</summary>
    public void SettleAll()
    {
        for (var step = 0; step < 500; step++)
        {
            var busy = Do("settle", hub => hub.Settlement.RunOnce()) | Do("county", hub => hub.County.RunOnce());
            if (!busy)
            {
                return;
            }
        }
        Assert.Fail("The hub does not come to an end with what it stored.");
    }

    /// <summary>Starts over what lay on the disk when it died.</summary>
    public void Rise()
    {
        Close();
        Folder = Path.Combine(_root, $"hub-{_lives}");
        Open(restored: false);
    }

    /// <summary>A copy of the database as a backup finds it.</summary>
    public HubBackup Backup()
    {
        if (!_place.CopiesAtRest)
        {
            return new HubBackup(_place.BackUp(Folder, NextFolder()), Log.Count);
        }
        var isFull = Disk.IsFull;
        Close();
        var backup = new HubBackup(_place.BackUp(Folder, NextFolder()), Log.Count);
        Open(restored: false);
        Disk.IsFull = isFull;
        return backup;
    }

    /// <summary>The database is put back; the keys stay as they are.</summary>
    public void PutBack(HubBackup backup)
    {
        Close();
        _place.PutBack(Folder, backup.Copy);
        Log.RemoveRange(backup.Ops, Log.Count - backup.Ops);
        Open(restored: false);
    }

    public long Number(string sql) => Store.Read(session => session.ExecuteScalar<long>(sql));

    public IReadOnlyList<T> Query<T>(string sql) => Store.Read(session => session.Query<T>(sql, new { }));

    /// <summary>Whether something failed because the hub, or its way to its rows, broke in the middle of it.</summary>
    public bool Broke(Exception failed) => Disk.IsDead || (Disk.Cuts > 0 && failed is StoreException { Code: Codes.StoreUnreachable });

    /// <summary>Its rows lie on a server.</summary>
    public bool IsShared => Store.IsShared;

    /// <summary>A column of bytes as text, in the words of the engine.</summary>
    public string Hex(string column) => _place.Hex(column);

    public void Dispose()
    {
        Close();
        _place.Dispose();
    }

    private void Close() => Store.Dispose();

    private void Copied()
    {
        var next = NextFolder();
        Folders.Copy(Folder, next);
    }

    private string NextFolder() => Directory.CreateDirectory(Path.Combine(_root, $"hub-{++_lives}")).FullName;
}

/// <param name="Copy">What its place calls it.</param>
/// <param name="Ops">How many of the hub's doings it holds.</param>
internal sealed record HubBackup(string Copy, int Ops);

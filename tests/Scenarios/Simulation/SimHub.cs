using EdgeHub.Hub;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Settlement;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>Something that changed the hub's store, as a replay does it again.</summary>
/// <param name="Version">Of the feeds, behind it; null: not known. What died half way took other numbers than the whole does, and sites name them.</param>
/// <param name="Commits">It broke behind so many; null: it was done whole, or the hub itself goes on with it. Somebody does the rest later, if ever.</param>
internal sealed record HubOp(DateTimeOffset At, string Name, Action<SimHub> Do, long? Version = null, long? Commits = null);

/// <summary>The real hub, moved by hand: its ingest, settlement, feeds and commands over a store without a thread of its own. It can die
/// at any commit, be started again over what then lay on the disk, and be put back to an earlier copy. Where its rows lie on a server two
/// processes serve it in turn, and either may die.</summary>
internal sealed class SimHub : IDisposable
{
    private const string Keys = "keys";
    private const string Mark = "feed.mark";
    private readonly string _root;
    private readonly VirtualTime _time;
    private readonly Chance _chance;
    private readonly Chance _turns;
    private readonly CrashPlan? _plan;
    private readonly IHubPlace _place = HubPlace.New();
    private readonly HubProcess?[] _processes;
    private readonly FaultyDisk[] _disks;
    private readonly string[] _folders;
    private readonly string?[] _left;
    private readonly bool[] _areRestored;
    private int _now;
    private int _lives;
    private long? _commandDiesBehind;

    /// <param name="processes">That serve it where its rows lie on a server.</param>
    public SimHub(string root, VirtualTime time, Chance chance, int processes = 1, CrashPlan? plan = null)
    {
        (_root, _time, _chance, _turns, _plan) = (root, time, chance, new Chance(0x7117), plan);
        Clock = new MachineClock(time);
        var count = _place.Words is null ? 1 : processes;
        (_processes, _disks, _folders, _left, _areRestored) = (new HubProcess?[count], new FaultyDisk[count], new string[count], new string?[count], new bool[count]);
        for (var i = 0; i < count; i++)
        {
            _folders[i] = NextFolder();
            if (i > 0)
            {
                // The mark of what was told is each process's own.
                Folders.Copy(Path.Combine(_folders[0], Keys), Path.Combine(_folders[i], Keys));
                File.Delete(Path.Combine(_folders[i], Keys, Mark));
            }
            Open(i);
        }
    }

    public MachineClock Clock { get; }

    private HubProcess Now => _processes[_now] ?? throw new InvalidOperationException("The hub did not come up: Rise.");

    public string Folder => _folders[_now];
    public FaultyDisk Disk => _disks[_now];
    public HubStore Store => Now.Store;
    public JournalIngest Ingest => Now.Ingest;
    public Epochs Epochs => Now.Epochs;
    public FeedPages Pages => Now.Pages;
    public PersonFind Persons => Now.Persons;
    public Enrolment Enrolment => Now.Enrolment;
    public Greeting Greeting => Now.Greeting;
    public SettlementStep Settlement => Now.Settlement;
    public CountyIndexStep County => Now.County;

    /// <summary>Everything that was committed and holds, in its order.</summary>
    public List<HubOp> Log { get; } = [];

    /// <summary>Failures that no code names: the service would have answered 500.</summary>
    public List<string> Unexpected { get; } = [];

    /// <summary>What writes is refused for want of room, whichever process it comes to.</summary>
    public bool IsFull
    {
        get => Disk.IsFull;
        set => Array.ForEach(_disks, disk => disk.IsFull = value);
    }

    /// <summary>Some process of it does not run.</summary>
    public bool MissesOne => _disks.Any(disk => disk.IsDead);

    /// <summary>Who asks next comes to another process, if one lives.</summary>
    /// <returns>Which; null: there is but one.</returns>
    public int? Turn()
    {
        if (_processes.Length == 1)
        {
            return null;
        }
        var living = Enumerable.Range(0, _processes.Length).Where(i => !_disks[i].IsDead).ToList();
        _now = living.Count > 0 ? _turns.Of(living) : _now;
        return _now;
    }

    public void Disarm()
    {
        foreach (var disk in _disks)
        {
            disk.Disarm();
        }
    }

    /// <summary>One step of a writer that has something to write.</summary>
    public bool WriteOnce() => _processes.Any(process => process?.Store.WriteOnce() == true);

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
            Keep(Disk.Commits - before, name, hub => work(hub));
        }
    }

    public async Task<T> DoAsync<T>(string name, Func<SimHub, Task<T>> work, Action<SimHub> again)
    {
        var (disk, before) = (Disk, Disk.Commits);
        try
        {
            return await work(this);
        }
        finally
        {
            Keep(disk.Commits - before, name, again);
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
            Keep(Disk.Commits - before, name, hub => work(hub), isPart: !isWhole);
        }
    }

    /// <summary>A part of what stands in another hub's log: that hub broke behind so many commits.</summary>
    public void DoPart(HubOp op)
    {
        _commandDiesBehind = op.Commits;
        Disk.Arm(StorePoint.Commit, (int)op.Commits!.Value + 1);
        try
        {
            op.Do(this);
        }
        catch (Exception failed) when (failed is SimulatedCrash || Broke(failed))
        {
            Disarm();
            RiseDead();
        }
        _commandDiesBehind = null;
        Disarm();
    }

    /// <summary>A command, as another process gives it beside those that serve.</summary>
    /// <param name="arm">Says where that process dies.</param>
    /// <param name="dies">What dies with it.</param>
    /// <exception cref="SimulatedCrash">It died: nobody was told what it did.</exception>
    public (int Code, string Words) Command(IReadOnlyList<string> args, ulong seed, Action<FaultyDisk> arm, Action dies)
    {
        var (words, isWhole) = (new StringWriter(), false);
        var disk = new FaultyDisk("command", _ => dies(), _place, _plan);
        if (_commandDiesBehind is { } behind)
        {
            disk.Arm(StorePoint.Commit, (int)behind + 1);
        }
        arm(disk);
        try
        {
            var frame = new CommandFrame(Clock, new SeededEntropy(seed), words, TextWriter.Null) { Watch = disk, OwnThread = false };
            MonthCommand.Register(frame);
            CaseCommands.Register(frame);
            PolicyRetroCommands.Register(frame);
            var code = frame.Run([.. args, "--data", Folder]).GetAwaiter().GetResult();
            isWhole = !disk.IsDead;
            return (code, words.ToString());
        }
        finally
        {
            Keep(disk.Commits, string.Join(' ', args), hub => hub.Command(args, seed, _ => { }, () => { }), isPart: !isWhole);
        }
    }

    /// <summary>Read beside the store, so that no fault that waits for a statement meets this one.</summary>
    private long? FeedVersion()
    {
        if (_place.Words is not null)
        {
            return null;
        }
        using var beside = SqliteStore.Open(Path.Combine(Folder, HubStore.FileName), readOnly: true, IStoreWatch.None);
        return beside.Read(session => Counters.Peek(session, Reference.Region, FeedVersions.Counter));
    }

    private void Keep(long commits, string name, Action<SimHub> again, bool isPart = false)
    {
        if (commits > 0)
        {
            Log.Add(new HubOp(_time.Now, name, again, FeedVersion(), isPart ? commits : null));
        }
    }

    /// <summary>The device that a header speaks for.</summary>
    public Device Let(string authorization) => Now.Let(authorization);

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

    /// <summary>Those that died start again over what lay on the disk then. A start writes: where a server has no room it waits for some.</summary>
    public void RiseDead()
    {
        var hasRoom = !_disks.Any(disk => disk is { IsDead: false, IsFull: true });
        for (var i = 0; i < _processes.Length; i++)
        {
            if (_disks[i].IsDead && hasRoom)
            {
                _processes[i]?.Dispose();
                (_folders[i], _left[i]) = (_left[i] ?? _folders[i], null);
                Open(i);
            }
        }
    }

    /// <summary>A copy of the database as a backup finds it.</summary>
    public HubBackup Backup()
    {
        if (!_place.CopiesAtRest)
        {
            return Copy();
        }
        var isFull = IsFull;
        Close();
        var backup = Copy();
        OpenAll(Restored.Seen);
        IsFull = isFull;
        return backup;
    }

    private HubBackup Copy()
    {
        var spare = NextFolder();
        var copy = _place.BackUp(Folder, spare);
        Folders.Copy(Path.Combine(Folder, Keys), Path.Combine(spare, Keys));
        return new HubBackup(copy, Path.Combine(spare, Keys, Mark), Log.Count);
    }

    /// <summary>A backup is put back; those who serve start again, and are told so where they cannot see it.</summary>
    public void PutBack(HubBackup backup, Restored how)
    {
        Close();
        _place.PutBack(Folder, backup.Copy, withMark: how != Restored.RowsAlone);
        foreach (var folder in _folders.Where(_ => how == Restored.Whole))
        {
            File.Copy(backup.Mark, Path.Combine(folder, Keys, Mark), overwrite: true);
        }
        Log.RemoveRange(backup.Ops, Log.Count - backup.Ops);
        OpenAll(how);
    }

    public long Number(string sql) => Store.Read(session => session.ExecuteScalar<long>(sql));

    public IReadOnlyList<T> Query<T>(string sql) => Store.Read(session => session.Query<T>(sql, new { }));

    /// <summary>Whether something failed because the hub, or its way to its rows, broke in the middle of it.</summary>
    public bool Broke(Exception failed) => Disk.IsDead || (_disks.Any(disk => disk.Cuts > 0) && failed is StoreException { Code: Codes.StoreUnreachable });

    /// <summary>Its rows lie on a server.</summary>
    public bool IsShared => Store.IsShared;

    /// <summary>A column of bytes as text, in the words of the engine.</summary>
    public string Hex(string column) => _place.Hex(column);

    public void Dispose()
    {
        Close();
        _place.Dispose();
    }

    private void Close()
    {
        for (var i = 0; i < _processes.Length; i++)
        {
            _processes[i]?.Dispose();
            _processes[i] = null;
        }
    }

    /// <summary>The first that starts is told what the operator knows; the others find it in the database.</summary>
    private void OpenAll(Restored how)
    {
        for (var i = 0; i < _processes.Length; i++)
        {
            _areRestored[i] = how != Restored.Seen && i == 0;
            Open(i);
        }
    }

    private void Open(int at)
    {
        // Who starts it sets its clock: the start would refuse a clock far from the last batch.
        Clock.Skew = TimeSpan.Zero;
        _processes[at] = null;
        _disks[at] = new FaultyDisk("hub", _ => Copied(at), _place, _plan);
        var opened = _processes[at] = new HubProcess(_folders[at], Clock, new SeededEntropy(_chance.Next()), _disks[at], _place.Words, _areRestored[at]);
        _areRestored[at] = false;
        var version = opened.Store.Read(session => Counters.Peek(session, Reference.Region, FeedVersions.Counter));
        Log.Add(new HubOp(_time.Now, "opened", hub => hub.Store.Write(session => { Counters.Raise(session, Reference.Region, FeedVersions.Counter, version); return true; })));
    }

    private void Copied(int at)
    {
        _place.Died();
        var next = NextFolder();
        Folders.Copy(_folders[at], next);
        _left[at] = next;
    }

    private string NextFolder() => Directory.CreateDirectory(Path.Combine(_root, $"hub-{++_lives}")).FullName;
}

/// <summary>How a hub was put back, and whether those who start it must say so (hub serve --restored).</summary>
internal enum Restored
{
    /// <summary>The rows; the marks beside them show it.</summary>
    Seen,

    /// <summary>The rows without the mark that lies beside them.</summary>
    RowsAlone,

    /// <summary>The rows and every mark: nothing shows it.</summary>
    Whole,
}

/// <param name="Copy">What its place calls it.</param>
/// <param name="Mark">What it had told the clinics, as a file of then.</param>
/// <param name="Ops">How many of the hub's doings it holds.</param>
internal sealed record HubBackup(string Copy, string Mark, int Ops);

using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>One run of one seed: clinics, hub, staff, patients and clerks in virtual time, and everything that breaks.</summary>
internal sealed class World : IDisposable
{
    /// <summary>That serve one database, where there is a server for it.</summary>
    private const int MostProcesses = 2;

    private readonly List<(DateTimeOffset Due, string What, Func<Task> Deliver)> _late = [];
    private readonly List<SimHub> _hubs = [];
    private bool _meanwhile;

    /// <param name="sites">How many clinics; null: as the seed says.</param>
    public World(ulong seed, int? sites = null, CrashPlan? plan = null)
    {
        Plan = plan;
        Seed = seed;
        Folder = Folders.New("sim");
        (Chance, Time) = (new Chance(seed), new VirtualTime(new DateTimeOffset(2025, 2, 26, 0, 30, 0, TimeSpan.Zero)));
        Thread = new SimThread(Pump);
        Mood = new Mood(seed);
        Auditor = new Auditor(this);
        Hub = new SimHub(Path.Combine(Folder, "hub"), Time, Chance, MostProcesses, plan);
        _hubs.Add(Hub);
        Clerk = new Clerk(this);
        Carrier = new Carrier(this);
        Quiet = true;
        Clerk.Begin();
        OtherVersions = new OtherVersions(this);
        OtherVersions.Enrol();
        Quiet = false;
        var drawn = 2 + Chance.Below(3);
        for (var i = 0; i < (sites ?? drawn); i++)
        {
            var agent = new SimAgent(this, Clerk.Sites[i], $"a{i + 1}");
            Agents.Add(agent);
            Desks.Add(agent, new Desk(this, agent));
            agent.Open();
            Clerk.Enrol(agent);
            RiseHub();
        }
    }

    public ulong Seed { get; }

    /// <summary>Where a process is to die; null: where chance says.</summary>
    public CrashPlan? Plan { get; }

    public string Folder { get; }
    public Chance Chance { get; }
    public Mood Mood { get; }
    public VirtualTime Time { get; }
    public SimThread Thread { get; }
    public SimHub Hub { get; }
    public Clerk Clerk { get; }
    public Carrier Carrier { get; }
    public OtherVersions OtherVersions { get; }
    public Auditor Auditor { get; }
    public Coverage Coverage { get; } = new();
    public Trace Trace { get; } = new();
    public List<SimAgent> Agents { get; } = [];
    public Dictionary<SimAgent, Desk> Desks { get; } = [];

    /// <summary>Nothing is broken any more: what is left must come to rest.</summary>
    public bool Quiet { get; set; }

    /// <summary>The hub answers as one of an older version.</summary>
    public bool HubIsOld { get; set; }

    public long Steps { get; private set; }
    public double AgentDays => (Time.Now - Time.Start).TotalDays * Agents.Count;

    public void Note(string what) => Trace.Add(Time.Now, what);

    /// <summary>A message that comes when nobody waits for it any more.</summary>
    public void Later(string what, Func<Task> deliver) => _late.Add((Time.Now + TimeSpan.FromMinutes(Chance.Between(1, 5_000)), what, deliver));

    public void Play(int steps)
    {
        var ways = new Ways(this);
        for (; Steps < steps; Steps++)
        {
            Time.Advance(TimeSpan.FromSeconds(Chance.OneIn(6) ? Chance.Between(3_600, 50_000) : Chance.Between(20, 5_400)));
            DeliverLate(all: false);
            ways.Step();
        }
    }

    /// <summary>Messages whose time has come, in the order of their times.</summary>
    public void DeliverLate(bool all)
    {
        foreach (var one in _late.Where(each => all || each.Due <= Time.Now).OrderBy(each => each.Due).ToList())
        {
            _late.Remove(one);
            Note($"late {one.What}");
            try
            {
                Thread.Run(async () =>
                {
                    await one.Deliver();
                    return true;
                });
            }
            catch (Exception nobody) when (nobody is EdgeHub.Agent.Sync.HubUnreachable or EdgeHub.Agent.Sync.HubRefused)
            {
                // Who sent it has given up long ago.
            }
        }
    }

    /// <summary>While a message of this agent is under way somebody does something at its desk, or the hub goes on.</summary>
    public void Meanwhile(SimAgent agent)
    {
        if (_meanwhile || Quiet || agent.Disk.IsDead)
        {
            return;
        }
        _meanwhile = true;
        try
        {
            Time.Advance(TimeSpan.FromSeconds(Chance.Between(1, 20)));
            if (Chance.OneIn(4))
            {
                SettleSome();
            }
            else
            {
                Desks[agent].Act();
            }
        }
        finally
        {
            _meanwhile = false;
        }
    }

    /// <summary>Now and then the hub dies at the next commit, or in the middle of it.</summary>
    public void MayKillHub(string what)
    {
        if (!Quiet && !Hub.Disk.IsArmed && Chance.OneIn(Mood.HubBreaksIn(what is "epoch" or "enrol" or "find" ? 20 : 60)))
        {
            ArmHub(what);
        }
    }

    public void SettleSome()
    {
        Hub.Turn();
        if (Hub.Disk.IsDead)
        {
            return;
        }
        if (!Quiet && Chance.OneIn(Mood.HubBreaksIn(24)))
        {
            ArmHub("judge");
        }
        try
        {
            Hub.Store.ClockWatch.Demand();
            for (var i = Chance.Below(4); i >= 0; i--)
            {
                Hub.Do("settle", hub => hub.Settlement.RunOnce());
            }
            Hub.Do("county", hub => hub.County.RunOnce());
            Coverage.Hit("judge", "none", "up");
        }
        catch (EdgeHub.Rules.FaultException leapt) when (leapt.Faults[0].Code == EdgeHub.Rules.Codes.HubClockJumped)
        {
            Coverage.Hit("judge", "clock leapt", "up");
        }
        catch (Exception failed) when (Hub.Broke(failed))
        {
            Note("hub died while it settled");
        }
        catch (EdgeHub.Sync.Stores.StoreException full) when (Hub.IsFull)
        {
            Note($"hub settles nothing: {full.Code}");
            Coverage.Hit("judge", "disk full", "up");
        }
        Hub.Disarm();
    }

    /// <summary>Dead processes start again.</summary>
    public void RiseHub()
    {
        if (Hub.MissesOne)
        {
            Note("hub starts again");
            Hub.RiseDead();
        }
    }

    public void Dispose()
    {
        foreach (var agent in Agents)
        {
            agent.Dispose();
        }
        foreach (var hub in _hubs)
        {
            hub.Dispose();
        }
        OtherVersions.Dispose();
        Trace.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A fresh hub beside the first: for a replay.</summary>
    public SimHub OtherHub(VirtualTime time)
    {
        var root = Path.Combine(Folder, $"other-{_hubs.Count}");
        Folders.Copy(Path.Combine(Hub.Folder, "keys"), Path.Combine(root, "hub-1", "keys"));
        File.Delete(Path.Combine(root, "hub-1", "keys", "feed.mark"));
        var hub = new SimHub(root, time, new Chance(Seed ^ 0x5DEECE66D));
        _hubs.Add(hub);
        return hub;
    }

    public void Forget(SimHub other) => _hubs.Remove(other);

    private void ArmHub(string what)
    {
        var point = Chance.Of<StorePoint>([StorePoint.Statement, StorePoint.Commit, StorePoint.Committed]);
        var onlyCut = Hub.IsShared && Chance.OneIn(3);
        Hub.Disk.Arm(point, point == StorePoint.Statement ? 1 + Chance.Below(12) : 1, onlyCut, () => Coverage.Hit(what, $"{(onlyCut ? "hub cut" : "hub dies")}: {point}", "up"));
    }

    /// <summary>What a run waits for: a store that writes, or a timer.</summary>
    private bool Pump()
    {
        if (_hubs.Exists(hub => hub.WriteOnce()))
        {
            return true;
        }
        foreach (var agent in Agents)
        {
            if (agent.IsOpen && agent.Store.WriteOnce())
            {
                return true;
            }
        }
        return Time.ToNextTimer();
    }
}

using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>What may happen next, and how often.</summary>
internal sealed class Ways
{
    private readonly World _world;
    private readonly IReadOnlyList<(int Weight, Action What)> _all;
    private readonly IReadOnlyList<(int Weight, Action What)> _underLeap;
    private readonly HubClock _hubClock;
    private readonly List<(SimAgent Agent, string Folder)> _backups = [];
    private readonly Chance _restored;
    private HubBackup? _hubBackup;
    private int _copies;

    public Ways(World world)
    {
        _world = world;
        _all =
        [
            (520, AtADesk), (260, Round), (90, world.SettleSome), (Of("cut", 30), () => BreakLine(Any)), (Of("kill", 30), Kill), (Of("full", 16), () => FillDisk(Any)), (Of("clock", 22), JumpClock),
            (16, BackUp), (Of("put back", 8), PutBack), (Of("clone", 4), Clone), (Of("replace", 6), Replace), (Of("kill hub", 14), KillHub), (Of("full hub", 5), FillHubDisk),
            (6, BackUpHub), (Of("put back hub", 4), PutBackHub), (5, HubVersion), (60, world.Clerk.Act), (Of("by hand", 40), world.Carrier.Act), (Of("other versions", 40), world.OtherVersions.Act),
        ];
        // Staff at the hub set the clock right before they do anything else.
        _underLeap = [(520, AtADesk), (260, Round), (90, world.SettleSome), (20, () => BreakLine(Any)), (30, Kill), (14, KillHub)];
        _hubClock = new HubClock(world);
        _restored = new Chance(world.Seed ^ 0x4E57_04ED);
    }

    private int Of(string what, int weight) => _world.Mood.Of(what, weight);

    private SimAgent Any => _world.Chance.Of(_world.Agents);

    public void Step()
    {
        foreach (var agent in _world.Agents.Where(each => each.Disk.IsDead && _world.Chance.OneIn(2)).ToList())
        {
            _world.Note($"{agent.Name} starts again");
            agent.Rise();
        }
        if (_world.Hub.MissesOne && _world.Chance.OneIn(2))
        {
            _world.RiseHub();
        }
        _world.Hub.Turn();
        if (_world.Hub.IsFull && _world.Chance.OneIn(10))
        {
            FillHubDisk();
        }
        foreach (var agent in _world.Agents.Where(each => !each.Disk.IsDead))
        {
            Mend(agent);
        }
        _hubClock.Step();
        _world.Chance.Weighted(_hubClock.IsWrong ? _underLeap : _all)();
    }

    /// <summary>People see what is wrong, sooner or later.</summary>
    private void Mend(SimAgent agent)
    {
        if (agent.Store.Site is null && !_hubClock.IsWrong && _world.Chance.OneIn(3))
        {
            agent.Disk.IsFull = false;
            _world.Clerk.Enrol(agent);
        }
        if (agent.Disk.IsFull && _world.Chance.OneIn(_world.Mood.MendsIn("full")))
        {
            FillDisk(agent);
        }
        if (agent.IsCut && _world.Chance.OneIn(_world.Mood.MendsIn("cut")))
        {
            BreakLine(agent);
        }
        if (agent.Clock.Skew.Duration() > TimeSpan.FromDays(1) && _world.Chance.OneIn(10))
        {
            Jump(agent, -agent.Clock.Skew);
        }
    }

    private void AtADesk()
    {
        var agent = Any;
        if (!agent.Disk.IsDead)
        {
            _world.Desks[agent].Act();
        }
    }

    private void Round()
    {
        var agent = Any;
        if (agent.Disk.IsDead)
        {
            return;
        }
        if (_world.Chance.OneIn(20))
        {
            var point = _world.Chance.Of<StorePoint>([StorePoint.Statement, StorePoint.Commit, StorePoint.Committed]);
            var state = agent.State;
            agent.Disk.Arm(point, 1 + _world.Chance.Below(point == StorePoint.Statement ? 20 : 6), met: () => _world.Coverage.Hit("round", $"dies: {point}", state));
        }
        else
        {
            _world.Coverage.Hit("round", agent.Disk.IsFull ? "disk full" : "none", agent.State);
        }
        _ = _world.Chance.OneIn(8) ? agent.Sync(1 + _world.Chance.Below(6)) : agent.Sync();
        agent.Disk.Disarm();
    }

    private void BreakLine(SimAgent agent)
    {
        agent.IsCut = !agent.IsCut;
        _world.Note($"{agent.Name} line {(agent.IsCut ? "cut" : "up")}");
    }

    private void Kill()
    {
        var agent = Any;
        _world.Note($"{agent.Name} is killed");
        agent.Disk.Kill();
    }

    private void FillDisk(SimAgent agent)
    {
        agent.Disk.IsFull = !agent.Disk.IsFull;
        _world.Note($"{agent.Name} disk {(agent.Disk.IsFull ? "full" : "has room")}");
    }

    /// <summary>The hub takes nothing in until somebody makes room; what it has it still tells.</summary>
    private void FillHubDisk()
    {
        if (!_world.Hub.Disk.IsDead)
        {
            _world.Hub.IsFull = !_world.Hub.IsFull;
            _world.Note($"hub disk {(_world.Hub.IsFull ? "full" : "has room")}");
            _world.Coverage.Hit("hub", _world.Hub.IsFull ? "disk full" : "has room again", "up");
        }
    }

    private void JumpClock()
    {
        var agent = Any;
        var by = _world.Chance.Below(6) switch
        {
            0 => TimeSpan.FromSeconds(_world.Chance.Between(-1_800, 1_800)),
            1 => TimeSpan.FromHours(_world.Chance.Between(-30, 30)),
            2 => TimeSpan.FromDays(_world.Chance.Between(-20, 20)),
            3 => TimeSpan.FromDays(_world.Chance.Between(-1_200, 1_200)),
            _ => -agent.Clock.Skew,
        };
        Jump(agent, by);
    }

    private void Jump(SimAgent agent, TimeSpan by)
    {
        agent.Clock.Skew += by;
        agent.JumpsToNote += by.Duration() > TimeSpan.FromSeconds(3) ? 1 : 0;
        _world.Note($"{agent.Name} clock jumps {by}");
        _world.Coverage.Hit("clock", by.Duration() < TimeSpan.FromHours(1) ? "jumps: minutes" : by.Duration() < TimeSpan.FromDays(2) ? "jumps: hours" : by.Duration() < TimeSpan.FromDays(40) ? "jumps: days" : "jumps: years", agent.State);
    }

    private void BackUp()
    {
        var agent = Any;
        var folder = Directory.CreateDirectory(Path.Combine(_world.Folder, $"backup-{++_copies}")).FullName;
        Folders.Copy(agent.Folder, folder);
        _backups.Add((agent, folder));
        _world.Note($"{agent.Name} is backed up");
    }

    /// <summary>The disk is lost; a backup of earlier is put on a new one.</summary>
    private void PutBack()
    {
        var agent = Any;
        var mine = _backups.Where(each => each.Agent == agent).ToList();
        if (mine.Count == 0 || agent.Disk.IsDead || _world.Hub.Disk.IsDead || _world.Hub.IsFull || agent.IsCloned || agent.Disk.IsFull)
        {
            return;
        }
        _world.Note($"{agent.Name} is put back to a backup");
        _world.Coverage.Hit("machine", "put back to a backup", agent.State);
        _world.Auditor.DiskLost(agent);
        agent.TakeOver(_world.Chance.Of(mine).Folder);
        agent.Open();
        _world.Auditor.DiskFound(agent);
        _world.Desks[agent].Forget();
    }

    /// <summary>A copy of the machine is started beside it.</summary>
    private void Clone()
    {
        var agent = Any;
        if (agent.Disk.IsDead || agent.IsCloned || agent.Store.Site is null || _world.Agents.Count > 6)
        {
            return;
        }
        var copy = new SimAgent(_world, agent.Site, $"{agent.Name}c{_world.Agents.Count}") { IsCloned = true, Lives = agent.Lives };
        copy.Clock.Skew = agent.Clock.Skew;
        agent.IsCloned = true;
        _world.Agents.Add(copy);
        Folders.Copy(agent.Folder, copy.Folder);
        _world.Note($"{agent.Name} is cloned as {copy.Name}");
        _world.Coverage.Hit("machine", "cloned", "up");
        _world.Desks.Add(copy, _world.Desks[agent].CopyFor(copy));
        copy.Open();
    }

    /// <summary>The machine is lost for good; another one takes its place, with nothing on it.</summary>
    private void Replace()
    {
        var agent = Any;
        if (agent.Disk.IsDead || agent.IsCloned || _world.Hub.Disk.IsDead || _world.Hub.IsFull || agent.Disk.IsFull)
        {
            return;
        }
        _world.Note($"{agent.Name} is replaced");
        _world.Coverage.Hit("machine", "replaced", agent.State);
        _world.Auditor.DiskLost(agent);
        agent.Wipe();
        agent.Open();
        _world.Clerk.Enrol(agent);
        _world.Desks[agent].Forget();
        _backups.RemoveAll(each => each.Agent == agent);
    }

    private void KillHub()
    {
        _world.Note("hub is killed");
        _world.Coverage.Hit("hub", "killed", "up");
        _world.Hub.Disk.Kill();
    }

    private void BackUpHub()
    {
        if (!_world.Hub.Disk.IsDead)
        {
            _hubBackup = _world.Hub.Backup();
            _world.Note("hub is backed up");
        }
    }

    private void PutBackHub()
    {
        if (_hubBackup is null || _world.Hub.Disk.IsDead || _world.Hub.IsFull)
        {
            return;
        }
        var how = _restored.Of([Restored.Seen, Restored.RowsAlone, Restored.Whole]);
        _world.Note($"hub is put back to a backup: {how}");
        _world.Coverage.Hit("hub", $"put back: {how}", "up");
        _world.Auditor.HubPutBack(() => _world.Hub.PutBack(_hubBackup, how));
        _world.Clerk.HubWasPutBack();
    }

    private void HubVersion()
    {
        _world.HubIsOld = !_world.HubIsOld;
        _world.Coverage.Hit("hub", _world.HubIsOld ? "answers in the old form" : "answers in the new form", "up");
        _world.Note($"hub answers in the {(_world.HubIsOld ? "old" : "new")} form");
    }
}

using System.Globalization;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Schemes.CountyPackage;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.Unit.Hub.Slow;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>The people at the hub: they load files, enrol devices, close months, and clear what only they may.</summary>
internal sealed class Clerk(World world)
{
    private const string Village = "530924101001";
    private const string OtherVillage = "530924101201";
    private const string FarVillage = "530924101301";

    public static readonly IReadOnlyList<string> Sites = ["530924100001", "530924100201", "530924100202", "530924100203", "530924100204"];

    /// <summary>Persons of the clinics' villages; the two behind them live elsewhere.</summary>
    public const int Persons = 8;
    public const int Outsiders = 2;

    /// <summary>Treated only by the machine of other versions.</summary>
    public const int OfOtherVersions = Persons + Outsiders + 1;

    /// <summary>The second one's account pays for the first.</summary>
    public const int Owner = 2;
    public const long AccountFen = 150_00;

    private static readonly string Budget = File.ReadAllText(Repository("installers/quickstart/data/budget-2025-sample.json"));
    private readonly Chance _commandsDie = new(world.Seed ^ 0xC3AD_0000_C3AD_0000);
    private Books? _books;

    public Books Books => _books ??= new Books(world, Command);

    /// <summary>Prices, covers and the blacklist change too: the plain model, which knows nothing of these, does not judge such a run.</summary>
    public bool IsWild { get; } = world.Seed % 4 == 3;

    /// <summary>Who is insured how, as the model takes it.</summary>
    public IReadOnlyDictionary<string, SlowMember> Members { get; } = Enumerable.Range(1, OfOtherVersions).ToDictionary(
        Reference.Person, number => new SlowMember(AccountFen, number == 1 ? Reference.Person(Owner) : "", new DateOnly(2026, 1, 1)));

    public void Begin()
    {
        world.Hub.Do("institutions", hub => InstitutionFile.Load(hub.Store, [.. Sites.Select((site, i) =>
            (new Institution(site, $"样本卫生室{i}", 0, "village_clinic", "member"), (IReadOnlyList<string>)[Village, OtherVillage]))]));
        Books.Begin();
        world.Hub.Do("budget", hub => YearBudgetFile.Load(hub.Store, Budget));
        world.Hub.Do("catalogue", hub => CatalogueFile.Load(hub.Store, [.. Reference.Catalogue.Select(row => (IReadOnlyList<string>)[.. row.Where((_, at) => at != 1).Select(cell => $"{cell}")])]));
        world.Hub.Do("members", hub => MemberFile.Load(hub.Store, [.. Enumerable.Range(1, OfOtherVersions).Select(number => Member(number))], whole: true));
        world.SettleSome();
    }

    /// <summary>A code for the site is made and typed at its machine, again where an answer was lost.</summary>
    public void Enrol(SimAgent agent)
    {
        if (agent.IsCut || world.Hub.Disk.IsDead || world.Hub.IsFull)
        {
            return;
        }
        var code = "";
        try
        {
            code = Code(agent.Site);
        }
        catch (Exception failed) when (world.Hub.Broke(failed))
        {
            return;
        }
        for (var tries = 0; tries < 3 && !agent.Disk.IsDead && !world.Hub.Disk.IsDead && agent.Store.Site is null; tries++)
        {
            agent.Enrol(code);
        }
        if (!agent.Disk.IsDead && agent.Store.Site is not null)
        {
            agent.Sync();
        }
        world.Note($"{agent.Name} {(agent.Disk.IsDead || agent.Store.Site is null ? "is not enrolled" : "is enrolled")}");
    }

    /// <summary>A device that the hub does not know any more comes back with its own key.</summary>
    public void EnrolAgain(SimAgent agent)
    {
        agent.Enrol(Code(agent.Site));
        world.Note($"{agent.Name} comes back");
    }

    /// <summary>A code for a site; the device that stands there is gone.</summary>
    private string Code(string site)
    {
        var device = world.Hub.Store.Read(session => AccessStore.DeviceOfSite(session, Reference.Region, site));
        if (device is not null)
        {
            world.Hub.Do("revoke", hub => hub.Store.Write(session => AccessStore.Revoke(session, Reference.Region, device.Name, "replaced", hub.Store.NowMilliseconds)));
        }
        return world.Hub.Enrolment.NewCode(site);
    }

    public void Act()
    {
        if (world.Hub.Disk.IsDead || world.Hub.IsFull)
        {
            return;
        }
        try
        {
            switch (world.Chance.Below(9))
            {
                case 0:
                    LoadMember();
                    break;
                case 1:
                    CloseMonth();
                    break;
                case 2:
                    Books.Act();
                    break;
                case 3 when IsWild:
                    Wild();
                    break;
                case 4:
                    ByHand();
                    break;
                default:
                    world.SettleSome();
                    break;
            }
        }
        catch (Exception failed) when (world.Hub.Broke(failed))
        {
            world.Note("hub died under a clerk");
        }
    }

    public void LoadMember()
    {
        var number = 1 + world.Chance.Below(Persons);
        world.Note($"clerk loads member {number}");
        var row = Member(number) with { Name = $"样本{number}改{world.Chance.Below(1000)}" };
        if (IsWild && world.Chance.OneIn(2))
        {
            row = row with { CoverEnd = world.Chance.OneIn(2) ? "2025-03-15" : "2026-01-01", AccountMinor = number == 1 ? 0 : world.Chance.Between(0, 200_00) };
        }
        world.Hub.Do("member", hub => MemberFile.Load(hub.Store, [row], whole: false));
        world.Coverage.Hit("members", "none", "up");
    }

    /// <summary>A price limit, or a person who is stopped.</summary>
    private void Wild()
    {
        if (world.Chance.OneIn(2))
        {
            var limit = world.Chance.Of<string>(["", "10.00", "40.00"]);
            var rows = Reference.Catalogue.Where(row => (string)row[0]! == "A1").Select(row => (IReadOnlyList<string>)[.. row.Where((_, at) => at != 1).Select((cell, at) => at is >= 7 and <= 10 ? limit : $"{cell}")]).ToList();
            world.Hub.Do("prices", hub => CatalogueFile.Load(hub.Store, rows));
            world.Coverage.Hit("prices", "none", "up");
            return;
        }
        var person = Reference.Person(1 + world.Chance.Below(Persons));
        var row = new BlacklistRow($"{person}/2025-03-01", person, "card reported lost", new DateOnly(2025, 3, 1), world.Chance.OneIn(2) ? "2025-03-08" : "");
        world.Hub.Do("blacklist", hub => BlacklistFile.Load(hub.Store, [row]));
        world.Coverage.Hit("blacklist", "none", "up");
    }

    /// <summary>People look at what waits for them.</summary>
    public void ByHand()
    {
        var aside = world.Hub.Query<string>("select device_no || '/' || epoch || '/' || seq from public_quarantine where released_ms is null order by 1");
        if (aside.Count > 0)
        {
            var (code, _) = Command(["quarantine", "retry", world.Chance.Of(aside), "--why", "looked at", "--operator", "clerk"]);
            world.Coverage.Hit("quarantine retry", code == 0 ? "none" : "refused", "up");
        }
        var cases = world.Hub.Query<string>("select kind || ' ' || subject from public_recovery_case where status = 'Open' order by 1");
        if (cases.Count > 0 && world.Chance.OneIn(3))
        {
            var (code, _) = Command(["case", "close", .. world.Chance.Of(cases).Split(' ', 2), "--why", "settled outside", "--operator", "clerk"]);
            world.Coverage.Hit("case close", code == 0 ? "none" : "refused", "up");
        }
    }

    /// <summary>What was loaded since the copy is loaded again, and once more where the hub dies over it: before that it judges nothing.</summary>
    public void HubWasPutBack()
    {
        for (var isLoaded = false; !isLoaded;)
        {
            world.Note("clerk loads again what was lost");
            try
            {
                Books.LoadAgain();
                isLoaded = true;
            }
            catch (Exception failed) when (world.Hub.Broke(failed))
            {
                world.RiseHub();
            }
        }
    }

    public void Clear(string site)
    {
        var device = world.Hub.Store.Read(session => AccessStore.DeviceOfSite(session, Reference.Region, site));
        if (device is not null)
        {
            world.Note($"clerk clears {device.Name}");
            world.Hub.Do("clear", hub => hub.Store.Write(session =>
            {
                EpochStore.Clear(session, Reference.Region, device.DeviceNo, "one copy is left", hub.Store.NowMilliseconds);
                return true;
            }));
        }
    }

    public void CloseMonth()
    {
        var month = world.Hub.Clock.GetUtcNow().AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var (code, _) = Command(["month", "close", "--month", month, "--operator", "clerk"]);
        world.Note($"clerk closes {month}: {code}");
        world.Coverage.Hit("close", code == 0 ? "none" : "refused", "up");
    }

    /// <summary>A command of the hub, as another process gives it.</summary>
    private (int Code, string Words) Command(string[] args)
    {
        var seed = world.Chance.Next();
        for (var tries = 1; ; tries++)
        {
            var withHub = _commandsDie.OneIn(3);
            // Each is a process of its own, with chances of its own.
            seed = tries == 1 ? seed : _commandsDie.Next();
            try
            {
                return world.Hub.Command(args, seed, tries == 1 ? MayDie(args[0]) : _ => { }, () =>
                {
                    if (withHub)
                    {
                        world.Hub.Disk.Kill();
                    }
                });
            }
            catch (SimulatedCrash)
            {
                world.Note($"clerk's {string.Join(' ', args)} died{(withHub ? ", and the hub" : "")}, and is given again");
                world.RiseHub();
            }
        }
    }

    private Action<FaultyDisk> MayDie(string what)
    {
        if (world.Quiet || !_commandsDie.OneIn(4))
        {
            return _ => { };
        }
        var point = _commandsDie.Of<StorePoint>([StorePoint.Statement, StorePoint.Commit, StorePoint.Committed]);
        var after = 1 + _commandsDie.Below(point == StorePoint.Statement ? 20 : 5);
        return disk => disk.Arm(point, after, met: () => world.Coverage.Hit($"command {what}", $"dies: {point}", "up"));
    }

    private static string Repository(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeHub.sln")))
        {
            folder = folder.Parent;
        }
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("EdgeHub.sln is in no folder above the tests."), path);
    }

    private static MemberRow Member(int number) => new MemberRow(
        Reference.Person(number), Reference.IdNumber(number), Reference.Card(number), $"样本{number}", "1", new DateOnly(1970, 5, 17),
        number > Persons ? FarVillage : number % 2 == 0 ? OtherVillage : Village, "390", "15", Reference.Region, new DateOnly(2025, 1, 1), "2026-01-01", "1",
        number == 1 ? 0 : AccountFen) with { AccountOwner = number == 1 ? Reference.Person(Owner) : "" };
}

using System.Globalization;
using EdgeHub.Hub;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Settlement;
using EdgeHub.Rules;
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

    /// <summary>The second one's account pays for the first.</summary>
    public const int Owner = 2;
    public const long AccountFen = 150_00;

    private readonly Dictionary<int, decimal> _rates = [];
    private int _files;

    /// <summary>Who is insured how, as the model takes it.</summary>
    public IReadOnlyDictionary<string, SlowMember> Members { get; } = Enumerable.Range(1, Persons + Outsiders).ToDictionary(
        Reference.Person, number => new SlowMember(AccountFen, number == 1 ? Reference.Person(Owner) : "", new DateOnly(2026, 1, 1)));

    public decimal RateOf(int version) => _rates[version];

    public decimal RateKnownOn(DateOnly day) => _rates[1];

    public void Begin()
    {
        world.Hub.Do("institutions", hub => InstitutionFile.Load(hub.Store, [.. Sites.Select((site, i) =>
            (new Institution(site, $"样本卫生室{i}", 0, "village_clinic", "member"), (IReadOnlyList<string>)[Village, OtherVillage]))]));
        Book(1, "2024-12-20", "0.6");
        world.Hub.Do("catalogue", hub => CatalogueFile.Load(hub.Store, [.. Reference.Catalogue.Select(row => (IReadOnlyList<string>)[.. row.Where((_, at) => at != 1).Select(cell => $"{cell}")])]));
        world.Hub.Do("members", hub => MemberFile.Load(hub.Store, [.. Enumerable.Range(1, Persons + Outsiders).Select(number => Member(number))], whole: true));
        world.SettleSome();
    }

    /// <summary>A code for the site is made and typed at its machine, again where an answer was lost.</summary>
    public void Enrol(SimAgent agent)
    {
        if (agent.IsCut || world.Hub.Disk.IsDead)
        {
            return;
        }
        var code = "";
        try
        {
            code = Code(agent.Site);
        }
        catch (Exception) when (world.Hub.Disk.IsDead)
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
        if (world.Hub.Disk.IsDead)
        {
            return;
        }
        try
        {
            switch (world.Chance.Below(6))
            {
                case 0:
                    var number = 1 + world.Chance.Below(Persons);
                    world.Note($"clerk loads member {number}");
                    var name = $"样本{number}改{world.Chance.Below(1000)}";
                    world.Hub.Do("member", hub => MemberFile.Load(hub.Store, [Member(number) with { Name = name }], whole: false));
                    break;
                case 1:
                    CloseMonth();
                    break;
                default:
                    world.SettleSome();
                    break;
            }
        }
        catch (Exception) when (world.Hub.Disk.IsDead)
        {
            world.Note("hub died under a clerk");
        }
    }

    /// <summary>What was loaded since the copy is loaded again.</summary>
    public void HubWasPutBack() => world.Note("clerk loads again what was lost");

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

    private void CloseMonth()
    {
        var month = world.Hub.Clock.GetUtcNow().AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var code = Command("month", "close", "--month", month, "--operator", "clerk");
        world.Note($"clerk closes {month}: {code}");
        world.Coverage.Hit("close", code == 0 ? "none" : "refused", "up");
    }

    /// <summary>A command of the hub, as another process gives it.</summary>
    private int Command(params string[] args)
    {
        var at = world.Time.Now;
        int Run(SimHub hub)
        {
            var frame = new CommandFrame(hub.Clock, new SeededEntropy(7), TextWriter.Null, TextWriter.Null);
            MonthCommand.Register(frame);
            CaseCommands.Register(frame);
            PolicyRetroCommands.Register(frame);
            return frame.Run([.. args, "--data", hub.Folder]).GetAwaiter().GetResult();
        }
        var code = Run(world.Hub);
        world.Hub.Log.Add(new HubOp(at, string.Join(' ', args), hub => Run(hub)));
        return code;
    }

    private void Book(int version, string knownFrom, string rate)
    {
        var file = new FileInfo(Path.Combine(world.Folder, $"book-{++_files}.json"));
        File.WriteAllText(file.FullName, Policy(version, knownFrom, rate));
        _rates[version] = decimal.Parse(rate, CultureInfo.InvariantCulture);
        world.Hub.Do("book", hub => PolicyFile.Load(hub.Store, PolicyFile.Read(file)));
    }

    public static string Policy(int version, string knownFrom, string rate) => $$"""
        {"id":"sim-2025","version":{{version}},"region":"{{Reference.Region}}","currency":"CNY","first":"2025-01-01","last":"2025-12-31","knownFrom":"{{knownFrom}}",
         "source":"sample","covers":[],"rows":["pooling_area,insurance_type,visit_type,out_of_area,level,institution_type,person_type,age_from,age_to,disease,first,last,deductible_mode,deductible,fund_rate,daily_cap,annual_cap,catastrophic_threshold,catastrophic_tiers,catastrophic_cap,assistance_threshold,assistance_rate,assistance_cap",
         "{{Reference.Region}},,,,,,,,,,2025-01-01,2025-12-31,year,100.00,{{rate}},,400.00,200.00,*:0.5,,300.00,0.4,"]}
        """;

    private static MemberRow Member(int number) => new MemberRow(
        Reference.Person(number), Reference.IdNumber(number), Reference.Card(number), $"样本{number}", "1", new DateOnly(1970, 5, 17),
        number > Persons ? FarVillage : number % 2 == 0 ? OtherVillage : Village, "390", "15", Reference.Region, new DateOnly(2025, 1, 1), "2026-01-01", "1",
        number == 1 ? 0 : AccountFen) with { AccountOwner = number == 1 ? Reference.Person(Owner) : "" };
}

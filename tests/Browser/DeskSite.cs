using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EdgeHub.Agent.Access;
using EdgeHub.Tests.Scenarios.Agent;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>The built agent with a desk, over the small reference data of a clinic; its hub does not answer.</summary>
public class DeskSite : IAsyncLifetime
{
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Tokens = new(StringComparer.Ordinal);
    private Station _station = null!;
    private IReadOnlyDictionary<string, string> _tokens = null!;
    private string _offset = "";

    /// <summary>The token of a session that somebody opened at the site with this address.</summary>
    public static string TokenOf(Uri address, string number) => Tokens[address.Authority][number];

    public AgentProcess Agent { get; private set; } = null!;

    public Uri Address => Agent.Http.BaseAddress!;

    /// <summary>Minutes without the hub until the clinic is offline; a week: the line counts as up.</summary>
    protected virtual string OfflineAfterMinutes => "10080";

    public async Task InitializeAsync()
    {
        _station = await Station.StartIn(MakeFolder(), OwnFolder, ["offline.after_minutes", 0, OfflineAfterMinutes, "minutes"]);
        await Prepare(_station);
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in await _station.Store.Do(session => _station.Store.Staff.All(session)))
        {
            tokens[member.Number] = await _station.Part<Sessions>().Open(member);
        }
        await _station.Close();
        Befall(_station.Folder);
        _tokens = tokens;
        _offset = ((long)(_station.Clock.GetUtcNow() + TimeSpan.FromMinutes(1) - TimeProvider.System.GetUtcNow()).TotalSeconds).ToString();
        await Run();
    }

    /// <summary>The agent is killed and started again, at another address.</summary>
    public async Task Restart()
    {
        Agent.Dispose();
        await Run();
    }

    private async Task Run()
    {
        Agent = await AgentProcess.StartWith(Environment, _station.Folder, Settings);
        Tokens[Address.Authority] = _tokens;
    }

    /// <summary>The lines of the journal so far, as the program's own command prints them.</summary>
    public async Task<IReadOnlyList<JsonNode>> Journal()
    {
        var (exit, output, errors) = await AgentProcess.Run("journal", "--State", _station.Folder);
        Assert.True(exit == 0, errors);
        return [.. System.Text.Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).Where(line => line["kind"] is not null)];
    }

    /// <summary>The process is killed; another one comes when <paramref name="meanwhile"/> is over, at the same address.</summary>
    public async Task Restart(Func<Task> meanwhile)
    {
        var port = Agent.Port;
        Agent.Dispose();
        await meanwhile();
        Agent = await AgentProcess.StartAt(port, Environment, _station.Folder, Settings);
    }

    /// <summary>The same clock before and after a restart: one that jumped back would lock every screen.</summary>
    private string[] Settings => ["--Access:LockAfterMinutes", "60", "--Clock:DemoOffsetSeconds", _offset, .. Flags];

    /// <summary>Where the state lies, and whether it goes with the site.</summary>
    protected virtual string MakeFolder() => Station.NewFolder();

    protected virtual bool OwnFolder => true;

    /// <summary>What the process has in its environment beside.</summary>
    protected virtual Dictionary<string, string> Environment => [];

    public virtual async Task DisposeAsync()
    {
        Agent.Dispose();
        await _station.Open();
        await _station.DisposeAsync();
    }

    /// <summary>What this site's agent is started with beside.</summary>
    protected virtual string[] Flags => [];

    /// <summary>What befell the state folder while nobody ran.</summary>
    protected virtual void Befall(string folder)
    {
    }

    /// <summary>What happened at the clinic before the process starts: these three were hired.</summary>
    protected virtual async Task Prepare(Station station)
    {
        await Hire(station, Manager, "李主任", Roles.Manager);
        await Hire(station, Doctor, "王医生", Roles.Doctor);
        await Hire(station, Cashier, "Anna Karin Lundqvist-Öberg", Roles.Cashier);
    }

    public const string Manager = "01";
    public const string Doctor = "02";
    public const string Cashier = "03";

    /// <summary>Everybody's own PIN.</summary>
    public const string Pin = "739154";

    /// <summary>Somebody with an own PIN.</summary>
    protected static async Task Hire(Station station, string number, string name, string role)
    {
        var given = Assert.IsType<StaffOutcome.Done>(await station.Part<StaffChanges>().Add(number, name, role, "console"));
        Assert.IsType<PinOutcome.Right>(await station.Part<SignIn>().Change(number, given.Pin, Pin, Pin));
    }
}

using System.Net;
using System.Text.Json.Nodes;
using EdgeHub.Tests.Scenarios.Agent;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.VirtualCard;

namespace EdgeHub.Tests.Scenarios.Devices;

/// <summary>A clinic with a card daemon of its own, two readers, and the built agent as a process that speaks to it.</summary>
public sealed class PcscClinic : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private Station _station = null!;
    private string _folder = "";

    public PrivatePcscd Pcscd { get; private set; } = null!;
    public AgentProcess Agent { get; private set; } = null!;
    public string First => Pcscd.FirstReader;
    public string Second => Pcscd.SecondReader;

    public async Task InitializeAsync()
    {
        if (PcscFactAttribute.WhyNot is not null)
        {
            return;
        }
        _folder = Directory.CreateTempSubdirectory("pcsc-clinic-").FullName;
        Pcscd = new PrivatePcscd(Path.Combine(_folder, "pcscd"));
        Pcscd.Start();
        _station = await Station.StartIn(Directory.CreateDirectory(Path.Combine(_folder, "state")).FullName, ownFolder: false, ["offline.after_minutes", 0, "10080", "minutes"]);
        await _station.Close();
        Agent = await AgentProcess.StartWith(
            new() { [PrivatePcscd.Variable] = Pcscd.Socket }, _station.Folder,
            "--Devices:Pcsc", "true", "--Devices:SimulatedReader", "false", "--Devices:Cards:ReadWithinSeconds", "2", "--Devices:Cards:Areas", "site,5301");
        await Shows(First, "Ready");
        await Shows(Second, "Ready");
    }

    public Task DisposeAsync()
    {
        if (PcscFactAttribute.WhyNot is null)
        {
            Agent.Dispose();
            Pcscd.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
        return Task.CompletedTask;
    }

    public static CardFacts Facts(int person) => new()
    {
        CardNumber = Reference.Card(person), IdNumber = Reference.IdNumber(person), Name = $"样本{person}", Area = Reference.Region, Expires = "20250312",
    };

    public VpcdPlug Insert(CardFacts facts, int slot = 0) => new(Pcscd.Port + slot, new SocialSecurityCard(facts));

    /// <summary>Waits until a reader shows a status, and an error where one is named; the API itself waits, nothing is asked in a loop.</summary>
    public async Task<JsonNode> Shows(string reader, string status, string? error = null)
    {
        var (begun, seen) = (TimeProvider.System.GetTimestamp(), 0L);
        while (true)
        {
            var (_, body) = await Agent.Get($"/api/v1/readers?seen={seen}&wait=5");
            seen = body!["version"]!.GetValue<long>();
            var found = body["readers"]!.AsArray().FirstOrDefault(each => each!["name"]!.GetValue<string>() == reader);
            if (found is not null && found["status"]!.GetValue<string>() == status && found["error"]?.GetValue<string>() == error)
            {
                return found;
            }
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{reader} is not {status} {error}: {body.ToJsonString()}");
        }
    }

    public Task<(HttpStatusCode Status, JsonNode? Body)> CheckIn(object evidence) =>
        Agent.Post("/api/v1/visits", new { visitType = "13", evidence, @operator = "op" });
}

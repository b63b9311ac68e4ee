using EdgeHub.Tests.Scenarios.Agent;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>The built agent with a desk, over the small reference data of a clinic; its hub does not answer.</summary>
public class DeskSite : IAsyncLifetime
{
    private Station _station = null!;

    public AgentProcess Agent { get; private set; } = null!;

    public Uri Address => Agent.Http.BaseAddress!;

    /// <summary>Minutes without the hub until the clinic is offline; a week: the line counts as up.</summary>
    protected virtual string OfflineAfterMinutes => "10080";

    public async Task InitializeAsync()
    {
        _station = await Station.Start(["offline.after_minutes", 0, OfflineAfterMinutes, "minutes"]);
        await Prepare(_station);
        await _station.Close();
        Agent = await AgentProcess.Start(_station.Folder);
    }

    public async Task DisposeAsync()
    {
        Agent.Dispose();
        await _station.Open();
        await _station.DisposeAsync();
    }

    /// <summary>What happened at the clinic before the process starts.</summary>
    protected virtual Task Prepare(Station station) => Task.CompletedTask;
}

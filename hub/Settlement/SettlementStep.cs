using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;

namespace EdgeHub.Hub.Settlement;

/// <summary>Settlement as a step in the background: one bounded transaction of the hub's single writer per call.</summary>
public sealed class SettlementStep(HubStore hub, ILogger<SettlementStep>? logger = null) : IJobStep
{
    private readonly Settler _settler = new(
        new SettlementSettings(hub.Region, TimeZoneInfo.FindSystemTimeZoneById(hub.Settings.TimeZone)), hub.Clock, hub.Entropy, new SegmentReader(), logger);

    public string Name => "settlement";

    public bool RunOnce() => SettleOnce() is { Entries: > 0 } or { PersonYears: > 0 };

    public SettleReport SettleOnce() => hub.Write(_settler.SettleOnce);
}

public static class SettlementRoom
{
    public static IServiceCollection AddSettlement(this IServiceCollection services) => services.AddSingleton<IJobStep, SettlementStep>();
}

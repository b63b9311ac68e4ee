using EdgeHub.Hub.Store;

namespace EdgeHub.Hub.Operations;

/// <summary>How the hub stands: what it holds, and each device's head with what was refused of it.</summary>
public sealed record HubStatus(
    string Region, DateTimeOffset HubTime, long DemoOffsetSeconds, long Institutions, long Members, long Entries, long Quarantined,
    IReadOnlyDictionary<string, long> Feeds, IReadOnlyList<DeviceStatus> Devices)
{
    /// <summary>Batches in a device's name that its key has not signed, since the service began; null: asked of the store, not the service.</summary>
    public long? UnsignedRefused { get; init; }

    public static HubStatus Of(HubStore hub) => hub.Read(session => new HubStatus(
        hub.Region, hub.Clock.GetUtcNow(), hub.Settings.DemoOffsetSeconds,
        StatusStore.Institutions(session, hub.Region), StatusStore.Members(session, hub.Region), StatusStore.Entries(session, hub.Region),
        StatusStore.Quarantined(session, hub.Region), FeedVersions.Newest(session, hub.Region), StatusStore.Devices(session, hub.Region)));
}

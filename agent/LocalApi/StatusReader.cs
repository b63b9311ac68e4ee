using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Serial;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.LocalApi;

/// <summary>Where the agent stands. Synced only when the hub has acknowledged the local head.</summary>
/// <param name="Store">sound, or what is wrong: then every call about money answers StoreDamaged.</param>
/// <param name="Unacknowledged">Journal entries that the hub has not acknowledged.</param>
/// <param name="SecondsSinceExchange">Null: the hub was never heard.</param>
/// <param name="HubFailure">What the last try met; null: it went well.</param>
/// <param name="HubRefusal">Why the hub, or this agent, refused a batch or a page; null: nothing was refused.</param>
/// <param name="DemoOffsetMilliseconds">What a demonstration clock is moved by; 0 in service.</param>
/// <param name="Devices">Readers and devices over serial lines, in plain words.</param>
public sealed record StatusAnswer(
    string Version, string Store, bool Enrolled, string? Region, string? Site, string? Device, string? InstitutionName, int? InstitutionLevel,
    bool Offline, bool Synced, long Epoch, long Seq, long AckedThrough, long Unacknowledged, long UnacknowledgedSettlements, long UnacknowledgedFund,
    long? SecondsSinceExchange, string? HubFailure, string? HubRefusal, IReadOnlyDictionary<string, long> Feeds,
    DateTimeOffset Now, DateOnly CivilDay, long DemoOffsetMilliseconds, int WaitingWrites, IReadOnlyList<DeviceShown> Devices)
{
    /// <summary>What to do about a full disk, in the caller's language; null: there is room. Everything can be read meanwhile, nothing is taken in.</summary>
    public string? DiskFull { get; init; }
}

/// <summary>Reads the status. It answers even when the store does not.</summary>
public sealed class StatusReader(AgentStore store, HubContact contact, SyncRound round, CardReaders? readers = null, SerialDevices? devices = null)
{
    private static readonly string Version = typeof(StatusReader).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <param name="language">Of the words about devices.</param>
    public async Task<StatusAnswer> Read(string language = Languages.Default)
    {
        var facts = Facts.Nothing;
        var damage = store.Damage;
        if (damage is null)
        {
            try
            {
                facts = await store.Do(Ask);
            }
            catch (StoreException broken)
            {
                damage = broken.Message;
            }
        }
        var site = store.Site;
        return new StatusAnswer(
            Version, damage ?? StoreFindings.Sound, site is not null, site?.Region, site?.Site, site?.Device, site?.InstitutionName, site?.Level,
            contact.IsOffline(facts.Limits), facts.Head.Seq > 0 && facts.Head.Seq == facts.Acked.Seq, facts.Head.Epoch, facts.Head.Seq, facts.Acked.Seq,
            facts.Head.Seq - facts.Acked.Seq, facts.Settlements, facts.Fund, (long?)contact.SinceLastExchange?.TotalSeconds, contact.LastFailure, round.Refusal,
            facts.Feeds, store.Clock.Now, store.Clock.Today, store.Clock.DemoMilliseconds, store.Waiting, DeviceShown.Of(readers, devices, language))
        {
            DiskFull = store.IsFull ? Texts.For(Codes.DiskFull).StaffMay(language) : null,
        };
    }

    private Facts Ask(StoreSession session)
    {
        var (acked, feeds) = (store.Journal.Acked(session), FeedStore.States(session).ToDictionary(feed => feed.Key, feed => feed.Value.Version, StringComparer.Ordinal));
        var (count, fund) = DayStore.Unacknowledged(session, acked);
        return new Facts(
            store.Journal.Head(session), acked, count, fund, feeds, store.Policies.Limits(session, feeds.GetValueOrDefault(FeedNames.Parameters)));
    }

    private sealed record Facts(ChainHead Head, ChainHead Acked, long Settlements, long Fund, IReadOnlyDictionary<string, long> Feeds, OfflineLimits Limits)
    {
        public static readonly Facts Nothing = new(
            default, default, 0, 0, new Dictionary<string, long>(StringComparer.Ordinal), OfflineLimits.Defaults(EdgeHub.Rules.Currency.Cny));
    }
}

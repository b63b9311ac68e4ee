using EdgeHub.Agent.Devices;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Pages.Speech;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Desk;

/// <summary>What the bar at the foot of every page says.</summary>
/// <param name="Readers">Every reader in the words of the page's language.</param>
/// <param name="Day">Null: the store does not answer.</param>
/// <param name="IsOpen">The local interface is open to every program: a demonstration.</param>
/// <param name="OldestWaits">Age of the oldest visit that the hub has not acknowledged; null: none waits.</param>
public sealed record BarShown(StatusAnswer Status, IReadOnlyList<ReaderShown> Readers, DaySum? Day, Currency Currency, TimeSpan? OldestWaits, bool IsOpen)
{
    public bool IsDamaged => Status.Store != StoreFindings.Sound;

    /// <summary>The reader that asks for a look first; null: there is none.</summary>
    public ReaderShown? Reader => Readers.MinBy(reader => Urgency(reader.Status));

    /// <summary>The receipt printer that asks for a look first; null: there is none over a serial line, and the computer's own prints.</summary>
    public DeviceShown? Printer => Status.Devices.Where(device => device.Kind == "printer").OrderBy(device => device.Error is null).FirstOrDefault();

    /// <summary>good, warn, bad or nothing: the class of a reader's state.</summary>
    public static string? Kind(ReaderShown? reader) => reader?.Status switch
    {
        nameof(ReaderStatus.Ready) or nameof(ReaderStatus.Read) => reader.Error is null ? "good" : "warn",
        nameof(ReaderStatus.CardIn) or nameof(ReaderStatus.Reading) => null,
        nameof(ReaderStatus.Faulty) => "bad",
        _ => "warn",
    };

    private static int Urgency(string status) => status switch
    {
        nameof(ReaderStatus.Read) => 0,
        nameof(ReaderStatus.NotRead) => 1,
        nameof(ReaderStatus.Faulty) => 2,
        nameof(ReaderStatus.Reading) or nameof(ReaderStatus.CardIn) => 3,
        nameof(ReaderStatus.Ready) => 4,
        _ => 5,
    };

    /// <summary>Nothing is wrong but the line: an amber bar, and everything works.</summary>
    public bool IsCalm => Status.Enrolled && Status.Offline && !IsDamaged;
}

/// <summary>Reads the bar. It answers whatever is wrong.</summary>
public sealed class StatusBar(StatusReader status, LookUps lookUps, AgentStore store, CardReaders readers, Words words, AgentOptions options)
{
    /// <summary>The institution's name; before enrolment the product's.</summary>
    public string Place => store.Site?.InstitutionName ?? "EdgeHub";

    public async Task<BarShown> Read()
    {
        var stands = await status.Read(words.Language);
        IReadOnlyList<ReaderShown> shown = [.. readers.States.Select(state => ReaderShown.Of(state, words.Language))];
        if (stands.Store != StoreFindings.Sound)
        {
            return new BarShown(stands, shown, null, Currency.Cny, null, options.OpenApi);
        }
        try
        {
            var day = await lookUps.DayTotals(stands.CivilDay);
            var oldest = stands.UnacknowledgedSettlements > 0 ? await store.Do(OldestWaits) : null;
            return new BarShown(stands, shown, day.Net, Currency.Parse(day.Currency), oldest is { } at ? store.Clock.Now - at : null, options.OpenApi);
        }
        catch (StoreException)
        {
            // The next look says what is wrong with the store.
            return new BarShown(stands, shown, null, Currency.Cny, null, options.OpenApi);
        }
    }

    private DateTimeOffset? OldestWaits(StoreSession session) =>
        DayStore.OldestUnacknowledged(session, store.Journal.Acked(session)) is var (epoch, seq) ? store.Journal.CapturedAt(session, epoch, seq) : null;
}

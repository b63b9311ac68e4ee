using System.Text.Json;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>An own entry that the hub set aside: it counts nowhere until somebody has acted.</summary>
/// <param name="Key">The hub's name of it, for a phone call: device number/epoch/seq.</param>
/// <param name="Device">The device that wrote it; another than this one: a machine that was replaced.</param>
/// <param name="Owner">Who must act: the site's own code, or <see cref="Bureau"/>.</param>
/// <param name="WaitsFor">What releases it by itself; blank: only people do.</param>
public sealed record SetAside(string Key, string Device, long Epoch, long Seq, string Kind, string Code, string Owner, string WaitsFor, DateTimeOffset Since)
{
    public const string Bureau = "bureau";
}

/// <summary>What the entry says, where it stands in this store.</summary>
/// <param name="CivilDay">Null: it is not here.</param>
/// <param name="Settlement">The settlement that it makes, takes back or pays out; null: none, or not here.</param>
/// <param name="Receipt">Of that settlement; blank: none.</param>
public sealed record AsideEntry(SetAside Aside, DateOnly? CivilDay, Guid? Settlement, string Receipt);

/// <summary>Table set_aside: what the hub holds in quarantine of this site, as the feed tells it.</summary>
public static class SetAsideStore
{
    /// <summary>The oldest first, with what the own journal says of them.</summary>
    public static IReadOnlyList<AsideEntry> All(StoreSession session, JournalStore journal, string device, int most)
    {
        var all = new List<SetAside>();
        using (var rows = session.Prepared("select feed_key, device, epoch, seq, kind, code, owner, waits_for, since from set_aside order by since, feed_key limit $1").Read(most))
        {
            while (rows.Read())
            {
                all.Add(new SetAside(
                    rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetString(4), rows.GetString(5), rows.GetString(6), rows.GetString(7),
                    Instants.Read(rows.GetString(8))));
            }
        }
        return [.. all.Select(aside => aside.Device == device ? Known(session, journal, aside) : new AsideEntry(aside, null, null, ""))];
    }

    private static AsideEntry Known(StoreSession session, JournalStore journal, SetAside aside)
    {
        if (journal.After(session, aside.Epoch, aside.Seq - 1, 1, int.MaxValue) is not [var line] || line.Seq != aside.Seq)
        {
            return new AsideEntry(aside, null, null, "");
        }
        try
        {
            var head = JournalCodec.ReadHead(line.Line, out var body);
            using var json = JsonDocument.Parse(line.Line.AsMemory(body));
            var row = SettlementOf(json.RootElement) is { } id ? SettlementStore.Find(session, id) : null;
            return new AsideEntry(aside, head.CivilDay, row?.Settlement, row?.Receipt ?? "");
        }
        catch (Exception unreadable) when (unreadable is JournalFormatException or JsonException)
        {
            // That is why it was set aside: what the hub says of it is shown without it.
            return new AsideEntry(aside, null, null, "");
        }
    }

    private static Guid? SettlementOf(JsonElement body) =>
        body.ValueKind != JsonValueKind.Object ? null
        : body.TryGetProperty("settlement", out var own) && own.ValueKind == JsonValueKind.String && own.TryGetGuid(out var id) ? id
        : body.TryGetProperty("now", out var now) ? SettlementOf(now)
        : null;
}

using System.Text.Json;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>The accumulators that an entry moved which was set aside. Its site counted them, the hub does not: they are told again, so
/// that site and hub agree once the feed was pulled. Whatever else is wrong with the body, person and keys may still be readable.</summary>
internal static class AsideMoves
{
    /// <summary>As many as a settlement may move.</summary>
    private const int Most = 50;

    /// <returns>How many keys were told.</returns>
    public static int Tell(StepWork work, WaitingEntry entry, SegmentReader segments)
    {
        var named = Of(work.Session, entry, segments);
        foreach (var year in named.GroupBy(each => (each.Person, each.Year)))
        {
            AccumulatorStore.Tell(work.Session, entry.Region, year.Key.Person, year.Key.Year, year.Select(each => each.Key), work.AccumulatorsVersion);
            FactStore.SitePerson(work.Session, entry.Region, entry.Site, year.Key.Person);
        }
        return named.Count;
    }

    /// <summary>By person and scheme year the keys that the entry names; none where it names none or cannot be read.</summary>
    public static IReadOnlyList<(string Person, long Year, string Key)> Of(StoreSession session, WaitingEntry entry, SegmentReader segments)
    {
        if (entry.Kind is not (Kinds.VisitSettled or Kinds.VisitReversed or Kinds.VisitPartlyRefunded))
        {
            return [];
        }
        try
        {
            var line = segments.Line(session, entry.Region, entry.SegmentId, entry.Ordinal);
            _ = JournalCodec.ReadHead(line.Span, out var body);
            using var json = JsonDocument.Parse(line[body], new JsonDocumentOptions { MaxDepth = JournalCodec.MaxDepth });
            var root = entry.Kind == Kinds.VisitPartlyRefunded ? Property(json.RootElement, "now") : json.RootElement;
            return root is { } settled ? Named(settled) : [];
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or JournalFormatException or StoreException { Code: Codes.StoreDamaged })
        {
            return [];
        }
    }

    private static IReadOnlyList<(string Person, long Year, string Key)> Named(JsonElement settled)
    {
        if (Text(settled, "person") is not { Length: > 0 and <= ClaimChecks.MostText } person
            || Property(settled, "accumulators") is not { ValueKind: JsonValueKind.Array } moves)
        {
            return [];
        }
        var named = new List<(string, long, string)>();
        foreach (var move in moves.EnumerateArray().Take(Most))
        {
            if (Text(move, "key") is { } text && Key(text) is { } key)
            {
                var (whose, own) = MoveText.Whose(person, key);
                if (MoveText.YearOf(own) is { } year)
                {
                    named.Add((whose, year, own.ToString()));
                }
            }
        }
        return named;
    }

    private static AccumulatorKey? Key(string text)
    {
        try
        {
            return text.Length <= ClaimChecks.MostKey ? AccumulatorKey.Parse(text) : null;
        }
        catch (FaultException)
        {
            // No accumulator of ours: nobody's view holds it.
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}

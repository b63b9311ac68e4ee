using EdgeHub.Hub.Ledger;

namespace EdgeHub.Hub.Settlement;

/// <summary>Compares what a cause should have moved with the legs that the ledger has for it. Legs that no event may have are a
/// difference like any other.</summary>
internal static class LegAudit
{
    /// <summary>Blank: all of it is posted, and nothing else. Otherwise what is missing (and below zero, what is too much), event by event.</summary>
    public static string Difference(IReadOnlyList<Movement> target, IReadOnlyList<PostedLeg> legs)
    {
        var open = new Dictionary<(string Event, LegEnvelope From, LegEnvelope To), long>();
        foreach (var movement in target)
        {
            Add(open, (movement.Event.ToString(), Of(movement.From), Of(movement.To)), movement.Fen);
        }
        foreach (var set in legs.GroupBy(leg => leg.Set))
        {
            var sides = set.ToDictionary(leg => leg.Number);
            foreach (var to in set.Where(leg => leg.Number % 2 == 1))
            {
                if (!sides.TryGetValue(to.Number - 1, out var from) || from.Fen != -to.Fen || from.Event != to.Event)
                {
                    return $"{to.Event} {to.Fen}: the other side of the movement";
                }
                Add(open, (to.Event, from.Envelope, to.Envelope), checked(-to.Fen));
            }
        }
        return open.Values.All(fen => fen == 0)
            ? ""
            : string.Join("; ", open.Where(each => each.Value != 0).Select(each => FormattableString.Invariant($"{each.Key.Event} {each.Value}")).Order(StringComparer.Ordinal));
    }

    private static LegEnvelope Of(Account account) => new(account.Kind.ToString(), account.Owner, account.Scheme, account.Period, account.Currency.Code);

    private static void Add(Dictionary<(string, LegEnvelope, LegEnvelope), long> open, (string, LegEnvelope, LegEnvelope) key, long fen) =>
        open[key] = checked(open.GetValueOrDefault(key) + fen);
}

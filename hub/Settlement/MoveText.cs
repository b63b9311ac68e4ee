using System.Text.Json;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Settlement;

/// <summary>Accumulator moves as one text column: the JSON that the journal has, in the order given.</summary>
public static class MoveText
{
    public const string None = "[]";

    public static string Of(IReadOnlyList<SettledMove> moves) =>
        moves.Count == 0 ? None : JsonSerializer.Serialize(moves, JournalCodec.Options);

    public static string Of(IReadOnlyList<AccumulatorMove> moves) =>
        Of([.. moves.Select(m => new SettledMove(m.Key.ToString(), m.Before.MinorUnits, m.After.MinorUnits))]);

    public static IReadOnlyList<SettledMove> Read(string text) => text == None
        ? []
        : JsonSerializer.Deserialize<IReadOnlyList<SettledMove>>(text, JournalCodec.Options) ?? [];

    /// <summary>The state that the moves started from.</summary>
    public static AccumulatorState Before(IReadOnlyList<SettledMove> moves, Currency currency) =>
        new(moves.ToDictionary(m => AccumulatorKey.Parse(m.Key), m => new Money(m.Before, currency)));
}

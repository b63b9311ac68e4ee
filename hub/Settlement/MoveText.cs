using System.Globalization;
using System.Text.Json;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Settlement;

/// <summary>Accumulator moves as one text column: the JSON that the journal has, in the order given. A family member's account is
/// named with its owner there (AccountSpent/Year/YYYY/account:OWNER); the number itself lives under the owner, without a name.</summary>
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

    /// <summary>The state that the moves started from, as the one person's own rules see it.</summary>
    public static AccumulatorState Before(IReadOnlyList<SettledMove> moves, Currency currency) =>
        new(moves.ToDictionary(m => Whose("", AccumulatorKey.Parse(m.Key)).Key, m => new Money(m.Before, currency)));

    /// <summary>Under whom a settlement's accumulator lives, and under which key.</summary>
    public static (string Person, AccumulatorKey Key) Whose(string person, AccumulatorKey key) =>
        BenefitKeys.AccountOwner(key) is { Length: > 0 } owner ? (owner, key with { Scope = AccumulatorKey.Everywhere }) : (person, key);

    /// <summary>The scheme year that a key is of; null: none.</summary>
    public static long? YearOf(AccumulatorKey key) =>
        key.Period.Length >= 4 && long.TryParse(key.Period.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;
}

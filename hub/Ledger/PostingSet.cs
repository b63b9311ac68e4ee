using System.Globalization;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Ledger;

/// <summary>Signed minor units that an event moves from one envelope to another: two legs, the first less it, the second more it.
/// A correction moves a negative amount.</summary>
public sealed record Movement
{
    /// <exception cref="InvalidOperationException">The envelopes are not those of the event's row in the table of postings, or
    /// not of one region and currency.</exception>
    public Movement(LedgerEvent happened, Account from, Account to, long fen)
    {
        var rule = PostingTable.Of(happened);
        if (from.Kind != rule.Debit || to.Kind != rule.Credit)
        {
            throw new InvalidOperationException($"{happened} moves from {rule.Debit} to {rule.Credit}, not from {from} to {to}.");
        }
        if (from.Currency != to.Currency || from.Region != to.Region)
        {
            throw new InvalidOperationException($"{from} and {to} are not of one region and currency.");
        }
        (Event, From, To, Fen) = (happened, from, to, fen);
    }

    public LedgerEvent Event { get; }
    public Account From { get; }
    public Account To { get; }
    public long Fen { get; }

    public PostingRule Rule => PostingTable.Of(Event);
}

/// <summary>What is posted at once, for one business cause.</summary>
/// <param name="Cause">For example "settlement/0198…": corrections of it carry the same cause.</param>
/// <param name="ValueDate">The day on which it counts, for a settlement the service day.</param>
/// <param name="PostingDate">The day on which it is posted; its month must be open.</param>
public sealed record PostingSet(Guid Id, string Region, string Cause, DateOnly ValueDate, DateOnly PostingDate, IReadOnlyList<Movement> Movements)
{
    /// <summary>The first set of the cause, where the month of that one was closed before this one was posted; null: none was.</summary>
    public Guid? Corrects { get; init; }

    /// <summary>A set never has more movements: a set is one decision or one budget.</summary>
    public const int MostMovements = 1_000;

    public string PostingMonth => MonthOf(PostingDate);

    public static string MonthOf(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}

/// <summary>One side of a movement: the envelope's signed change, its event, rule and article.</summary>
public sealed record Leg(int No, LedgerEvent Event, Account Account, long Fen, Article Article)
{
    /// <summary>The legs of movements, two for each that moves anything, after the check that they sum to zero per currency.</summary>
    /// <exception cref="InvalidOperationException">They do not: the code that made them is broken.</exception>
    public static IReadOnlyList<Leg> Of(IReadOnlyList<Movement> movements)
    {
        var legs = new List<Leg>(movements.Count * 2);
        foreach (var movement in movements.Where(m => m.Fen != 0))
        {
            legs.Add(new Leg(legs.Count, movement.Event, movement.From, checked(-movement.Fen), movement.Rule.Article));
            legs.Add(new Leg(legs.Count, movement.Event, movement.To, movement.Fen, movement.Rule.Article));
        }
        RefuseUnbalanced(legs);
        return legs;
    }

    public static void RefuseUnbalanced(IReadOnlyList<Leg> legs)
    {
        foreach (var currency in legs.GroupBy(leg => leg.Account.Currency))
        {
            var sum = currency.Aggregate(0L, (total, leg) => checked(total + leg.Fen));
            if (sum != 0)
            {
                throw new InvalidOperationException($"The legs of a set sum to {sum} {currency.Key.Code}, not to zero.");
            }
        }
    }
}

/// <summary>A posting into a month that is closed; it belongs into the open one, with the service month beside it.</summary>
public sealed class PeriodClosedException(string region, string month)
    : Exception($"The month {month} of region {region} is closed; post into the open month.")
{
    public string Month { get; } = month;
}

using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A person's accumulators as this agent sees them: what the hub fed, plus own later moves that the fed value does not
/// include, so that nothing counts twice.</summary>
public static class AccumulatorStore
{
    private const string AllKinds = "";
    private const string AccountKind = nameof(AccumulatorKind.AccountSpent) + "/";

    /// <summary>Never below zero: a reversal here of a settlement that the hub cut down takes back no more than was there.</summary>
    /// <param name="accountOwner">The family member whose account pays for the person; blank: the own one. What is spent of it, by
    /// whomever, is the owner's number and stands here under the key that names the owner.</param>
    public static AccumulatorState Of(StoreSession session, string person, string accountOwner, Currency currency)
    {
        var amounts = new Dictionary<AccumulatorKey, Money>();
        Add(session, person, AllKinds, currency, amounts, key => key);
        if (accountOwner.Length > 0)
        {
            Add(session, accountOwner, AccountKind, currency, amounts, key => BenefitKeys.ForFamily(key, accountOwner));
        }
        return new AccumulatorState(amounts);
    }

    private static void Add(
        StoreSession session, string person, string kind, Currency currency, Dictionary<AccumulatorKey, Money> amounts, Func<AccumulatorKey, AccumulatorKey> named)
    {
        using (var told = session.Prepared("select accumulator, amount, includes_epoch, includes_seq, row_sum from accumulator_fed where person = $1").Read(person))
        {
            while (told.Read())
            {
                RowSum.Check(told.GetValue(4), "accumulator_fed", person, told.GetString(0), told.GetInt64(1), told.GetInt64(2), told.GetInt64(3));
                if (told.GetString(0) is var text && text.StartsWith(kind, StringComparison.Ordinal))
                {
                    amounts[named(AccumulatorKey.Parse(text))] = new Money(told.GetInt64(1), currency);
                }
            }
        }
        // Of a partial refund the old one's moves, which fall, come before the new one's.
        var held = new Dictionary<string, long>(StringComparer.Ordinal);
        using var own = session.Prepared("""
            select m.accumulator, m.after_amount - m.before_amount
            from accumulator_move m left join accumulator_fed f on f.person = m.person and f.accumulator = m.accumulator
            where m.person = $1 and (m.epoch, m.seq) > (coalesce(f.includes_epoch, 0), coalesce(f.includes_seq, 0))
            order by m.epoch, m.seq, m.after_amount - m.before_amount
            """).Read(person);
        while (own.Read())
        {
            if (own.GetString(0) is var text && text.StartsWith(kind, StringComparison.Ordinal))
            {
                if (!held.TryGetValue(text, out var before) && amounts.TryGetValue(named(AccumulatorKey.Parse(text)), out var fed))
                {
                    before = fed.MinorUnits;
                }
                held[text] = Moved(before, own.GetInt64(1));
            }
        }
        foreach (var (text, amount) in held)
        {
            amounts[named(AccumulatorKey.Parse(text))] = new Money(amount, currency).NotBelowZero();
        }
    }

    /// <summary>What is taken back is no more than was there, at each step: else what is settled afterwards would fill up what was
    /// never counted, and be forgotten.</summary>
    private static long Moved(long held, long by) => checked(by < 0 ? Math.Max(held + by, Math.Min(held, 0)) : held + by);

    /// <summary>A move of a person's settlement or reversal; that of a family member's account is kept under its owner.</summary>
    public static void AddMove(StoreSession session, string person, Guid source, SettledMove move, ChainHead at)
    {
        var (whose, accumulator) = (person, move.Key);
        if (move.Key.StartsWith(AccountKind, StringComparison.Ordinal) && AccumulatorKey.Parse(move.Key) is var key && BenefitKeys.AccountOwner(key) is { } owner)
        {
            (whose, accumulator) = (owner, BenefitKeys.OwnersKey(key).ToString());
        }
        session.Prepared("""
            insert into accumulator_move (person, accumulator, epoch, seq, source, before_amount, after_amount, of_person) values ($1, $2, $3, $4, $5, $6, $7, $8)
            """).Execute(whose, accumulator, at.Epoch, at.Seq, source, move.Before, move.After, whose == person ? null : person);
    }

    /// <summary>A hub that was restored is sent again what it once had: own moves that its fed amounts include leave these, for
    /// they count as later ones from now on.</summary>
    public static void TakeOutOfFed(StoreSession session, long epoch, long afterSeq) => session.Prepared("""
        update accumulator_fed set amount = amount - (
            select cast(coalesce(sum(m.after_amount - m.before_amount), 0) as bigint) from accumulator_move m
            where m.person = accumulator_fed.person and m.accumulator = accumulator_fed.accumulator and m.epoch = $1 and m.seq > $2
              and (m.epoch, m.seq) <= (accumulator_fed.includes_epoch, accumulator_fed.includes_seq)), row_sum = null
        where (includes_epoch, includes_seq) > ($1, $2)
        """).Execute(epoch, afterSeq);

    /// <summary>The moves that one settlement or reversal of a person made, named as it named them.</summary>
    public static IReadOnlyList<SettledMove> MovesOf(StoreSession session, string person, Guid source)
    {
        var moves = new List<SettledMove>();
        using var rows = session.Prepared("""
            select accumulator, before_amount, after_amount, person from accumulator_move where person = $1 and source = $2
            union all
            select accumulator, before_amount, after_amount, person from accumulator_move where of_person = $1 and source = $2
            order by 1
            """).Read(person, source);
        while (rows.Read())
        {
            var (accumulator, whose) = (rows.GetString(0), rows.GetString(3));
            moves.Add(new SettledMove(
                whose == person ? accumulator : BenefitKeys.ForFamily(AccumulatorKey.Parse(accumulator), whose).ToString(), rows.GetInt64(1), rows.GetInt64(2)));
        }
        return moves;
    }

    /// <param name="includes">The hub's amount includes what this device sent through here.</param>
    public static void Feed(StoreSession session, string person, string accumulator, long amount, (long Epoch, long Seq) includes, long seen) =>
        session.Prepared("""
            insert into accumulator_fed (person, accumulator, amount, includes_epoch, includes_seq, seen, row_sum) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (person, accumulator) do update set amount = excluded.amount,
                includes_epoch = excluded.includes_epoch, includes_seq = excluded.includes_seq, seen = excluded.seen, row_sum = excluded.row_sum
            """).Execute(person, accumulator, amount, includes.Epoch, includes.Seq, seen, RowSum.Of("accumulator_fed", person, accumulator, amount, includes.Epoch, includes.Seq));
}

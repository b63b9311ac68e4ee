using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ledger;

/// <summary>One envelope's balance before a month, what the month moved, and after it; minor units.</summary>
public sealed class TrialLine
{
    public string Currency { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Owner { get; init; } = "";
    public string Scheme { get; init; } = "";
    public string Period { get; init; } = "";
    public long Opening { get; init; }
    public long Movement { get; init; }
    public long Closing { get; init; }
}

/// <summary>Reads the ledger for people: trial balances, and sets with their legs.</summary>
internal static class LedgerViewStore
{
    /// <summary>Legs that one question shows at most.</summary>
    public const int MostLegs = 20_000;

    private const string LegColumns = """
        select s.set_id as SetId, s.cause as Cause, s.value_date as ValueDate, s.posting_date as PostingDate, s.corrects as Corrects, s.legs as Legs,
               l.leg_no as LegNo, l.event as Event, l.currency as Currency, l.kind as Kind, l.owner as Owner, l.scheme as Scheme, l.period as Period,
               l.fen as Fen, l.rule as Rule, l.article as Article
        """;

    /// <summary>Every envelope that was ever posted to, up to and with the month.</summary>
    public static IReadOnlyList<TrialLine> Trial(StoreSession session, string region, string month) => session.Query<TrialLine>(
        """
        select l.currency as Currency, l.kind as Kind, l.owner as Owner, l.scheme as Scheme, l.period as Period,
               cast(coalesce(sum(case when l.posting_month < @month then l.fen else 0 end), 0) as bigint) as Opening,
               cast(coalesce(sum(case when l.posting_month = @month then l.fen else 0 end), 0) as bigint) as Movement,
               cast(coalesce(sum(l.fen), 0) as bigint) as Closing
        from public_ledger_leg l where l.region = @region and l.posting_month <= @month
        group by l.currency, l.kind, l.owner, l.scheme, l.period order by l.kind, l.owner, l.scheme, l.period, l.currency
        """,
        new { region, month });

    /// <summary>The sets of a cause, whole, the first one first.</summary>
    public static IReadOnlyList<MonthLeg> OfCause(StoreSession session, string region, string cause) => session.Query<MonthLeg>(
        LegColumns + " from public_ledger_set s cross join public_ledger_leg l where s.region = @region and s.cause = @cause and l.region = s.region and l.set_id = s.set_id order by s.posting_date, s.set_id, l.leg_no limit @MostLegs",
        new { region, cause, MostLegs = (long)MostLegs });

    /// <summary>The legs of one envelope, all schemes and periods of it, the newest first.</summary>
    public static IReadOnlyList<MonthLeg> OfAccount(StoreSession session, string region, string kind, string owner) => session.Query<MonthLeg>(
        LegColumns + " from public_ledger_leg l join public_ledger_set s on s.region = l.region and s.set_id = l.set_id where l.region = @region and l.kind = @kind and l.owner = @owner order by s.posting_date desc, s.set_id desc, l.leg_no limit @MostLegs",
        new { region, kind, owner, MostLegs = (long)MostLegs });
}

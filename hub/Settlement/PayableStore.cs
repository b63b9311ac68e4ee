using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>A refund that a site paid out. PostingMonth is blank while its settlement is not known.</summary>
public sealed record Refund
{
    public required string Region { get; init; }
    public required Guid Id { get; init; }
    public required long DeviceNo { get; init; }
    public required long Epoch { get; init; }
    public required long Seq { get; init; }
    public required string Site { get; init; }
    public required Guid Settlement { get; init; }
    public required string Person { get; init; }
    public required string Currency { get; init; }
    public required long Amount { get; init; }
    public string PostingMonth { get; init; } = "";
}

/// <summary>A payable as it stands, in minor units. Carried: what was paid for others of its visit part counts here, or below zero,
/// elsewhere. Open is amount less paid and carried, below zero when overpaid.</summary>
public sealed record Payable
{
    public required Guid Settlement { get; init; }
    public required string Person { get; init; }
    public required Guid Decision { get; init; }
    public required long Amount { get; init; }
    public required long Paid { get; init; }
    public required long Carried { get; init; }
    public required string Cause { get; init; }
    public required string Currency { get; init; }
    public required string Site { get; init; }

    public long Open => Amount - Paid - Carried;
}

/// <summary>What decisions owe to persons, one row per settlement, and what was paid of it.</summary>
internal static class PayableStore
{
    private const string Selected =
        """
        select settlement as Settlement, person as Person, decision as Decision, amount as Amount, paid as Paid, carried as Carried, cause as Cause,
               currency as Currency, site as Site
        from payable
        """;

    private const string OfSql = Selected + " where region = $1 and settlement = $2";
    private const string PaidToSql = Selected + " where region = $1 and person = $2 and paid > 0";
    private const string RefundsSql = SelectedRefunds + " where region = $1 and settlement = $2";

    public static Payable? Of(StoreSession session, string region, Guid settlement) =>
        (session.Ahead.Of<IReadOnlyList<Payable>>(OfSql, settlement) ?? session.Rows<Payable>(OfSql, region, settlement)) is [var payable, ..] ? payable : null;

    /// <summary>Payables of a person of which something was paid out.</summary>
    public static IReadOnlyList<Payable> PaidTo(StoreSession session, string region, string person) =>
        session.Ahead.Of<IReadOnlyList<Payable>>(PaidToSql, person) ?? session.Rows<Payable>(PaidToSql, region, person);

    /// <summary>Both for many at once.</summary>
    /// <param name="settlements">Settlements of these persons, and of nobody else.</param>
    public static void Read(StoreSession session, string region, IReadOnlyCollection<string> persons, IReadOnlyCollection<Guid> settlements)
    {
        var payables = session.Rows<Payable>(Selected + " where region = $1 and person in (list $2)", region, persons.ToArray());
        session.Ahead.Keep(PaidToSql, persons, payables.Where(payable => payable.Paid > 0), payable => payable.Person);
        session.Ahead.Keep(OfSql, settlements, payables, payable => payable.Settlement);
    }

    /// <summary>The refunds of many settlements at once.</summary>
    public static void ReadRefunds(StoreSession session, string region, IReadOnlyCollection<Guid> settlements) => session.Ahead.Keep(
        RefundsSql, settlements, session.Rows<Refund>(SelectedRefunds + " where region = $1 and settlement in (list $2)", region, settlements.ToArray()),
        refund => refund.Settlement);

    private static void Forget(StoreSession session, SettledFact fact)
    {
        session.Ahead.Drop(OfSql, fact.Settlement);
        session.Ahead.Drop(PaidToSql, fact.Person);
    }

    /// <summary>Sets what is owed for a settlement. Where nothing was and nothing is owed, nothing is written.</summary>
    public static void Owe(StoreSession session, SettledFact fact, Guid decision, Judgement judgement, long nowMs, Func<long> version)
    {
        var known = Of(session, fact.Region, fact.Settlement);
        if (known is null && judgement.Owed == 0)
        {
            return;
        }
        var since = version();
        session.Later(
            """
            insert into payable (region, settlement, person, decision, amount, paid, cause, currency, site, since_ms, version)
            values ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10)
            on conflict (region, settlement) do update set decision = excluded.decision, amount = excluded.amount, cause = excluded.cause, version = excluded.version
            """,
            fact.Region, fact.Settlement, fact.Person, decision, judgement.Owed, judgement.Cause, fact.Currency, fact.Site, nowMs, since);
        Forget(session, fact);
    }

    public static void Paid(StoreSession session, SettledFact fact, Guid decision, long amount, string cause, long nowMs, long version)
    {
        session.Later(
            """
            insert into payable (region, settlement, person, decision, amount, paid, cause, currency, site, since_ms, version)
            values ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9, $10)
            on conflict (region, settlement) do update set paid = payable.paid + excluded.paid, version = excluded.version
            """,
            fact.Region, fact.Settlement, fact.Person, decision, amount, cause, fact.Currency, fact.Site, nowMs, version);
        Forget(session, fact);
    }

    /// <summary>Sets what of the payments for others of its visit part counts for a settlement.</summary>
    public static void Carry(StoreSession session, SettledFact fact, Guid decision, long carried, long nowMs, long version)
    {
        session.Later(
            """
            insert into payable (region, settlement, person, decision, amount, paid, carried, cause, currency, site, since_ms, version)
            values ($1, $2, $3, $4, 0, 0, $5, '', $6, $7, $8, $9)
            on conflict (region, settlement) do update set carried = excluded.carried, version = excluded.version
            """,
            fact.Region, fact.Settlement, fact.Person, decision, carried, fact.Currency, fact.Site, nowMs, version);
        Forget(session, fact);
    }

    private const string SelectedRefunds =
        """
        select region as Region, refund as Id, device_no as DeviceNo, epoch as Epoch, seq as Seq, site as Site, settlement as Settlement, person as Person,
               currency as Currency, amount as Amount, posting_month as PostingMonth from settlement_refund
        """;

    /// <summary>Stores a refund.</summary>
    /// <returns>False: this refund is known already.</returns>
    public static bool Insert(StoreSession session, Refund refund)
    {
        session.Ahead.Drop(RefundsSql, refund.Settlement);
        return session.Prepared(
            """
            insert into settlement_refund (region, refund, device_no, epoch, seq, site, settlement, person, currency, amount, posting_month)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '')
            on conflict (region, refund) do nothing
            """).Execute(
            refund.Region, refund.Id, refund.DeviceNo, refund.Epoch, refund.Seq, refund.Site, refund.Settlement, refund.Person, refund.Currency, refund.Amount) > 0;
    }

    public static Refund? Refund(StoreSession session, string region, Guid id) =>
        session.QuerySingleOrDefault<Refund>(SelectedRefunds + " where region = @region and refund = @id", new { region, id });

    /// <summary>The refunds of a settlement, by id; asked for in order SQLite reads all refunds of the region.</summary>
    public static IReadOnlyList<Refund> Refunds(StoreSession session, string region, Guid settlement) =>
        [.. (session.Ahead.Of<IReadOnlyList<Refund>>(RefundsSql, settlement) ?? session.Rows<Refund>(RefundsSql, region, settlement))
            .OrderBy(refund => refund.Id.ToString("D"), StringComparer.Ordinal)];

    public static IEnumerable<Refund> AllRefunds(StoreSession session, string region) =>
        session.Stream<Refund>(SelectedRefunds + " where region = @region order by refund", new { region });

    public static void Posted(StoreSession session, Refund refund, string month)
    {
        session.Later("update settlement_refund set posting_month = $1 where region = $2 and refund = $3", month, refund.Region, refund.Id);
        session.Ahead.Drop(RefundsSql, refund.Settlement);
    }
}

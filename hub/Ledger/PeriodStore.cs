using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ledger;

/// <summary>The months of the ledger: each posting takes its month's row, and closing changes that row for good. A month is never opened again.</summary>
public static class PeriodStore
{
    private const string TakeMonth = """
        insert into ledger_month (region, month, sets, closed) values ($1, $2, $3, false)
        on conflict (region, month) do update set sets = ledger_month.sets + excluded.sets where ledger_month.closed = false
        """;

    private const string ShutMonth = """
        insert into ledger_month (region, month, sets, closed) values ($1, $2, 0, true)
        on conflict (region, month) do update set closed = true where ledger_month.closed = false
        """;

    private const string MonthLegs = """
        select s.set_id as SetId, s.cause as Cause, s.value_date as ValueDate, s.posting_date as PostingDate, s.corrects as Corrects, s.legs as Legs,
               l.leg_no as LegNo, l.event as Event, a.currency as Currency, a.kind as Kind, a.owner as Owner, a.scheme as Scheme, a.period as Period,
               l.fen as Fen, l.rule as Rule, l.article as Article
        from ledger_set s join ledger_leg l on l.region = s.region and l.set_id = s.set_id
        join ledger_account a on a.region = l.region and a.account_no = l.account_no
        where s.region = @region and s.posting_month = @month order by s.set_id, l.leg_no
        """;

    /// <summary>Counts a set into its month. Until the transaction ends nobody closes that month.</summary>
    /// <exception cref="PeriodClosedException">The month is closed.</exception>
    internal static void Take(StoreSession session, string region, string month)
    {
        if (session.Ahead.Of<string>(TakeMonth, month) == region)
        {
            // Its row is changed by this transaction already: nobody else can close it.
            session.LaterAdd(TakeMonth, 2, region, month, 1L);
            return;
        }
        if (session.Prepared(TakeMonth).Execute(region, month, 1L) == 0)
        {
            throw new PeriodClosedException(region, month);
        }
        session.Ahead.Keep(TakeMonth, month, region);
    }

    public static bool IsClosed(StoreSession session, string region, string month) =>
        session.Prepared("select 1 from ledger_period where region = $1 and month = $2").Scalar(region, month) is not null;

    /// <summary>Closes a month for good: it takes no posting any more, and its sets are sealed by a hash that also holds the
    /// closing before it. Closing it again changes nothing.</summary>
    /// <param name="by">The operator who closes it.</param>
    /// <exception cref="InvalidOperationException">An earlier month with postings is open, or a later one is closed: closings stand in the order of the months.</exception>
    public static Closing Close(StoreSession session, string region, string month, string by, DateTimeOffset now)
    {
        session.Ahead.Drop(TakeMonth, month);
        if (session.Prepared(ShutMonth).Execute(region, month) == 0)
        {
            return Closings(session, region).Single(each => each.Month == month);
        }
        var before = Closings(session, region);
        if (OpenBefore(session, region, month) is [var open, ..])
        {
            throw new InvalidOperationException($"{open} has postings and is open; it is closed before {month}.");
        }
        if (before.LastOrDefault() is { } last && string.CompareOrdinal(last.Month, month) > 0)
        {
            throw new InvalidOperationException($"{last.Month} is closed already; {month} comes before it.");
        }
        var previous = before.LastOrDefault(each => each.Hash.Length > 0)?.Hash ?? Closing.NoPrevious;
        var closing = Sealed(session, new Closing(region, month, now.ToUnixTimeMilliseconds(), by, 0, previous, ""));
        session.Execute(
            "insert into ledger_period (region, month, closed_ms, closed_by, sets, previous, hash) values (@Region, @Month, @ClosedMs, @ClosedBy, @Sets, @Previous, @Hash)",
            closing);
        foreach (var total in TotalsOf(session, region, month))
        {
            session.Execute(
                """
                insert into ledger_period_total (region, month, currency, kind, opening, movement, closing)
                values (@region, @month, @Currency, @Kind, @Opening, @Movement, @Closed)
                """,
                new { region, month, total.Currency, total.Kind, total.Opening, total.Movement, total.Closed });
        }
        return closing;
    }

    /// <summary>The closing with the number of its sets and its hash, as they follow from what is posted now.</summary>
    public static Closing Sealed(StoreSession session, Closing head)
    {
        using var hash = new MonthHash(head.Region, head.Month, head.ClosedMs, head.ClosedBy, head.Previous);
        foreach (var leg in session.Stream<MonthLeg>(MonthLegs, new { region = head.Region, month = head.Month }))
        {
            hash.Add(leg);
        }
        return head with { Sets = hash.Sets, Hash = hash.Done() };
    }

    /// <summary>All closings, by month.</summary>
    public static IReadOnlyList<Closing> Closings(StoreSession session, string region) => [.. session.Query<ClosingRow>(
        """
        select region as Region, month as Month, closed_ms as ClosedMs, closed_by as ClosedBy, sets as Sets, previous as Previous, hash as Hash
        from ledger_period where region = @region order by month
        """,
        new { region }).Select(row => new Closing(row.Region, row.Month, row.ClosedMs, row.ClosedBy, row.Sets, row.Previous, row.Hash))];

    /// <summary>Months before this one that have postings and are not closed, in their order.</summary>
    public static IReadOnlyList<string> OpenBefore(StoreSession session, string region, string month) => session.Query<string>(
        "select month from ledger_month where region = @region and month < @month and closed = false order by month", new { region, month });

    /// <summary>What stands in ledger_month: how many sets were counted into each month, and whether it is shut.</summary>
    internal static IReadOnlyList<MonthRow> Months(StoreSession session, string region) => session.Query<MonthRow>(
        """
        select m.month as Month, m.sets as Counted, m.closed as Closed from ledger_month m where m.region = @region order by m.month
        """,
        new { region });

    /// <summary>The totals of a month by kind of envelope, as they follow from the legs.</summary>
    public static IReadOnlyList<ClosingTotal> TotalsOf(StoreSession session, string region, string month) => Totals(session,
        """
        select a.currency as Currency, a.kind as Kind,
               cast(coalesce(sum(case when s.posting_month < @month then l.fen else 0 end), 0) as bigint) as Opening,
               cast(coalesce(sum(case when s.posting_month = @month then l.fen else 0 end), 0) as bigint) as Movement,
               cast(coalesce(sum(l.fen), 0) as bigint) as Closed
        from ledger_set s join ledger_leg l on l.region = s.region and l.set_id = s.set_id
        join ledger_account a on a.region = l.region and a.account_no = l.account_no
        where s.region = @region and s.posting_month <= @month group by a.currency, a.kind order by a.currency, a.kind
        """, region, month);

    /// <summary>The totals as they were kept when the month was closed.</summary>
    public static IReadOnlyList<ClosingTotal> KeptTotals(StoreSession session, string region, string month) => Totals(session,
        """
        select currency as Currency, kind as Kind, opening as Opening, movement as Movement, closing as Closed
        from ledger_period_total where region = @region and month = @month order by currency, kind
        """, region, month);

    private static IReadOnlyList<ClosingTotal> Totals(StoreSession session, string sql, string region, string month) =>
        [.. session.Query<TotalRow>(sql, new { region, month }).Select(row => new ClosingTotal(row.Currency, row.Kind, row.Opening, row.Movement, row.Closed))];

    internal sealed class MonthRow
    {
        public string Month { get; init; } = "";
        public long Counted { get; init; }
        public bool Closed { get; init; }
    }

    private sealed class ClosingRow
    {
        public string Region { get; init; } = "";
        public string Month { get; init; } = "";
        public long ClosedMs { get; init; }
        public string ClosedBy { get; init; } = "";
        public long Sets { get; init; }
        public string Previous { get; init; } = "";
        public string Hash { get; init; } = "";
    }

    private sealed class TotalRow
    {
        public string Currency { get; init; } = "";
        public string Kind { get; init; } = "";
        public long Opening { get; init; }
        public long Movement { get; init; }
        public long Closed { get; init; }
    }
}

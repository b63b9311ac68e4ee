using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ledger;

/// <summary>The postings of a region. They are only ever added: on SQLite, triggers refuse every update and delete, a set whose
/// legs do not sum to zero per currency, and a closed month; the same is checked in code before the write, and again by
/// verify. A balance is the sum of its account's legs, kept in the same transaction.</summary>
public static class LedgerStore
{
    private const string AddLeg = "insert into ledger_leg (region, set_id, leg_no, event, account_no, fen, rule, article) values ($1, $2, $3, $4, $5, $6, $7, $8)";

    private const string AddBalance =
        "insert into ledger_balance (region, account_no, fen) values ($1, $2, $3) on conflict (region, account_no) do update set fen = ledger_balance.fen + excluded.fen";

    private const string AddSet =
        "insert into ledger_set (region, set_id, cause, value_date, posting_date, posting_month, legs, corrects) values ($1, $2, $3, $4, $5, $6, $7, $8)";

    // Cross joins: SQLite keeps their order. Left to itself it reads all legs of the region for the few of one cause.
    private const string PostedOf = PostedWhat + " and s.cause = $2" + PostedGroups;
    private const string PostedOfMany = PostedWhat + " and s.cause in (list $2)" + PostedGroups;

    private const string PostedWhat = """
        select s.cause as cause, t.event as event, f.currency as currency, f.kind as fromkind, f.owner as fromowner, f.scheme as fromscheme, f.period as fromperiod,
               a.kind as tokind, a.owner as toowner, a.scheme as toscheme, a.period as toperiod, cast(coalesce(sum(t.fen), 0) as bigint) as fen
        from ledger_set s
        cross join ledger_leg t
        cross join ledger_leg o
        cross join ledger_account f
        cross join ledger_account a
        where s.region = $1
        and t.region = s.region and t.set_id = s.set_id and t.leg_no % 2 = 1
        and o.region = t.region and o.set_id = t.set_id and o.leg_no = t.leg_no - 1
        and f.region = o.region and f.account_no = o.account_no
        and a.region = t.region and a.account_no = t.account_no
        """;

    private const string PostedGroups =
        " group by s.cause, t.event, f.account_no, a.account_no, f.currency, f.kind, f.owner, f.scheme, f.period, a.kind, a.owner, a.scheme, a.period";

    private const string PostedInMonths = """
        select s.posting_month as Month, cast(coalesce(sum(t.fen), 0) as bigint) as Fen
        from ledger_set s cross join ledger_leg t
        where s.region = $1 and s.cause = $2 and t.region = s.region and t.set_id = s.set_id and t.leg_no % 2 = 1 and t.event = $3
        group by s.posting_month order by s.posting_month
        """;

    private const string OfCause =
        "select set_id, posting_month from ledger_set where region = $1 and cause = $2";

    private const string FindAccount =
        "select account_no from ledger_account where region = $1 and kind = $2 and owner = $3 and period = $4 and scheme = $5 and currency = $6";

    private const string AddAccount =
        "insert into ledger_account (region, account_no, currency, kind, owner, scheme, period) values ($1, $2, $3, $4, $5, $6, $7)";

    private const string LastAccount = "select cast(coalesce(max(account_no), 0) as bigint) from ledger_account where region = $1";

    private const string AccountsOf = """
        select account_no as No, currency as Currency, kind as Kind, owner as Owner, scheme as Scheme, period as Period
        from ledger_account where region = $1 and kind in (list $2) and owner in (list $3)
        """;

    /// <summary>Posts a set: all of it or nothing. A set that moves nothing writes nothing. A cause that may have been posted
    /// before is posted by <see cref="PostTarget"/>, which points back.</summary>
    /// <returns>Whether anything was written.</returns>
    /// <exception cref="PeriodClosedException">The month of the posting date is closed.</exception>
    /// <exception cref="InvalidOperationException">The legs do not sum to zero, or are too many.</exception>
    public static bool Post(StoreSession session, PostingSet set)
    {
        var legs = Leg.Of(set.Movements);
        if (legs.Count == 0)
        {
            return false;
        }
        if (legs.Count > 2 * PostingSet.MostMovements)
        {
            throw new InvalidOperationException($"A set of {legs.Count} legs is more than {2 * PostingSet.MostMovements}.");
        }
        PeriodStore.Take(session, set.Region, set.PostingMonth);
        session.Ahead.Drop(PostedOf, set.Cause);
        foreach (var leg in legs)
        {
            var account = AccountNo(session, leg.Account);
            session.Later(AddLeg, set.Region, set.Id, (long)leg.No, leg.Event.ToString(), account, leg.Fen, leg.Article.Rule, leg.Article.Clause);
            session.LaterAdd(AddBalance, 2, set.Region, account, leg.Fen);
        }
        session.Later(AddSet, set.Region, set.Id, set.Cause, set.ValueDate, set.PostingDate, set.PostingMonth, (long)legs.Count, set.Corrects);
        return true;
    }

    /// <summary>What is posted for a cause so far, one movement per event and pair of envelopes, in the order of the table of postings.</summary>
    public static IReadOnlyList<Movement> Posted(StoreSession session, string region, string cause)
    {
        var rows = session.Ahead.Of<IReadOnlyList<MovementRow>>(PostedOf, cause) ?? session.Rows<MovementRow>(PostedOf, region, cause);
        return [.. rows.Select(row => row.ToMovement(region)).OrderBy(m => m.Event)];
    }

    /// <summary>The same for many causes at once.</summary>
    internal static void ReadPosted(StoreSession session, string region, IReadOnlyCollection<string> causes) => session.Ahead.Keep(
        PostedOf, causes, session.Rows<MovementRow>(PostedOfMany, region, causes.ToArray()), row => row.Cause);

    /// <summary>What an event has moved for a cause, by posting month.</summary>
    public static IReadOnlyList<(string Month, long Fen)> PostedByMonth(StoreSession session, string region, string cause, LedgerEvent happened) =>
        [.. session.Rows<MonthRow>(PostedInMonths, region, cause, happened.ToString()).Select(row => (row.Month, row.Fen))];

    /// <summary>Posts what a cause should have moved, less what is posted for it already. Events of the cause that are no longer
    /// in the target are taken back. Where the month of the cause's first set is closed, the new set points back to it.</summary>
    public static bool PostTarget(StoreSession session, PostingSet target)
    {
        var posted = Posted(session, target.Region, target.Cause);
        var movements = Less(target.Movements, posted);
        if (movements.Count == 0)
        {
            return false;
        }
        return Post(session, target with { Movements = movements, Corrects = Corrected(session, target.Region, target.Cause) });
    }

    /// <summary>The first set of a cause where its month is closed; null: nothing was posted, or its month is open.</summary>
    private static Guid? Corrected(StoreSession session, string region, string cause)
    {
        (string Month, string Set)? first = null;
        using (var sets = session.Prepared(OfCause).Read(region, cause))
        {
            while (sets.Read())
            {
                // As text: so ids have the same order on both engines and in the hash of a month.
                var each = (Month: sets.GetString(1), Set: sets.GetGuid(0).ToString("D"));
                first = first is { } known && string.CompareOrdinal(known.Month + known.Set, each.Month + each.Set) <= 0 ? known : each;
            }
        }
        return first is { } earliest && PeriodStore.IsClosed(session, region, earliest.Month) ? Guid.ParseExact(earliest.Set, "D") : null;
    }

    /// <summary>Target less posted, per event and pair of envelopes; what comes to zero is left out.</summary>
    public static IReadOnlyList<Movement> Less(IReadOnlyList<Movement> target, IReadOnlyList<Movement> posted) =>
        [.. target.Concat(posted.Select(m => new Movement(m.Event, m.From, m.To, checked(-m.Fen))))
            .GroupBy(m => (m.Event, m.From, m.To))
            .Select(g => new Movement(g.Key.Event, g.Key.From, g.Key.To, g.Aggregate(0L, (sum, m) => checked(sum + m.Fen))))
            .Where(m => m.Fen != 0)
            .OrderBy(m => m.Event)];

    /// <summary>The months in which a cause was posted.</summary>
    public static IReadOnlyList<string> MonthsOf(StoreSession session, string region, string cause) => session.Query<string>(
        "select distinct posting_month from ledger_set where region = @region and cause = @cause order by posting_month", new { region, cause });

    /// <summary>Today, or where its month is closed already, the first day of the next open month.</summary>
    public static DateOnly OpenDay(StoreSession session, string region, DateOnly today)
    {
        const int MostMonths = 24;
        var day = today;
        for (var i = 0; i < MostMonths; i++)
        {
            if (!PeriodStore.IsClosed(session, region, PostingSet.MonthOf(day)))
            {
                return day;
            }
            day = new DateOnly(day.Year, day.Month, 1).AddMonths(1);
        }
        throw new PeriodClosedException(region, PostingSet.MonthOf(today));
    }

    /// <summary>Balance of one envelope in minor units; 0 where nothing was ever posted.</summary>
    public static long Balance(StoreSession session, Account account) =>
        session.ExecuteScalar<long>(
            "select cast(coalesce(sum(fen), 0) as bigint) from public_balance where region = @region and kind = @kind and owner = @owner and period = @period and scheme = @scheme and currency = @currency",
            new { region = account.Region, kind = account.Kind.ToString(), owner = account.Owner, period = account.Period, scheme = account.Scheme, currency = account.Currency.Code });

    /// <summary>All envelopes with their balances, by kind, owner and period.</summary>
    public static IReadOnlyList<(Account Account, long Fen)> Balances(StoreSession session, string region) =>
        [.. session.Query<BalanceRow>(
            "select currency, kind, owner, scheme, period, fen from public_balance where region = @region order by kind, owner, period, scheme, currency", new { region })
            .Select(row => (AccountOf(region, row.Currency, row.Kind, row.Owner, row.Scheme, row.Period), row.Fen))];

    /// <summary>Reads the numbers of these owners' envelopes ahead, and that they have no others of these kinds.</summary>
    internal static void ReadAhead(StoreSession session, string region, IReadOnlyList<AccountKind> kinds, IReadOnlyList<string> owners)
    {
        foreach (var row in session.Rows<AccountRow>(AccountsOf, region, kinds.Select(kind => kind.ToString()).ToArray(), owners.ToArray()))
        {
            session.Ahead.Keep(FindAccount, AccountOf(region, row.Currency, row.Kind, row.Owner, row.Scheme, row.Period), row.No);
        }
        foreach (var (kind, owner) in kinds.SelectMany(kind => owners.Select(owner => (kind, owner))))
        {
            session.Ahead.Keep(AccountsOf, (region, kind, owner), true);
        }
    }

    /// <summary>The number of an envelope, which is made where it is not. It holds for the transaction: envelopes are never taken away.</summary>
    private static long AccountNo(StoreSession session, Account account)
    {
        if (session.Ahead.Of<long?>(FindAccount, account) is { } known)
        {
            return known;
        }
        var (kind, currency) = (account.Kind.ToString(), account.Currency.Code);
        if (session.Ahead.Of<bool>(AccountsOf, (account.Region, account.Kind, account.Owner))
            || session.Prepared(FindAccount).Scalar(account.Region, kind, account.Owner, account.Period, account.Scheme, currency) is not long number)
        {
            number = 1 + (session.Ahead.Of<long?>(LastAccount, account.Region) ?? (long)session.Prepared(LastAccount).Scalar(account.Region)!);
            session.Ahead.Keep(LastAccount, account.Region, number);
            session.Later(AddAccount, account.Region, number, currency, kind, account.Owner, account.Scheme, account.Period);
        }
        session.Ahead.Keep(FindAccount, account, number);
        return number;
    }

    private static Account AccountOf(string region, string currency, string kind, string owner, string scheme, string period) =>
        new(region, Currency.Parse(currency), Enum.Parse<AccountKind>(kind), owner, scheme, period);

    private sealed class AccountRow
    {
        public long No { get; init; }
        public string Currency { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Owner { get; init; } = "";
        public string Scheme { get; init; } = "";
        public string Period { get; init; } = "";
    }

    private sealed class BalanceRow
    {
        public string Currency { get; set; } = "";
        public string Kind { get; set; } = "";
        public string Owner { get; set; } = "";
        public string Scheme { get; set; } = "";
        public string Period { get; set; } = "";
        public long Fen { get; set; }
    }

    private sealed class MonthRow
    {
        public string Month { get; set; } = "";
        public long Fen { get; set; }
    }

    private sealed class MovementRow
    {
        public string Cause { get; set; } = "";
        public string Event { get; set; } = "";
        public string Currency { get; set; } = "";
        public string FromKind { get; set; } = "";
        public string FromOwner { get; set; } = "";
        public string FromScheme { get; set; } = "";
        public string FromPeriod { get; set; } = "";
        public string ToKind { get; set; } = "";
        public string ToOwner { get; set; } = "";
        public string ToScheme { get; set; } = "";
        public string ToPeriod { get; set; } = "";
        public long Fen { get; set; }

        public Movement ToMovement(string region) => new(
            Enum.Parse<LedgerEvent>(Event),
            AccountOf(region, Currency, FromKind, FromOwner, FromScheme, FromPeriod),
            AccountOf(region, Currency, ToKind, ToOwner, ToScheme, ToPeriod),
            Fen);
    }
}

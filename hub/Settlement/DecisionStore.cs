using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>A decision as stored: what was judged, when, and in which month it was posted.</summary>
public sealed record StoredDecision(string Entry, long Version, Guid Id, Judgement Judgement, string PostingMonth, long DecidedMs);

/// <summary>Decisions, only ever added; the fact names the version that holds.</summary>
internal static class DecisionStore
{
    private const string Columns =
        """
        select d.device_no as DeviceNo, d.epoch as Epoch, d.seq as Seq, d.version as Version, d.decision as Id, d.status as Status, d.code as Code, d.cause as Cause,
               d.rule as Rule, d.article as Article, d.fund as Fund, d.catastrophic as Catastrophic, d.assistance as Assistance, d.account as Account, d.cash as Cash, d.deductible as Deductible,
               d.difference as Difference, d.own_fault as OwnFault, d.bears as Bears, d.policy as Policy, d.policy_row as PolicyRow, d.moves as Moves,
               d.posting_month as PostingMonth, d.decided_ms as DecidedMs
        """;

    private const string Selected = Columns + " from decision d";

    // From the facts on, which the cross join makes SQLite keep to.
    private const string OfPersonsSql = Columns + """

        from settlement_fact f cross join decision d
        where f.region = $1 and f.person >= $2 and f.person <= $3
        and d.region = f.region and d.device_no = f.device_no and d.epoch = f.epoch and d.seq = f.seq
        """;

    private const string OfFactSql = Selected + " where d.region = $1 and d.device_no = $2 and d.epoch = $3 and d.seq = $4 order by d.version";

    private const string OfFactsSql = Columns + """

        from settlement_fact f cross join decision d
        where f.region = $1 and f.settlement in (list $2)
        and d.region = f.region and d.device_no = f.device_no and d.epoch = f.epoch and d.seq = f.seq
        """;

    private const string OfYearSql = Selected + """
         join settlement_fact f on f.region = d.region and f.device_no = d.device_no and f.epoch = d.epoch and f.seq = d.seq and f.decision_version = d.version
        where f.region = $1 and f.person = $2 and f.scheme_year = $3
        """;

    private const string OfYearsSql = Columns + """

        from settlement_fact f cross join decision d
        where f.region = $1 and f.person in (list $2) and f.scheme_year in (list $3)
        and d.region = f.region and d.device_no = f.device_no and d.epoch = f.epoch and d.seq = f.seq and d.version = f.decision_version
        """;

    public static void Insert(StoreSession session, SettledFact fact, StoredDecision decision)
    {
        var judged = decision.Judgement;
        session.Later(
            """
            insert into decision (region, device_no, epoch, seq, version, decision, status, code, cause, rule, article, fund, catastrophic, assistance, account, cash,
                                  deductible, difference, bears, policy, policy_row, moves, posting_month, decided_ms, own_fault)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
            """,
            fact.Region, fact.DeviceNo, fact.Epoch, fact.Seq, decision.Version, decision.Id, judged.Status, judged.Code, judged.Cause, judged.Rule, judged.Article,
            judged.Fund, judged.Catastrophic, judged.Assistance, judged.Account, judged.Cash, judged.Deductible, judged.Difference, judged.Bears, judged.Policy,
            judged.PolicyRow, judged.Moves, decision.PostingMonth, decision.DecidedMs, judged.OwnFault);
        session.Ahead.Drop(OfYearSql, (fact.Person, fact.SchemeYear));
        session.Ahead.Drop(OfFactSql, fact.Entry);
    }

    /// <summary>The decisions that hold for a person's scheme year, by entry.</summary>
    public static IReadOnlyDictionary<string, StoredDecision> OfYear(StoreSession session, string region, string person, long year) =>
        (session.Ahead.Of<IReadOnlyList<StoredDecision>>(OfYearSql, (person, year))
            ?? [.. session.Rows<Row>(OfYearSql, region, person, year).Select(row => row.ToDecision())])
        .ToDictionary(d => d.Entry, StringComparer.Ordinal);

    /// <summary>The same for many at once.</summary>
    /// <param name="facts">All settlements of these persons' years.</param>
    public static void ReadYears(
        StoreSession session, string region, IReadOnlyCollection<(string Person, long Year)> years, IReadOnlyList<SettledFact> facts)
    {
        var of = facts.ToDictionary(fact => fact.Entry, fact => (fact.Person, fact.SchemeYear), StringComparer.Ordinal);
        var decisions = session.Rows<Row>(
            OfYearsSql, region, years.Select(year => year.Person).Distinct(StringComparer.Ordinal).ToArray(), years.Select(year => year.Year).Distinct().ToArray())
            .Select(row => row.ToDecision()).Where(decision => of.ContainsKey(decision.Entry));
        session.Ahead.Keep(OfYearSql, years, decisions, decision => of[decision.Entry]);
    }

    /// <summary>All decisions on the settlements of the persons from one to another, by entry, the first one first.</summary>
    public static ILookup<string, StoredDecision> OfPersons(StoreSession session, string region, string low, string high) =>
        session.Rows<Row>(
            OfPersonsSql,
            region, low, high)
            .Select(row => row.ToDecision()).OrderBy(decision => decision.Version).ToLookup(decision => decision.Entry, StringComparer.Ordinal);

    /// <summary>All decisions of one settlement, the first one first.</summary>
    public static IReadOnlyList<StoredDecision> OfFact(StoreSession session, SettledFact fact) =>
        session.Ahead.Of<IReadOnlyList<StoredDecision>>(OfFactSql, fact.Entry)
        ?? [.. session.Rows<Row>(OfFactSql, fact.Region, fact.DeviceNo, fact.Epoch, fact.Seq).Select(row => row.ToDecision())];

    /// <summary>The same for many at once.</summary>
    public static void ReadFacts(StoreSession session, string region, IReadOnlyList<SettledFact> facts) => session.Ahead.Keep(
        OfFactSql, facts.Select(fact => fact.Entry),
        session.Rows<Row>(OfFactsSql, region, facts.Select(fact => fact.Settlement).Distinct().ToArray()).Select(row => row.ToDecision()).OrderBy(decision => decision.Version),
        decision => decision.Entry);

    private sealed class Row
    {
        public long DeviceNo { get; init; }
        public long Epoch { get; init; }
        public long Seq { get; init; }
        public long Version { get; init; }
        public Guid Id { get; init; }
        public string Status { get; init; } = "";
        public string Code { get; init; } = "";
        public string Cause { get; init; } = "";
        public string Rule { get; init; } = "";
        public string Article { get; init; } = "";
        public long Fund { get; init; }
        public long Catastrophic { get; init; }
        public long Assistance { get; init; }
        public long Account { get; init; }
        public long Cash { get; init; }
        public long Deductible { get; init; }
        public long Difference { get; init; }
        public long OwnFault { get; init; }
        public string Bears { get; init; } = "";
        public string Policy { get; init; } = "";
        public long PolicyRow { get; init; }
        public string Moves { get; init; } = "";
        public string PostingMonth { get; init; } = "";
        public long DecidedMs { get; init; }

        public StoredDecision ToDecision() => new(
            FormattableString.Invariant($"{DeviceNo}/{Epoch}/{Seq}"), Version, Id,
            new Judgement(Status, Code, Cause, Rule, Article, Fund, Catastrophic, Assistance, Account, Cash, Deductible, Difference, Bears, Policy, PolicyRow, Moves) { OwnFault = OwnFault },
            PostingMonth, DecidedMs);
    }
}

using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>The settlements as claimed, and how each stands.</summary>
internal static class FactStore
{
    /// <summary>Columns of the table and the properties of <see cref="SettledFact"/> that they hold.</summary>
    private static readonly (string Column, string Property)[] Columns =
    [
        ("region", nameof(SettledFact.Region)), ("device_no", nameof(SettledFact.DeviceNo)), ("epoch", nameof(SettledFact.Epoch)), ("seq", nameof(SettledFact.Seq)),
        ("site", nameof(SettledFact.Site)), ("effective_ms", nameof(SettledFact.EffectiveMs)), ("known_on", nameof(SettledFact.KnownOn)), ("civil_day", nameof(SettledFact.CivilDay)),
        ("settlement", nameof(SettledFact.Settlement)), ("visit", nameof(SettledFact.Visit)), ("ordinal", nameof(SettledFact.Ordinal)),
        ("person", nameof(SettledFact.Person)), ("scheme_year", nameof(SettledFact.SchemeYear)), ("service_day", nameof(SettledFact.ServiceDay)),
        ("currency", nameof(SettledFact.Currency)), ("content", nameof(SettledFact.Content)), ("standing", nameof(SettledFact.Standing)),
        ("reversed_ms", nameof(SettledFact.ReversedMs)), ("visit_type", nameof(SettledFact.VisitType)), ("out_of_area", nameof(SettledFact.OutOfArea)),
        ("disease", nameof(SettledFact.Disease)), ("claimed_pooling_area", nameof(SettledFact.ClaimedPoolingArea)), ("claimed_level", nameof(SettledFact.ClaimedLevel)),
        ("claimed_type", nameof(SettledFact.ClaimedType)), ("claimed_cover", nameof(SettledFact.ClaimedCover)), ("claimed_person_type", nameof(SettledFact.ClaimedPersonType)),
        ("claimed_birth_date", nameof(SettledFact.ClaimedBirthDate)), ("claimed_account_balance", nameof(SettledFact.ClaimedAccountBalance)), ("claimed_use_account", nameof(SettledFact.ClaimedUseAccount)),
        ("total", nameof(SettledFact.Total)), ("claimed_full_self_pay", nameof(SettledFact.ClaimedFullSelfPay)), ("claimed_over_price_limit", nameof(SettledFact.ClaimedOverPriceLimit)),
        ("claimed_pre_self_pay", nameof(SettledFact.ClaimedPreSelfPay)), ("claimed_eligible", nameof(SettledFact.ClaimedEligible)),
        ("claimed_deductible", nameof(SettledFact.ClaimedDeductible)), ("claimed_fund", nameof(SettledFact.ClaimedFund)), ("claimed_account", nameof(SettledFact.ClaimedAccount)),
        ("claimed_cash", nameof(SettledFact.ClaimedCash)), ("claimed_moves", nameof(SettledFact.ClaimedMoves)), ("policy_id", nameof(SettledFact.PolicyId)),
        ("policy_version", nameof(SettledFact.PolicyVersion)), ("policy_hash", nameof(SettledFact.PolicyHash)), ("policy_row", nameof(SettledFact.PolicyRow)),
        ("feed_members", nameof(SettledFact.FeedMembers)), ("feed_accumulators", nameof(SettledFact.FeedAccumulators)), ("feed_policies", nameof(SettledFact.FeedPolicies)),
        ("feed_catalogue", nameof(SettledFact.FeedCatalogue)), ("feed_blacklist", nameof(SettledFact.FeedBlacklist)), ("full_self_pay", nameof(SettledFact.FullSelfPay)),
        ("over_price_limit", nameof(SettledFact.OverPriceLimit)), ("pre_self_pay", nameof(SettledFact.PreSelfPay)), ("eligible", nameof(SettledFact.Eligible)),
        ("split_cause", nameof(SettledFact.SplitCause)), ("level", nameof(SettledFact.Level)), ("institution_type", nameof(SettledFact.InstitutionType)), ("alliance", nameof(SettledFact.Alliance)),
        ("pooling_area", nameof(SettledFact.PoolingArea)), ("insurance_type", nameof(SettledFact.InsuranceType)), ("person_type", nameof(SettledFact.PersonType)),
        ("birth_date", nameof(SettledFact.BirthDate)), ("account_balance", nameof(SettledFact.AccountBalance)), ("cover_fault", nameof(SettledFact.CoverFault)),
        ("cover_ignored", nameof(SettledFact.CoverIgnored)), ("member_version", nameof(SettledFact.MemberVersion)), ("decision", nameof(SettledFact.Decision)),
        ("decision_version", nameof(SettledFact.DecisionVersion)), ("feed_version", nameof(SettledFact.FeedVersion)),
    ];

    private static readonly string InsertSql =
        $"insert into settlement_fact ({string.Join(", ", Columns.Select(c => c.Column))}) values ({string.Join(", ", Columns.Select(c => "@" + c.Property))})";

    private static readonly string Selected = $"select {string.Join(", ", Columns.Select(c => $"{c.Column} as {c.Property}"))} from settlement_fact";

    private static readonly string OfYearSql = Selected + " where region = @region and person = @person and scheme_year = @year";
    private static readonly string OfIdSql = Selected + " where region = @region and settlement = @settlement";
    private static readonly string OfVisitSql = Selected + " where region = @region and site = @site and visit = @visit and ordinal = @ordinal";
    private static readonly string OfEntrySql = Selected + " where region = @region and device_no = @deviceNo and epoch = @epoch and seq = @seq";

    public static void Insert(StoreSession session, SettledFact fact) => session.Execute(InsertSql, fact);

    public static IReadOnlyList<SettledFact> OfYear(StoreSession session, string region, string person, long year) =>
        session.Query<SettledFact>(OfYearSql, new { region, person, year });

    public static IReadOnlyList<SettledFact> OfId(StoreSession session, string region, Guid settlement) =>
        session.Query<SettledFact>(OfIdSql, new { region, settlement });

    public static IReadOnlyList<SettledFact> OfVisit(StoreSession session, SettledFact fact) =>
        session.Query<SettledFact>(OfVisitSql, new { region = fact.Region, site = fact.Site, visit = fact.Visit, ordinal = fact.Ordinal });

    public static SettledFact? OfEntry(StoreSession session, string region, long deviceNo, long epoch, long seq) =>
        session.QuerySingleOrDefault<SettledFact>(OfEntrySql, new { region, deviceNo, epoch, seq });

    public static long CountOfYear(StoreSession session, string region, string person, long year) => session.ExecuteScalar<long>(
        "select count(*) from settlement_fact where region = @region and person = @person and scheme_year = @year", new { region, person, year });

    /// <summary>Persons and scheme years that have settlements.</summary>
    public static IReadOnlyList<(string Person, long Year)> PersonYears(StoreSession session, string region) =>
        [.. session.Query<PersonAndYear>(
            "select distinct person as Person, scheme_year as Year from settlement_fact where region = @region order by person, scheme_year", new { region })
            .Select(row => (row.Person, row.Year))];

    public static void Stand(StoreSession session, SettledFact fact, string standing, long reversedMs) => session.Execute(
        "update settlement_fact set standing = @standing, reversed_ms = @reversedMs where region = @Region and device_no = @DeviceNo and epoch = @Epoch and seq = @Seq",
        new { standing, reversedMs, fact.Region, fact.DeviceNo, fact.Epoch, fact.Seq });

    public static void Decided(StoreSession session, SettledFact fact, Guid decision, long version, long feedVersion) => session.Execute(
        """
        update settlement_fact set decision = @decision, decision_version = @version, feed_version = @feedVersion
        where region = @Region and device_no = @DeviceNo and epoch = @Epoch and seq = @Seq
        """,
        new { decision, version, feedVersion, fact.Region, fact.DeviceNo, fact.Epoch, fact.Seq });

    public static void SitePerson(StoreSession session, SettledFact fact) => session.Execute(
        "insert into site_person (region, site, person) values (@Region, @Site, @Person) on conflict (region, site, person) do nothing",
        new { fact.Region, fact.Site, fact.Person });

    private sealed class PersonAndYear
    {
        public string Person { get; init; } = "";
        public long Year { get; init; }
    }
}

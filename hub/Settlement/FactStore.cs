using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>The settlements as claimed, and how each stands.</summary>
internal static class FactStore
{
    /// <summary>Columns of the table and the properties of <see cref="SettledFact"/> that they hold.</summary>
    private static readonly (string Column, string Property)[] Columns =
    [
        ("region", nameof(SettledFact.Region)), ("device_no", nameof(SettledFact.DeviceNo)), ("epoch", nameof(SettledFact.Epoch)), ("seq", nameof(SettledFact.Seq)),
        ("site", nameof(SettledFact.Site)), ("kind", nameof(SettledFact.Kind)), ("institution", nameof(SettledFact.Institution)), ("key_site", nameof(SettledFact.KeySite)),
        ("replaces", nameof(SettledFact.Replaces)), ("place_ms", nameof(SettledFact.PlaceMs)), ("place_device_no", nameof(SettledFact.PlaceDeviceNo)),
        ("place_epoch", nameof(SettledFact.PlaceEpoch)), ("place_seq", nameof(SettledFact.PlaceSeq)), ("effective_ms", nameof(SettledFact.EffectiveMs)), ("known_on", nameof(SettledFact.KnownOn)), ("civil_day", nameof(SettledFact.CivilDay)),
        ("settlement", nameof(SettledFact.Settlement)), ("visit", nameof(SettledFact.Visit)), ("ordinal", nameof(SettledFact.Ordinal)),
        ("person", nameof(SettledFact.Person)), ("scheme_year", nameof(SettledFact.SchemeYear)), ("service_day", nameof(SettledFact.ServiceDay)),
        ("currency", nameof(SettledFact.Currency)), ("content", nameof(SettledFact.Content)), ("standing", nameof(SettledFact.Standing)),
        ("reversed_ms", nameof(SettledFact.ReversedMs)), ("visit_type", nameof(SettledFact.VisitType)), ("out_of_area", nameof(SettledFact.OutOfArea)),
        ("disease", nameof(SettledFact.Disease)), ("referral", nameof(SettledFact.Referral)), ("admitted", nameof(SettledFact.Admitted)),
        ("account_owner", nameof(SettledFact.AccountOwner)), ("known_by", nameof(SettledFact.KnownBy)), ("claimed_pooling_area", nameof(SettledFact.ClaimedPoolingArea)), ("claimed_level", nameof(SettledFact.ClaimedLevel)),
        ("claimed_type", nameof(SettledFact.ClaimedType)), ("claimed_cover", nameof(SettledFact.ClaimedCover)), ("claimed_person_type", nameof(SettledFact.ClaimedPersonType)),
        ("claimed_birth_date", nameof(SettledFact.ClaimedBirthDate)), ("claimed_account_balance", nameof(SettledFact.ClaimedAccountBalance)), ("claimed_use_account", nameof(SettledFact.ClaimedUseAccount)),
        ("total", nameof(SettledFact.Total)), ("claimed_full_self_pay", nameof(SettledFact.ClaimedFullSelfPay)), ("claimed_over_price_limit", nameof(SettledFact.ClaimedOverPriceLimit)),
        ("claimed_pre_self_pay", nameof(SettledFact.ClaimedPreSelfPay)), ("claimed_eligible", nameof(SettledFact.ClaimedEligible)),
        ("claimed_deductible", nameof(SettledFact.ClaimedDeductible)), ("claimed_fund", nameof(SettledFact.ClaimedFund)),
        ("claimed_catastrophic", nameof(SettledFact.ClaimedCatastrophic)), ("claimed_assistance", nameof(SettledFact.ClaimedAssistance)), ("claimed_account", nameof(SettledFact.ClaimedAccount)),
        ("claimed_cash", nameof(SettledFact.ClaimedCash)), ("claimed_moves", nameof(SettledFact.ClaimedMoves)), ("policy_id", nameof(SettledFact.PolicyId)),
        ("policy_version", nameof(SettledFact.PolicyVersion)), ("policy_hash", nameof(SettledFact.PolicyHash)), ("policy_row", nameof(SettledFact.PolicyRow)),
        ("feed_members", nameof(SettledFact.FeedMembers)), ("feed_accumulators", nameof(SettledFact.FeedAccumulators)), ("feed_policies", nameof(SettledFact.FeedPolicies)),
        ("feed_catalogue", nameof(SettledFact.FeedCatalogue)), ("feed_blacklist", nameof(SettledFact.FeedBlacklist)), ("feed_parameters", nameof(SettledFact.FeedParameters)),
        ("offline", nameof(SettledFact.Offline)), ("limit_ignored", nameof(SettledFact.LimitIgnored)), ("fund_limit", nameof(SettledFact.FundLimit)), ("day_fund_limit", nameof(SettledFact.DayFundLimit)),
        ("day_count_limit", nameof(SettledFact.DayCountLimit)), ("day_account_limit", nameof(SettledFact.DayAccountLimit)), ("double_released", nameof(SettledFact.DoubleReleased)), ("withdrawn", nameof(SettledFact.Withdrawn)), ("full_self_pay", nameof(SettledFact.FullSelfPay)),
        ("over_price_limit", nameof(SettledFact.OverPriceLimit)), ("pre_self_pay", nameof(SettledFact.PreSelfPay)), ("eligible", nameof(SettledFact.Eligible)),
        ("told_full_self_pay", nameof(SettledFact.ToldFullSelfPay)), ("told_over_price_limit", nameof(SettledFact.ToldOverPriceLimit)),
        ("told_pre_self_pay", nameof(SettledFact.ToldPreSelfPay)), ("told_eligible", nameof(SettledFact.ToldEligible)),
        ("split_cause", nameof(SettledFact.SplitCause)), ("level", nameof(SettledFact.Level)), ("institution_type", nameof(SettledFact.InstitutionType)), ("alliance", nameof(SettledFact.Alliance)),
        ("pooling_area", nameof(SettledFact.PoolingArea)), ("insurance_type", nameof(SettledFact.InsuranceType)), ("person_type", nameof(SettledFact.PersonType)),
        ("birth_date", nameof(SettledFact.BirthDate)), ("account_balance", nameof(SettledFact.AccountBalance)), ("cover_fault", nameof(SettledFact.CoverFault)),
        ("cover_ignored", nameof(SettledFact.CoverIgnored)), ("member_version", nameof(SettledFact.MemberVersion)), ("decision", nameof(SettledFact.Decision)),
        ("decision_version", nameof(SettledFact.DecisionVersion)), ("feed_version", nameof(SettledFact.FeedVersion)),
    ];

    private static readonly Func<SettledFact, object?>[] Values =
        [.. Columns.Select(column => typeof(SettledFact).GetProperty(column.Property)!).Select(property => (Func<SettledFact, object?>)(fact => property.GetValue(fact)))];

    private static readonly string InsertSql =
        $"insert into settlement_fact ({string.Join(", ", Columns.Select(c => c.Column))}) values ({string.Join(", ", Columns.Select((_, i) => "$" + (i + 1)))})";

    public static readonly string Selected = $"select {string.Join(", ", Columns.Select(c => $"{c.Column} as {c.Property}"))} from settlement_fact";

    public const string CountSql = "select count(*) from settlement_fact where region = $1 and person = $2 and scheme_year = $3";

    public const string OwnersSql =
        "select account_owner from settlement_fact where region = $1 and person = $2 and scheme_year = $3 and account_owner <> ''";

    public static readonly string OfYearSql = Selected + " where region = $1 and person = $2 and scheme_year = $3";
    public static readonly string OfIdSql = Selected + " where region = $1 and settlement = $2";
    public static readonly string ReplacingSql = Selected + " where region = $1 and replaces = $2 and replaces is not null";
    public static readonly string OfVisitSql = Selected + " where region = $1 and key_site = $2 and visit = $3 and ordinal = $4";
    private static readonly string OfEntrySql = Selected + " where region = $1 and device_no = $2 and epoch = $3 and seq = $4";

    /// <summary>All settlements of the persons from one to another, by their numbers.</summary>
    public static IReadOnlyList<SettledFact> OfPersons(StoreSession session, string region, string low, string high) =>
        session.Rows<SettledFact>(Selected + " where region = $1 and person >= $2 and person <= $3", region, low, high);

    /// <summary>The settlements of a device's lines behind one place, through another.</summary>
    public static IReadOnlyList<SettledFact> OfPlaces(StoreSession session, string region, long deviceNo, (long Epoch, long Seq) after, (long Epoch, long Seq) through) =>
        session.Rows<SettledFact>(
            Selected + " where region = $1 and device_no = $2 and (epoch, seq) > ($3, $4) and (epoch, seq) <= ($5, $6)",
            region, deviceNo, after.Epoch, after.Seq, through.Epoch, through.Seq);

    public static void Insert(StoreSession session, SettledFact fact)
    {
        var values = new object?[Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Values[i](fact);
        }
        session.Later(InsertSql, values);
        Forget(session, fact);
        if (session.Ahead.Of<long?>(CountSql, (fact.Person, fact.SchemeYear)) is { } count)
        {
            session.Ahead.Keep(CountSql, (fact.Person, fact.SchemeYear), count + 1);
        }
        if (fact.AccountOwner.Length > 0)
        {
            session.Ahead.Drop(OwnersSql, (fact.Person, fact.SchemeYear));
            session.Ahead.Drop(OwnersSql, (fact.AccountOwner, fact.SchemeYear));
        }
    }

    public static IReadOnlyList<SettledFact> OfYear(StoreSession session, string region, string person, long year) =>
        session.Ahead.Of<IReadOnlyList<SettledFact>>(OfYearSql, (person, year)) ?? session.Rows<SettledFact>(OfYearSql, region, person, year);

    public static IReadOnlyList<SettledFact> OfId(StoreSession session, string region, Guid settlement) =>
        session.Ahead.Of<IReadOnlyList<SettledFact>>(OfIdSql, settlement) ?? session.Rows<SettledFact>(OfIdSql, region, settlement);

    /// <summary>What partial refunds left of a settlement.</summary>
    public static IReadOnlyList<SettledFact> Replacing(StoreSession session, string region, Guid settlement) =>
        session.Ahead.Of<IReadOnlyList<SettledFact>>(ReplacingSql, settlement) ?? session.Rows<SettledFact>(ReplacingSql, region, settlement);

    public static IReadOnlyList<SettledFact> OfVisit(StoreSession session, SettledFact fact) =>
        session.Ahead.Of<IReadOnlyList<SettledFact>>(OfVisitSql, (fact.KeySite, fact.Visit, fact.Ordinal))
        ?? session.Rows<SettledFact>(OfVisitSql, fact.Region, fact.KeySite, fact.Visit, fact.Ordinal);

    public static SettledFact? OfEntry(StoreSession session, string region, long deviceNo, long epoch, long seq) =>
        session.Row<SettledFact>(OfEntrySql, region, deviceNo, epoch, seq);

    public static long CountOfYear(StoreSession session, string region, string person, long year) =>
        session.Ahead.Of<long?>(CountSql, (person, year)) ?? (long)session.Prepared(CountSql).Scalar(region, person, year)!;

    /// <summary>Whose accounts paid for a person in a scheme year, and for whom the person's own did.</summary>
    public static IReadOnlyList<string> JoinedWith(StoreSession session, string region, string person, long year) =>
        session.Ahead.Of<IReadOnlyList<string>>(OwnersSql, (person, year)) ??
    [
        // Two questions: asked as one union SQLite reads all settlements of the region to have the answer in order.
        .. session.Rows<string>(OwnersSql, region, person, year),
        .. session.Rows<string>(
            "select person from settlement_fact where region = $1 and account_owner = $2 and scheme_year = $3 and account_owner <> ''", region, person, year),
    ];

    public static void Stand(StoreSession session, SettledFact fact, string standing, long reversedMs, FactPlace place)
    {
        session.Later(
            """
            update settlement_fact set standing = $1, reversed_ms = $2, place_ms = $3, place_device_no = $4, place_epoch = $5, place_seq = $6,
                known_on = $7
            where region = $8 and device_no = $9 and epoch = $10 and seq = $11
            """,
            standing, reversedMs, place.Ms, place.DeviceNo, place.Epoch, place.Seq, place.KnownOn, fact.Region, fact.DeviceNo, fact.Epoch, fact.Seq);
        Forget(session, fact);
    }

    /// <summary>A remainder takes over what the hub knew of the person, the account and the institution when the settlement itself came in:
    /// giving an item back changes nobody's cover.</summary>
    public static void Inherit(StoreSession session, SettledFact remainder, SettledFact from)
    {
        session.Later(
            """
            update settlement_fact set pooling_area = $1, insurance_type = $2, person_type = $3, birth_date = $4, account_balance = $5, cover_fault = $6,
                cover_ignored = $7, member_version = $8, level = $9, institution_type = $10, alliance = $11
            where region = $12 and device_no = $13 and epoch = $14 and seq = $15
            """,
            from.PoolingArea, from.InsuranceType, from.PersonType, from.BirthDate, from.AccountBalance, from.CoverFault, from.CoverIgnored, from.MemberVersion,
            from.Level, from.InstitutionType, from.Alliance, remainder.Region, remainder.DeviceNo, remainder.Epoch, remainder.Seq);
        Forget(session, remainder);
    }

    public static void Decided(StoreSession session, SettledFact fact, Guid decision, long version, long feedVersion)
    {
        session.Later(
            """
            update settlement_fact set decision = $1, decision_version = $2, feed_version = $3
            where region = $4 and device_no = $5 and epoch = $6 and seq = $7
            """,
            decision, version, feedVersion, fact.Region, fact.DeviceNo, fact.Epoch, fact.Seq);
        Forget(session, fact);
    }

    /// <summary>People said that a claim is another visit than the one settled on the spot.</summary>
    public static void ReleaseDouble(StoreSession session, SettledFact fact)
    {
        session.Execute(
            "update settlement_fact set double_released = true where region = @Region and device_no = @DeviceNo and epoch = @Epoch and seq = @Seq",
            new { fact.Region, fact.DeviceNo, fact.Epoch, fact.Seq });
        Forget(session, fact);
    }

    /// <summary>People withdrew an invoice, in whatever epoch it was sealed.</summary>
    public static void Withdraw(StoreSession session, SettledFact fact)
    {
        session.Execute(
            "update settlement_fact set withdrawn = true where region = @Region and settlement = @Settlement and kind = @Kind",
            new { fact.Region, fact.Settlement, fact.Kind });
        session.Ahead.Forget();
    }

    public static void SitePerson(StoreSession session, string region, string site, string person) => session.Later(
        "insert into site_person (region, site, person) values ($1, $2, $3) on conflict (region, site, person) do nothing", region, site, person);

    /// <summary>What was read ahead of a settlement that is written now.</summary>
    private static void Forget(StoreSession session, SettledFact fact)
    {
        session.Ahead.Drop(OfYearSql, (fact.Person, fact.SchemeYear));
        session.Ahead.Drop(OfIdSql, fact.Settlement);
        session.Ahead.Drop(OfVisitSql, (fact.KeySite, fact.Visit, fact.Ordinal));
        if (fact.Replaces is { } replaced)
        {
            session.Ahead.Drop(ReplacingSql, replaced);
        }
    }
}

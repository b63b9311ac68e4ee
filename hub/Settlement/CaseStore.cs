using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>A person's scheme year that could not be computed.</summary>
internal sealed class FailedYear
{
    public string Person { get; init; } = "";
    public string Subject { get; init; } = "";

    public long Year => long.Parse(Subject.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);

    public static string SubjectOf(long year, string person) => FormattableString.Invariant($"{year:0000}/{person}");
}

/// <summary>A case as it stands; amount in minor units.</summary>
internal sealed class CaseRow
{
    public string Kind { get; init; } = "";
    public string Subject { get; init; } = "";
    public Guid Settlement { get; init; }
    public string Person { get; init; } = "";
    public string Institution { get; init; } = "";
    public string Currency { get; init; } = "";
    public long Amount { get; init; }
    public string Owner { get; init; } = "";
    public string Status { get; init; } = "";
    public long OpenedMs { get; init; }
}

/// <summary>Cases that people must look at. A case opens and closes with the fact that it is about; what was seen stays.</summary>
internal static class CaseStore
{
    public const string IsOpen = "Open";
    public const string IsClosed = "Closed";

    /// <summary>People closed it with a reason, though what it is about still stands.</summary>
    public const string ClosedByHand = "ClosedByHand";

    /// <summary>Persons' years whose computation failed unexpectedly: subject "YEAR/PERSON".</summary>
    public static IReadOnlyList<FailedYear> FailedYears(StoreSession session, string region, int most) => session.Query<FailedYear>(
        "select person as Person, subject as Subject from recovery_case where region = @region and kind = 'Unexpected' and status = 'Open' order by opened_ms, subject limit @most",
        new { region, most = (long)most });

    /// <summary>Opens the case, or keeps it open with its newest amount. One that people closed stays closed until its amount changes.</summary>
    /// <param name="kind">The code: Duplicate, RefundOverpaid, NoPolicy …</param>
    /// <param name="amount">Minor units in question.</param>
    public static void Open(StoreSession session, SettledFact fact, string kind, string subject, long amount, long nowMs) => session.Later(
        """
        insert into recovery_case (region, kind, subject, settlement, person, institution, currency, amount, owner, status, opened_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'Open', $10)
        on conflict (region, kind, subject) do update set amount = excluded.amount, status = 'Open', closed_ms = null
        where recovery_case.status <> 'ClosedByHand' or recovery_case.amount <> excluded.amount
        """,
        fact.Region, kind, subject, fact.Settlement, fact.Person, fact.Institution, fact.Currency, amount, QuarantineReason.Bureau, nowMs);

    /// <summary>What it was about is no more.</summary>
    public static void Close(StoreSession session, string region, string kind, string subject, long nowMs) => session.Later(
        "update recovery_case set status = 'Closed', closed_ms = $1 where region = $2 and kind = $3 and subject = $4 and status <> 'Closed'",
        nowMs, region, kind, subject);

    /// <summary>People closed it.</summary>
    public static void CloseByHand(StoreSession session, string region, string kind, string subject, long nowMs) => session.Execute(
        "update recovery_case set status = 'ClosedByHand', closed_ms = @nowMs where region = @region and kind = @kind and subject = @subject",
        new { region, kind, subject, nowMs });

    public static CaseRow? Of(StoreSession session, string region, string kind, string subject) => session.QuerySingleOrDefault<CaseRow>(
        Selected + " where region = @region and kind = @kind and subject = @subject", new { region, kind, subject });

    /// <summary>Cases by status, the oldest first.</summary>
    public static IReadOnlyList<CaseRow> List(StoreSession session, string region, string status, int most) => session.Query<CaseRow>(
        Selected + " where region = @region and status = @status order by opened_ms, kind, subject limit @most", new { region, status, most = (long)most });

    private const string Selected =
        """
        select kind as Kind, subject as Subject, settlement as Settlement, person as Person, institution as Institution, currency as Currency, amount as Amount,
               owner as Owner, status as Status, opened_ms as OpenedMs
        from recovery_case
        """;
}

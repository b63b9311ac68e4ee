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

/// <summary>Cases that people must look at. A case opens and closes with the fact that it is about; what was seen stays.</summary>
internal static class CaseStore
{
    public const string Open = "Open";
    public const string Closed = "Closed";

    /// <summary>Persons' years whose computation failed unexpectedly: subject "YEAR/PERSON".</summary>
    public static IReadOnlyList<FailedYear> FailedYears(StoreSession session, string region, int most) => session.Query<FailedYear>(
        "select person as Person, subject as Subject from recovery_case where region = @region and kind = 'Unexpected' and status = 'Open' order by opened_ms, subject limit @most",
        new { region, most = (long)most });

    /// <summary>Opens the case, or closes one that stands where the amount came to nothing.</summary>
    /// <param name="kind">The code: Duplicate, RefundOverpaid, NoPolicy …</param>
    /// <param name="amount">Minor units in question.</param>
    public static void Keep(StoreSession session, SettledFact fact, string kind, string subject, long amount, bool stands, long nowMs)
    {
        if (!stands)
        {
            session.Execute(
                "update recovery_case set status = 'Closed', closed_ms = @nowMs where region = @Region and kind = @kind and subject = @subject and status = 'Open'",
                new { fact.Region, kind, subject, nowMs });
            return;
        }
        session.Execute(
            """
            insert into recovery_case (region, kind, subject, settlement, person, institution, currency, amount, owner, status, opened_ms)
            values (@Region, @kind, @subject, @Settlement, @Person, @Site, @Currency, @amount, @owner, 'Open', @nowMs)
            on conflict (region, kind, subject) do update set amount = excluded.amount, status = 'Open', closed_ms = null
            """,
            new { fact.Region, kind, subject, fact.Settlement, fact.Person, fact.Site, fact.Currency, amount, owner = QuarantineReason.Bureau, nowMs });
    }
}

using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>What people did by hand, with their reason; only ever added.</summary>
internal static class HandStore
{
    public const string Case = "case";
    public const string Aside = "quarantine";

    public const string Close = "close";
    public const string Release = "release";
    public const string Retry = "retry";

    /// <param name="subject">The case's subject, or device/epoch/seq of an entry set aside.</param>
    /// <param name="amount">The case's amount as people saw it, minor units; 0 with an entry.</param>
    public static void Add(StoreSession session, string region, Guid id, string what, string kind, string subject, string action, long amount, string why, long nowMs) =>
        session.Execute(
            """
            insert into settled_by_hand (region, action_id, what, kind, subject, action, amount, why, done_ms)
            values (@region, @id, @what, @kind, @subject, @action, @amount, @why, @nowMs)
            """,
            new { region, id, what, kind, subject, action, amount, why, nowMs });

    /// <summary>Whether people closed it at this amount, on the record.</summary>
    public static bool Closed(StoreSession session, string region, string what, string kind, string subject, long amount) => session.ExecuteScalar<long>(
        """
        select count(*) from settled_by_hand
        where region = @region and what = @what and kind = @kind and subject = @subject and action = 'close' and amount = @amount
        """,
        new { region, what, kind, subject, amount }) > 0;

    /// <summary>Whether people released it, on the record.</summary>
    public static bool Released(StoreSession session, string region, string kind, string subject) => session.ExecuteScalar<long>(
        """
        select count(*) from settled_by_hand where region = @region and what = 'case' and kind = @kind and subject = @subject and action = 'release'
        """,
        new { region, kind, subject }) > 0;
}

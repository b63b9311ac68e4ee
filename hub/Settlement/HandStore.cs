using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>One thing that people did by hand.</summary>
/// <param name="What">A case, or an entry set aside.</param>
/// <param name="Subject">The case's subject, or device/epoch/seq of the entry.</param>
/// <param name="Amount">The case's amount as people saw it, minor units; 0 with an entry.</param>
internal sealed record HandAction(Guid Id, string What, string Kind, string Subject, string Action, long Amount, string Why, string By, long DoneMs);

/// <summary>What people did by hand, with their name and reason; only ever added.</summary>
internal static class HandStore
{
    public const string Case = "case";
    public const string Aside = "quarantine";

    public const string Close = "close";
    public const string Release = "release";
    public const string Retry = "retry";
    public const string Withdraw = "withdraw";

    /// <summary>What is known of the person was read anew.</summary>
    public const string Again = "again";

    public static void Add(StoreSession session, string region, HandAction done) => session.Execute(
        """
        insert into settled_by_hand (region, action_id, what, kind, subject, action, amount, why, done_by, done_ms)
        values (@region, @Id, @What, @Kind, @Subject, @Action, @Amount, @Why, @By, @DoneMs)
        """,
        new { region, done.Id, done.What, done.Kind, done.Subject, done.Action, done.Amount, done.Why, done.By, done.DoneMs });

    /// <summary>Whether people closed a case at this amount, on the record.</summary>
    public static bool ClosedCase(StoreSession session, string region, string kind, string subject, long amount) => session.ExecuteScalar<long>(
        """
        select count(*) from settled_by_hand
        where region = @region and what = 'case' and kind = @kind and subject = @subject and action = 'close' and amount = @amount
        """,
        new { region, kind, subject, amount }) > 0;

    /// <summary>Whether people released a case, on the record.</summary>
    public static bool Released(StoreSession session, string region, string kind, string subject) => session.ExecuteScalar<long>(
        "select count(*) from settled_by_hand where region = @region and what = 'case' and kind = @kind and subject = @subject and action = 'release'",
        new { region, kind, subject }) > 0;

    /// <summary>Whether people withdrew an invoice, by its claim's id, on the record.</summary>
    public static bool Withdrawn(StoreSession session, string region, Guid claim) => session.ExecuteScalar<long>(
        "select count(*) from settled_by_hand where region = @region and what = 'case' and kind = 'Withdrawn' and subject = @subject and action = 'withdraw'",
        new { region, subject = claim.ToString("D") }) > 0;

    /// <summary>Entries set aside that stand as closed by hand, and of which no record says so.</summary>
    public static IReadOnlyList<string> AsideWithoutRecord(StoreSession session, string region) => session.Query<string>(
        """
        select q.device_no || '/' || q.epoch || '/' || q.seq from quarantine q where q.region = @region and q.closed_by_hand = true
        and not exists (select 1 from settled_by_hand h where h.region = q.region and h.what = 'quarantine' and h.action = 'close'
                        and h.subject = q.device_no || '/' || q.epoch || '/' || q.seq)
        order by 1
        """,
        new { region });
}

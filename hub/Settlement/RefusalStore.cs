using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Settlements that a limit of the bureau refused while the line was down: evidence for the clinic (Z27 rule 2).</summary>
internal static class RefusalStore
{
    /// <summary>Once for a request and a code, however often it is sealed.</summary>
    public static void Insert(StoreSession session, WaitingEntry entry, OfflineRefused body) => session.Execute(
        """
        insert into offline_refusal (region, device_no, epoch, seq, site, civil_day, person, visit_type, code, currency, fund_asked, limit_left, request_key)
        values (@Region, @DeviceNo, @Epoch, @Seq, @Site, @CivilDay, @Person, @VisitType, @Code, @Currency, @FundAsked, @LimitLeft, @RequestKey)
        on conflict (region, site, request_key, code) where request_key <> '' do nothing
        """,
        new
        {
            entry.Region, entry.DeviceNo, entry.Epoch, entry.Seq, entry.Site, entry.CivilDay,
            body.Person, body.VisitType, body.Code, body.Currency, body.FundAsked, body.LimitLeft, body.RequestKey,
        });
}

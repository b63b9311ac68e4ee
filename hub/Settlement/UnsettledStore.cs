using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Why visits were not settled on the spot, as their clinic said (Z27 rule 2): the last saying of each visit.</summary>
internal static class UnsettledStore
{
    /// <summary>The same entry sealed again in a new epoch says the same again.</summary>
    public static void Keep(StoreSession session, WaitingEntry entry, VisitUnsettled body) => session.Execute(
        """
        insert into unsettled_visit (region, site, visit, device_no, epoch, seq, person, visit_type, visit_day, reason)
        values (@Region, @Site, @Visit, @DeviceNo, @Epoch, @Seq, @Person, @VisitType, @VisitDay, @Reason)
        on conflict (region, site, visit) do update set device_no = excluded.device_no, epoch = excluded.epoch, seq = excluded.seq,
            person = excluded.person, visit_type = excluded.visit_type, visit_day = excluded.visit_day, reason = excluded.reason
        """,
        new { entry.Region, entry.Site, body.Visit, entry.DeviceNo, entry.Epoch, entry.Seq, body.Person, body.VisitType, body.VisitDay, body.Reason });
}

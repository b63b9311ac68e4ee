using EdgeHub.Hub.Jobs;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>The part of the audit about what is open: what was paid out counts for the settlement that stands, and what is shown as open
/// of each person is what the ledger owes, PayableTo, and what cases say was paid out too much beside it.</summary>
internal static class PayableAudit
{
    public static void Carried(StoreSession session, string region, AuditNotes notes)
    {
        var carried = SettlementAuditStore.PersonsPaid(session, region).SelectMany(person => PaidParts.Of(session, region, person)).SelectMany(part => part)
            .Where(each => each.Carried != 0).ToDictionary(each => each.Fact.Settlement, each => each.Carried);
        notes.SameRows("payable carried", carried, SettlementAuditStore.Carried(session, region));
    }

    public static void Open(StoreSession session, string region, AuditNotes notes)
    {
        foreach (var person in SettlementAuditStore.OpenOfPersons(session, region))
        {
            notes.Count("payable open");
            if (person.Shown != checked(person.Owed + person.Overpaid))
            {
                notes.Differ(
                    "payable open", $"of the person of {SettlementAuditStore.AnEntryOf(session, region, person.Person)}",
                    FormattableString.Invariant($"{checked(person.Owed + person.Overpaid)}: PayableTo {person.Owed}, cases RefundOverpaid {person.Overpaid}"), person.Shown);
            }
        }
    }
}

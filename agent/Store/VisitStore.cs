using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A visit that was opened here.</summary>
public sealed record Visit(
    string Id, string Person, string VisitType, CardEvidence Evidence, string Operator, DateTimeOffset Opened, DateOnly CivilDay);

/// <summary>Visits, by their id. The reason of a manual entry is sealed.</summary>
public sealed class VisitStore(FieldCipher cipher)
{
    public void Add(StoreSession session, Visit visit, ChainHead at) =>
        session.Prepared("""
            insert into visit (visit, person, visit_type, evidence_kind, evidence_device, sealed, operator, opened, civil_day, epoch, seq)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """).Execute(
            visit.Id, visit.Person, visit.VisitType, visit.Evidence.Kind, visit.Evidence.Device, cipher.Seal(visit.Evidence.Reason ?? "", Place(visit.Id)),
            visit.Operator, visit.Opened, visit.CivilDay, at.Epoch, at.Seq);

    public Visit? Find(StoreSession session, string id)
    {
        using var row = session.Prepared(
            "select person, visit_type, evidence_kind, evidence_device, sealed, operator, opened, civil_day from visit where visit = $1").Read(id);
        if (!row.Read())
        {
            return null;
        }
        var reason = cipher.OpenText((byte[])row[4], Place(id));
        return new Visit(
            id, row.GetString(0), row.GetString(1), new CardEvidence(row.GetString(2), row.GetString(3), reason.Length == 0 ? null : reason),
            row.GetString(5), Instants.Read(row.GetString(6)), StoredText.Day(row.GetString(7)));
    }

    private static string Place(string visit) => "visit/" + visit;
}

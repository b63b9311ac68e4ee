using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Access;

/// <summary>Institutions and whom they serve are still what was loaded.</summary>
public sealed class InstitutionSums : IAudit
{
    internal static readonly SummedTables Institutions = new("institutions", ("institution", "code, name, level, type, alliance, version"), ("catchment", "site, village, version, removed"));

    public void Run(StoreSession session, string region, AuditNotes notes) => TableSums.Compare(session, region, Institutions, notes);
}

using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Derives again what settlement keeps: facts from the lines, standings, decisions from the facts, accumulators, payables,
/// postings and the decided rollup from the decisions.</summary>
/// <param name="rowsOfPiece">Lines, and settlements, that are read at once: memory goes with it.</param>
public sealed class SettlementAudit(SegmentReader segments, int rowsOfPiece = SettlementAudit.RowsOfPiece) : IAudit
{
    private const int RowsOfPiece = 1_000;

    private readonly PolicyReader _policies = new();

    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        new LineAudit(segments, rowsOfPiece).Run(session, region, notes);
        var cases = new CaseAudit();
        var shelf = _policies.Read(session, region);
        var years = new YearAudit(session, region, shelf, cases, notes, rowsOfPiece);
        years.Run();
        PayableAudit.Carried(session, region, notes);
        cases.Run(session, region, notes);
        RefundAudit.Run(session, region, years.Add, notes);
        foreach (var loose in SettlementAuditStore.LooseAccumulators(session, region))
        {
            notes.Differ("person_accumulator", loose, 0, "more than 0, without a settlement");
        }
        Aside(session, region, notes);
        foreach (var loose in SettlementAuditStore.LoosePayables(session, region))
        {
            notes.Differ("payable", loose.ToString("D"), "its settlement", null);
        }
        PayableAudit.Open(session, region, notes);
        var sums = years.Rollup.Where(cell => cell.Value != RollupSums.Zero).ToDictionary(cell => cell.Key, cell => cell.Value);
        var stored = SettlementAuditStore.Rollup(session, region).Where(cell => cell.Value != RollupSums.Zero).ToDictionary(cell => cell.Key, cell => cell.Value);
        notes.SameRows("decided_rollup", sums, stored);
    }

    /// <summary>What an entry moved that is set aside is told, be it as zero.</summary>
    private void Aside(StoreSession session, string region, AuditNotes notes)
    {
        foreach (var entry in SettlementAuditStore.Aside(session, region))
        {
            foreach (var (person, year, key) in AsideMoves.Of(session, entry, segments))
            {
                notes.Same(
                    "person_accumulator", FormattableString.Invariant($"{key} of the person of {entry.DeviceNo}/{entry.Epoch}/{entry.Seq}, set aside"), true,
                    SettlementAuditStore.IsAccumulatorTold(session, region, person, year, key));
            }
        }
    }
}

using System.Globalization;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Schemes.CountyPackage;
using EdgeHub.Hub.Settlement;
using EdgeHub.Hub.Settlement.Retro;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub;

/// <summary>hub verify: every room derives again what it keeps, from the stored journals on, and says where the first difference
/// is. Exit code 0: everything agrees; 1: it does not.</summary>
public static class VerifyCommand
{
    public static void Register(CommandFrame frame)
    {
        var verify = frame.At("verify", "Replays the stored journals against rows, rollups, decisions and ledger.");
        frame.OnStore(verify, (_, hub) =>
        {
            var notes = hub.Read(session => Run(session, hub.Region));
            foreach (var (what, number) in notes.Counts)
            {
                frame.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number,12}  {what}"));
            }
            if (notes.First is not { } first)
            {
                frame.Output.WriteLine("Everything agrees.");
                return CommandFrame.Done;
            }
            frame.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{notes.Differences} differences. The first: {first}"));
            return CommandFrame.FoundWrong;
        });
    }

    /// <summary>All audits on one snapshot, in the order in which things follow from each other.</summary>
    public static AuditNotes Run(StoreSession session, string region)
    {
        var notes = new AuditNotes();
        if (session.StructureFault() is { } broken)
        {
            notes.Differ("store", "structure", "sound pages, rows and indexes", broken);
            return notes;
        }
        foreach (var audit in (IAudit[])[new IngestAudit(), new InstitutionSums(), new ReferenceSums(), new CountyIndexAudit(), new SettlementAudit(new SegmentReader()), new RetroAudit(), new BudgetAudit(), new LedgerAudit()])
        {
            try
            {
                audit.Run(session, region, notes);
            }
            catch (StoreException damaged) when (damaged.Code == Codes.StoreDamaged)
            {
                // What rests on a segment that cannot be read is not compared; the segment itself was named first.
                notes.Differ("segment", damaged.File, "lines that can be read", damaged.Message);
                break;
            }
            catch (Exception unreadable) when (!session.IsStoreFault(unreadable))
            {
                // A value that nothing of ours writes: what rests on it is not compared.
                notes.Differ("row", audit.GetType().Name, "values that can be read", $"{unreadable.GetType().Name}: {unreadable.Message}");
                break;
            }
        }
        return notes;
    }
}

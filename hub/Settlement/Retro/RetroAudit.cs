using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement.Retro;

/// <summary>Retroactive runs: each report is the one that was hashed; a released run's book is among the region's, and its decisions,
/// made at its moment, say what the report said.</summary>
public sealed class RetroAudit : IAudit
{
    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        foreach (var run in PolicyRunStore.All(session, region))
        {
            var key = run.No.ToString(CultureInfo.InvariantCulture);
            var lines = PolicyRunStore.Lines(session, region, run.No);
            notes.Same("policy_run", $"{key} report_hash", HitLine.HashOf(run.Book.Hash, run.Renewed, lines.Select(each => each.Line)), run.ReportHash);
            var released = run.Status == PolicyRun.Released;
            if (released)
            {
                notes.Same("policy_run", $"{key} book {run.Book.Key}", 1L, PolicyRunStore.BooksLoaded(session, region, run.Book.Key, run.Book.Hash));
            }
            foreach (var (line, version) in lines)
            {
                Line(session, region, run, line, version, released, notes);
            }
        }
    }

    private static void Line(StoreSession session, string region, PolicyRun run, HitLine line, long version, bool released, AuditNotes notes)
    {
        var key = FormattableString.Invariant($"{run.No} {line.DeviceNo}/{line.Epoch}/{line.Seq}");
        var fact = FactStore.OfEntry(session, region, line.DeviceNo, line.Epoch, line.Seq);
        if (fact is null)
        {
            notes.Differ("policy_run_line", key, "its settlement", null);
            return;
        }
        if (!released)
        {
            notes.Same("policy_run_line", key, 0L, version);
            return;
        }
        var decisions = DecisionStore.OfFact(session, fact).ToDictionary(decision => decision.Version);
        notes.Same("policy_run_line", $"{key} before", line.Old, Sums(decisions, version - 1));
        notes.Same("policy_run_line", $"{key} after", line.New, Sums(decisions, version));
        notes.Same("policy_run_line", $"{key} decided_ms", run.DoneMs, decisions.TryGetValue(version, out var made) ? made.DecidedMs : 0);

        HitSums? Sums(Dictionary<long, StoredDecision> of, long at) => of.TryGetValue(at, out var decision) ? HitSums.Of(fact, decision.Judgement) : null;
    }
}

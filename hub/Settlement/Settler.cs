using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Judges what the journals claim. One step takes a bounded number of entries, each device's in the order of its
/// sequences, and decides every person's year that they touch, all in the caller's one transaction. Used by one thread at a time.</summary>
public sealed class Settler(SettlementSettings settings, TimeProvider clock, IEntropy entropy, SegmentReader segments)
{
    private readonly PolicyReader _policies = new();

    /// <summary>One step. Entries that cannot be used go into quarantine and never stop the others.</summary>
    public SettleReport SettleOnce(StoreSession session)
    {
        var waiting = CursorStore.Waiting(session, settings.Region, settings.EntriesPerStep);
        if (waiting.Count == 0)
        {
            return SettleReport.Nothing;
        }
        var now = clock.GetUtcNow();
        var work = new StepWork(session, settings.Region, now, LedgerStore.OpenDay(session, settings.Region, settings.DayOf(now)), entropy);
        var quarantined = 0;
        foreach (var entry in waiting)
        {
            if (Take(work, entry) is { } reason)
            {
                QuarantineStore.Add(session, entry, reason, work.NowMs);
                quarantined++;
            }
        }
        foreach (var last in waiting.GroupBy(entry => entry.DeviceNo).Select(device => device.Last()))
        {
            CursorStore.Advance(session, last);
        }
        var shelf = _policies.Read(session, settings.Region);
        var decisions = 0;
        foreach (var (person, year) in work.Touched)
        {
            decisions += YearDecisions.Write(work, shelf, person, year);
        }
        return new SettleReport(waiting.Count, quarantined, work.Touched.Count, decisions);
    }

    /// <summary>Takes one entry in; a reason when it cannot be used.</summary>
    private QuarantineReason? Take(StepWork work, WaitingEntry entry)
    {
        CursorStore.Count(work.Session, entry);
        if (entry.Kind is not (Kinds.VisitSettled or Kinds.VisitReversed or Kinds.RefundPaid or Kinds.OfflineRefused))
        {
            return EntryKinds.OnlyCounted.Contains(entry.Kind) ? null : EntryKinds.Unknown(entry);
        }
        if (entry.Schema != 1)
        {
            return new QuarantineReason(Codes.UnknownKind, $"schema {entry.Schema} of {entry.Kind}; this hub knows 1", QuarantineReason.Bureau);
        }
        var line = segments.Line(work.Session, entry.Region, entry.SegmentId, entry.Ordinal);
        try
        {
            _ = JournalCodec.ReadHead(line.Span, out var body);
            return Judged(work, entry, line.Span[body]);
        }
        catch (JournalFormatException unreadable)
        {
            return new QuarantineReason(Codes.BodyUnreadable, unreadable.Detail, entry.Site);
        }
        catch (FaultException wrong)
        {
            return new QuarantineReason(Codes.BodyUnreadable, string.Join("; ", wrong.Faults.Take(5)), entry.Site);
        }
    }

    private QuarantineReason? Judged(StepWork work, WaitingEntry entry, ReadOnlySpan<byte> body) => entry.Kind switch
    {
        Kinds.VisitSettled => Settled(work, entry, JournalCodec.ReadBody<VisitSettled>(body), body),
        Kinds.VisitReversed => EntryKinds.Reversed(work, entry, JournalCodec.ReadBody<VisitReversed>(body)),
        Kinds.RefundPaid => EntryKinds.Refunded(work, entry, JournalCodec.ReadBody<RefundPaid>(body)),
        _ => EntryKinds.Refused(work, entry, JournalCodec.ReadBody<OfflineRefused>(body)),
    };

    private QuarantineReason? Settled(StepWork work, WaitingEntry entry, VisitSettled body, ReadOnlySpan<byte> bytes)
    {
        if (ClaimChecks.Of(body, entry.Site) is { } fault)
        {
            return EntryKinds.Wrong(entry, fault);
        }
        var fact = ClaimIntake.Of(work.Session, settings, entry, body, bytes);
        if (Standings.IsFull(work.Session, fact))
        {
            return new QuarantineReason(Codes.TooMany, $"visit part {body.Ordinal}: at most {Standings.Most} settlements", entry.Site);
        }
        FactStore.Insert(work.Session, fact);
        FactStore.SitePerson(work.Session, fact);
        work.Touch(fact);
        work.Touch(Standings.Settle(work.Session, fact));
        EntryKinds.ReleaseWaiting(work, fact);
        return null;
    }
}

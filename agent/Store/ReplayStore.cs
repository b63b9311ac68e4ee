using EdgeHub.Agent.Access;
using EdgeHub.Agent.Settlement;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Makes the rows of a store again from its journal: each line gives what it gave when it was written. Lines may be missing before it.</summary>
public sealed class ReplayStore(JournalStore journal, VisitStore visits, SiteFacts site)
{
    private const int LinesAtOnce = 500;

    /// <summary>One piece of an epoch's lines, in order.</summary>
    /// <returns>The last sequence; the given one when no line is left.</returns>
    public long Replay(StoreSession session, long epoch, long after)
    {
        foreach (var row in journal.After(session, epoch, after, LinesAtOnce, int.MaxValue))
        {
            try
            {
                Apply(session, row, JournalCodec.ReadHead(row.Line, out var body), row.Line.AsSpan(body));
            }
            catch (JournalFormatException)
            {
                // A line of a later version: it is kept and sent, its rows are made by who can read it.
            }
            after = row.Seq;
        }
        return after;
    }

    private void Apply(StoreSession session, JournalRow row, JournalHead head, ReadOnlySpan<byte> body)
    {
        var at = new ChainHead(row.Epoch, row.Seq, row.Hash);
        switch (head.Kind)
        {
            case Kinds.CheckedIn:
                var opened = JournalCodec.ReadBody<CheckedIn>(body);
                if (visits.Find(session, opened.Visit) is null)
                {
                    visits.Add(session, new Visit(opened.Visit, opened.Person, opened.VisitType, opened.Evidence, opened.Operator, head.Captured, head.CivilDay), at);
                }
                break;
            case Kinds.VisitSettled:
                Settled(session, JournalCodec.ReadBody<VisitSettled>(body), head.CivilDay, at, null);
                break;
            case Kinds.VisitReversed:
                var reversed = JournalCodec.ReadBody<VisitReversed>(body);
                if (SettlementStore.Find(session, reversed.Settlement) is { Reversal: null })
                {
                    SettlementStore.AddReversal(session, reversed, head.CivilDay, at);
                }
                break;
            case Kinds.VisitPartlyRefunded:
                Refunded(session, JournalCodec.ReadBody<VisitPartlyRefunded>(body), head.CivilDay, at);
                break;
            case Kinds.RefundPaid:
                var paid = JournalCodec.ReadBody<RefundPaid>(body);
                PayableStore.AddRefund(session, paid, paid.Decision.ToString("D"), paid.Settlement.ToString("D"), head.CivilDay, at);
                break;
            case Kinds.ReimbursementClaimed:
                ReimbursementStore.Add(session, JournalCodec.ReadBody<ReimbursementClaimed>(body), head.CivilDay, at);
                break;
            case Kinds.OfflineRefused:
                var refused = JournalCodec.ReadBody<OfflineRefused>(body);
                DayStore.NoteOfflineRefusal(session, refused.RequestKey, refused.Code, refused.Visit, head.CivilDay);
                break;
            case Kinds.DrawerCounted:
                EvidenceStore.AddCount(session, JournalCodec.ReadBody<DrawerCounted>(body), head.Captured, at);
                break;
            case Kinds.VisitUnsettled:
                UnsettledStore.Keep(session, JournalCodec.ReadBody<VisitUnsettled>(body), head.Captured);
                break;
            case Kinds.ContactRecorded:
                ContactStore.Add(session, JournalCodec.ReadBody<ContactRecorded>(body), head.CivilDay);
                break;
        }
    }

    private void Refunded(StoreSession session, VisitPartlyRefunded body, DateOnly civilDay, ChainHead at)
    {
        if (SettlementStore.Find(session, body.Settlement) is { Reversal: null } old)
        {
            SettlementStore.AddPartRefund(session, body, old.CivilDay, civilDay, Explain.Receipt(site, at), at);
            return;
        }
        Settled(session, body.Now, civilDay, at, body.Settlement);
    }

    /// <summary>Where the line is missing that took the earlier settlement of this visit part back, this one stands in its place.</summary>
    private void Settled(StoreSession session, VisitSettled body, DateOnly civilDay, ChainHead at, Guid? replaces)
    {
        if (SettlementStore.Standing(session, body.Visit, body.Ordinal) is { } earlier)
        {
            SettlementStore.TakenBackUnseen(session, earlier.Settlement, body.Settlement);
        }
        SettlementStore.Add(session, body, civilDay, Explain.Receipt(site, at), at, replaces);
    }
}

using EdgeHub.Rules;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Settlement;

/// <summary>What settlement does with the kinds of entries that claim money: a settlement, a partial refund, an invoice.</summary>
internal static class ClaimEntries
{
    public static QuarantineReason? Settled(StepWork work, SettlementSettings settings, PolicyShelf shelf, WaitingEntry entry, ReadOnlySpan<byte> bytes)
    {
        var body = entry.Body<VisitSettled>(bytes);
        if (ClaimChecks.Of(body, entry.Site) is { } fault)
        {
            return EntryKinds.Wrong(entry, fault);
        }
        var claim = Claim.Of(body);
        return EntryKinds.Unacceptable(work, settings, shelf, entry, claim) ?? Add(work, ClaimIntake.Of(work.Known, settings, entry, claim, bytes), () => { });
    }

    public static QuarantineReason? Reimbursement(StepWork work, SettlementSettings settings, PolicyShelf shelf, WaitingEntry entry, ReadOnlySpan<byte> bytes)
    {
        var body = entry.Body<ReimbursementClaimed>(bytes);
        if (ClaimChecks.Of(body, entry.Site) is { } fault)
        {
            return EntryKinds.Wrong(entry, fault);
        }
        var claim = Claim.Of(body);
        // Sealed again in a new epoch it stays withdrawn.
        return EntryKinds.Unacceptable(work, settings, shelf, entry, claim)
            ?? Add(work, ClaimIntake.Of(work.Known, settings, entry, claim, bytes) with { Withdrawn = HandStore.Withdrawn(work.Session, work.Region, body.Claim) }, () => { });
    }

    /// <summary>A partial refund is the reversal of the old settlement and a new one at its place. Where the old one is not here yet,
    /// both are kept, the entry is shown as waiting, and nothing of it counts.</summary>
    public static QuarantineReason? PartlyRefunded(StepWork work, SettlementSettings settings, PolicyShelf shelf, WaitingEntry entry, ReadOnlySpan<byte> bytes)
    {
        var body = entry.Body<VisitPartlyRefunded>(bytes);
        if (ClaimChecks.Of(body, entry.Site) is { } fault)
        {
            return EntryKinds.Wrong(entry, fault);
        }
        var claim = Claim.Of(body);
        if (EntryKinds.Unacceptable(work, settings, shelf, entry, claim) is { } reason)
        {
            return reason;
        }
        var reversal = EntryKinds.ReversalOf(entry, body);
        if (Add(work, ClaimIntake.Of(work.Known, settings, entry, claim, bytes), () => ReversalStore.Insert(work.Session, reversal)) is { } full)
        {
            return full;
        }
        return FactStore.OfEntry(work.Session, entry.Region, entry.DeviceNo, entry.Epoch, entry.Seq)?.Standing != Standing.Waits ? null : new QuarantineReason(
            Codes.ReversedUnknown, $"settlement {body.Settlement:D}: no such settlement of this visit with these shares at {entry.Site}", entry.Site,
            EntryKinds.WaitsFor(body.Settlement));
    }

    /// <param name="beside">What is kept with the fact.</param>
    private static QuarantineReason? Add(StepWork work, SettledFact fact, Action beside)
    {
        var together = Standings.Together(work.Session, fact);
        if (together.Count >= Standings.Most)
        {
            return new QuarantineReason(Codes.TooMany, $"visit part {fact.Ordinal}: at most {Standings.Most} settlements", fact.Site);
        }
        beside();
        FactStore.Insert(work.Session, fact);
        FactStore.SitePerson(work.Session, fact.Region, fact.Site, fact.Person);
        work.Touch(fact);
        var changed = Standings.Settle(work.Session, [.. together, fact]);
        work.Touch(changed);
        foreach (var settled in changed.Append(fact).DistinctBy(each => each.Settlement))
        {
            EntryKinds.ReleaseWaiting(work, settled);
        }
        return null;
    }
}

using EdgeHub.Hub.Ledger;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Settlement;

/// <summary>Reads what the next entries, or the next persons' years, will ask of the store: each table once for all of them. It decides
/// nothing: what was not read ahead, or changed since, is asked for when it is wanted.</summary>
internal static class StepAhead
{
    private static readonly AccountKind[] OfPersons = [AccountKind.PayableTo, AccountKind.PersonalAccount];

    /// <summary>For entries whose lines are at hand.</summary>
    /// <exception cref="JournalFormatException">A body cannot be read.</exception>
    public static void Read(StepWork work, IReadOnlyList<(WaitingEntry Entry, ReadOnlyMemory<byte> Line)> entries)
    {
        var ids = new HashSet<Guid>();
        var visits = new HashSet<(string KeySite, string Visit, long Ordinal)>();
        var years = new HashSet<(string Person, long Year)>();
        foreach (var (entry, line) in entries)
        {
            _ = JournalCodec.ReadHead(line.Span, out var range);
            switch (entry.Kind)
            {
                case Kinds.VisitSettled: Claimed(Claim.Of(entry.Body<VisitSettled>(line.Span[range]))); break;
                case Kinds.VisitPartlyRefunded: Claimed(Claim.Of(entry.Body<VisitPartlyRefunded>(line.Span[range]))); break;
                case Kinds.ReimbursementClaimed: Claimed(Claim.Of(entry.Body<ReimbursementClaimed>(line.Span[range]))); break;
                case Kinds.VisitReversed: ids.Add(entry.Body<VisitReversed>(line.Span[range]).Settlement); break;
                case Kinds.RefundPaid: ids.Add(entry.Body<RefundPaid>(line.Span[range]).Settlement); break;
                default: break;
            }
        }
        var persons = years.Select(year => year.Person).ToHashSet(StringComparer.Ordinal);
        FactAheadStore.ReadIds(work.Session, work.Region, ids);
        FactAheadStore.ReadVisits(work.Session, work.Region, visits);
        FactAheadStore.ReadCounts(work.Session, work.Region, years);
        ReversalStore.Read(work.Session, work.Region, ids);
        PayableStore.ReadRefunds(work.Session, work.Region, ids);
        work.Known.Read(persons);

        void Claimed(Claim claim)
        {
            ids.Add(claim.Body.Settlement);
            if (claim.Replaces is { } replaced)
            {
                ids.Add(replaced);
            }
            visits.Add((claim.KeySite, claim.Body.Visit, claim.Body.Ordinal));
            years.Add((claim.Body.Person, BenefitKeys.SchemeYear(claim.Body.ServiceDay)));
        }
    }

    /// <summary>What was paid out to persons is looked at by visit part: all settlements of those, their decisions, refunds and postings.</summary>
    private static void ReadPaid(StepWork work, IReadOnlyCollection<string> persons)
    {
        var (session, region) = (work.Session, work.Region);
        var paid = persons.SelectMany(person => PayableStore.PaidTo(session, region, person)).Select(payable => payable.Settlement).ToHashSet();
        if (paid.Count == 0)
        {
            return;
        }
        FactAheadStore.ReadIds(session, region, paid);
        var first = paid.SelectMany(id => FactStore.OfId(session, region, id)).ToList();
        FactAheadStore.ReadVisits(session, region, first.Select(fact => (fact.KeySite, fact.Visit, fact.Ordinal)).ToHashSet());
        var parts = first.SelectMany(fact => FactStore.OfVisit(session, fact)).Where(fact => persons.Contains(fact.Person)).DistinctBy(fact => fact.Entry).ToList();
        var ids = parts.Select(fact => fact.Settlement).ToHashSet();
        FactAheadStore.ReadIds(session, region, ids);
        PayableStore.Read(session, region, persons, ids);
        PayableStore.ReadRefunds(session, region, ids);
        DecisionStore.ReadFacts(session, region, parts);
        LedgerStore.ReadPosted(
            session, region, [.. ids.SelectMany(id => PayableStore.Refunds(session, region, id)).Select(refund => TargetMovements.RefundCause(refund.Id)).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>For persons' years that are to be computed.</summary>
    public static void Read(StepWork work, IReadOnlyCollection<(string Person, long Year)> years)
    {
        var persons = years.Select(year => year.Person).ToHashSet(StringComparer.Ordinal);
        var facts = FactAheadStore.ReadYears(work.Session, work.Region, years);
        DecisionStore.ReadYears(work.Session, work.Region, years, facts);
        AccumulatorStore.ReadYears(work.Session, work.Region, years);
        PayableStore.Read(work.Session, work.Region, persons, [.. facts.Select(fact => fact.Settlement).Distinct()]);
        ReadPaid(work, persons);
        ReversalStore.Read(work.Session, work.Region, [.. facts.Where(fact => fact.Standing == Standing.Reversed).Select(fact => fact.Settlement).Distinct()]);
        LedgerStore.ReadAhead(work.Session, work.Region, OfPersons, [.. persons]);
    }
}

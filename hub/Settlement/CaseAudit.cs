using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>The part of the audit about cases: each refused settlement, each refund above what is owed and
/// each reversal of what had been taken back before has its case with its
/// amount, open or closed by people on the record, and none stands that nothing asks for.</summary>
internal sealed class CaseAudit
{
    private readonly Dictionary<(string Kind, string Subject), long> _expected = [];

    /// <param name="payable">What is owed for its settlement id, where it has the last word on that.</param>
    public void Judged(SettledFact fact, Judgement judgement, Payable? payable)
    {
        if (judgement.IsCase)
        {
            _expected[(judgement.Code, fact.Entry)] = fact.AtStake;
        }
        if (payable is not null && checked(payable.Paid + payable.Carried) is var paid && paid > judgement.Owed)
        {
            _expected[(Codes.RefundOverpaid, fact.Settlement.ToString("D"))] = checked(paid - judgement.Owed);
        }
    }

    /// <summary>Reversals of what had been taken back before.</summary>
    public void TakenBack(SettledFact fact, IReadOnlyList<Reversal> late)
    {
        foreach (var reversal in late)
        {
            _expected[(Codes.AlreadyReversed, reversal.Entry)] = fact.AtStake;
        }
    }

    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        var standing = SettlementAuditStore.StandingCases(session, region);
        var open = standing.Where(each => each.Kind is Codes.RefundOverpaid or Codes.AlreadyReversed || SettlementAuditStore.IsJudged(session, region, each.Subject))
            .ToDictionary(each => (each.Kind, each.Subject), each => each.Amount);
        notes.SameRows("recovery_case", _expected, open);
        foreach (var closed in standing.Where(each => each.Status == CaseStore.ClosedByHand))
        {
            notes.Same("settled_by_hand", $"{closed.Kind} {closed.Subject}", true, HandStore.ClosedCase(session, region, closed.Kind, closed.Subject, closed.Amount));
        }
        foreach (var entry in HandStore.AsideWithoutRecord(session, region))
        {
            notes.Differ("settled_by_hand", entry, "who closed it, and why", null);
        }
    }
}

using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>The part of the audit about cases: each refused settlement and each refund above what is owed has its open case with
/// its amount, and none is open that nothing asks for.</summary>
internal sealed class CaseAudit
{
    private readonly Dictionary<(string Kind, string Subject), long> _expected = [];
    private readonly HashSet<string> _subjects = new(StringComparer.Ordinal);

    public void Judged(SettledFact fact, Judgement judgement, Payable? payable)
    {
        _subjects.Add(fact.Entry);
        if (judgement.Status == Judgement.Refused)
        {
            _expected[(judgement.Code, fact.Entry)] = fact.ClaimedFund;
        }
        if (fact.Standing != Standing.Duplicate && payable is { Paid: > 0 } && payable.Paid > judgement.Owed)
        {
            _expected[(Codes.RefundOverpaid, fact.Settlement.ToString("D"))] = checked(payable.Paid - judgement.Owed);
        }
    }

    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        var open = SettlementAuditStore.OpenCases(session, region)
            .Where(each => each.Kind == Codes.RefundOverpaid || _subjects.Contains(each.Subject))
            .ToDictionary(each => (each.Kind, each.Subject), each => each.Amount);
        notes.SameRows("recovery_case", _expected, open);
    }
}

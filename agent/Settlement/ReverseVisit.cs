using EdgeHub.Agent.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Settlement;

/// <summary>Takes a settlement back whole: an entry that points at it and mirrors it. What refuses it: <see cref="TakenBack"/>.</summary>
public sealed class ReverseVisit(AgentStore store, KeyedRequests requests, IEntropy entropy)
{
    public const string Operation = "reverse";

    public Task<MoneyOutcome> Reverse(string settlementId, ReverseRequest request, CancellationToken cancel = default) =>
        requests.Do(Operation, settlementId, request, (session, asked) => New(session, asked, settlementId), cancel);

    private MoneyOutcome New(StoreSession session, Asked asked, string settlementId)
    {
        var (settled, why) = TakenBack.Of(session, settlementId, store.Clock.Today);
        if (settled is null)
        {
            return new MoneyOutcome.Refused(why!);
        }
        var at = store.Clock.Capture();
        var shares = new SettledShares(settled.Fund, settled.Account, settled.Cash, settled.Catastrophic, settled.Assistance);
        var body = new VisitReversed(
            entropy.NewId(at.At), settled.Settlement, asked.Key, settled.Visit, settled.Ordinal, settled.Currency, settled.Person, asked.Site.Institution,
            settled.VisitType, settled.ServiceDay, settled.Total, shares,
            [.. AccumulatorStore.MovesOf(session, settled.Person, settled.Settlement).Select(move => new SettledMove(move.Key, move.After, move.Before))],
            asked.Reason, asked.Operator);
        var head = store.Journal.Append(session, Kinds.VisitReversed, body, at);
        SettlementStore.AddReversal(session, body, at.CivilDay, head);
        return requests.Answered(
            session, asked, new ReversedAnswer(
                body.Reversal, body.Settlement, head.Epoch, head.Seq, body.Visit, body.Ordinal, body.Currency, body.Total,
                Explain.Shares(shares)),
            at.At);
    }
}

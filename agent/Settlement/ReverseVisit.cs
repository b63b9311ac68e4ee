using System.Globalization;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Agent.Settlement;

/// <summary>Takes a settlement back: an entry that points at it and mirrors it. Refused while a later settlement of the person
/// that stands here used the same accumulators: that one is reversed first. Refused too once something of it was paid back: its whole cash given back would
/// pay that part twice.</summary>
public sealed class ReverseVisit(AgentStore store, KeyedRequests requests, IEntropy entropy)
{
    public const string Operation = "reverse";

    public Task<MoneyOutcome> Reverse(string settlementId, ReverseRequest request, CancellationToken cancel = default) =>
        requests.Do(Operation, settlementId, request, (session, asked) => New(session, asked, settlementId), cancel);

    private MoneyOutcome New(StoreSession session, Asked asked, string settlementId)
    {
        if (!Guid.TryParse(settlementId, out var id) || SettlementStore.Find(session, id) is not { } settled)
        {
            return Refused(Codes.NotFound, settlementId, "a settlement that was made here");
        }
        if (settled.Reversal is { } reversal)
        {
            return Refused(Codes.AlreadyReversed, reversal.ToString("D"), "a settlement that stands");
        }
        if (SettlementStore.LaterOnSameAccumulators(session, settled) is { } later)
        {
            return Refused(Codes.LaterSettlementFirst, later.ToString("D"), "reverse that settlement first");
        }
        if (PayableStore.PaidBack(session, settled.Settlement) is var paidBack and not 0)
        {
            return Refused(Codes.RefundAlreadyPaid, paidBack.ToString(CultureInfo.InvariantCulture), "a settlement of which nothing was paid back");
        }
        var at = store.Clock.Capture();
        var body = new VisitReversed(
            entropy.NewId(at.At), settled.Settlement, asked.Key, settled.Visit, settled.Ordinal, settled.Currency, settled.Person, asked.Site.Institution,
            settled.VisitType, settled.ServiceDay, settled.Total, new SettledShares(settled.Fund, settled.Account, settled.Cash),
            [.. AccumulatorStore.MovesOf(session, settled.Settlement).Select(move => new SettledMove(move.Key, move.After, move.Before))],
            asked.Reason, asked.Operator);
        var head = store.Journal.Append(session, Kinds.VisitReversed, body, at);
        SettlementStore.AddReversal(session, body, at.CivilDay, head);
        return requests.Answered(
            session, asked, new ReversedAnswer(
                body.Reversal, body.Settlement, head.Epoch, head.Seq, body.Visit, body.Ordinal, body.Currency, body.Total,
                new SharesShown(body.Shares.Fund, body.Shares.Account, body.Shares.Cash)),
            at.At);
    }

    private static MoneyOutcome.Refused Refused(string code, string value, string expected) =>
        new(Refusal.Of(code, "settlement", value, expected, B22));
}

using System.Globalization;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Settlement;

/// <summary>Takes a part of a settlement back: what remains is computed again on the accumulators as they were before it, with the
/// facts, the book and the offline facts of then; a new settlement stands in its place, and one entry carries the difference. Refused
/// where a reversal is refused, where a line would grow, and where nothing or everything would remain. Source: B21.</summary>
public sealed class RefundPart(AgentStore store, ComputeBill compute, KeyedRequests requests, IEntropy entropy)
{
    public const string Operation = "partial-refund";

    /// <summary>What a partial refund would give back now. Nothing is written.</summary>
    public Task<LookUp<PartRefundQuote>> Quote(string settlementId, PartRefundRequest request) => store.Do<LookUp<PartRefundQuote>>(session =>
    {
        var (refund, why) = Computed(session, settlementId, request);
        return refund is null
            ? new LookUp<PartRefundQuote>.Refused(why!)
            : new LookUp<PartRefundQuote>.Found(new PartRefundQuote(
                refund.Old.Settlement, Explain.Totals(refund.Result), Explain.Shares(refund.Result.Shares), Explain.Shares(refund.Difference),
                Explain.Lines(refund.Bill.Lines, refund.Result.Lines, refund.Names), Explain.Steps(refund.Result)));
    });

    public Task<MoneyOutcome> Refund(string settlementId, PartRefundRequest request, CancellationToken cancel = default) =>
        requests.Do(Operation, settlementId, request, (session, asked) => New(session, asked, settlementId, request), cancel);

    private MoneyOutcome New(StoreSession session, Asked asked, string settlementId, PartRefundRequest request)
    {
        var (refund, why) = Computed(session, settlementId, request);
        if (refund is null)
        {
            return new MoneyOutcome.Refused(why!);
        }
        var cash = refund.Difference.Cash;
        if (request.ExpectedDifference is { } expected && expected != cash)
        {
            return new MoneyOutcome.Refused(Refusal.Of(
                Codes.QuoteChanged, "expectedDifference", expected.ToString(CultureInfo.InvariantCulture), cash.ToString(CultureInfo.InvariantCulture)));
        }
        var at = store.Clock.Capture();
        var (old, result) = (refund.Old, refund.Result);
        var now = old with
        {
            Settlement = entropy.NewId(at.At), RequestKey = asked.Key, Operator = asked.Operator,
            Totals = SettledParts.Totals(result), Shares = SettledParts.Shares(result.Shares),
            Policy = new PolicyUsed(result.Policy.Id, result.Policy.Version, result.Policy.Hash, result.PolicyRow),
            Accumulators = SettledParts.Moves(result), Lines = SettledParts.Lines(refund.Bill.Lines, result.Lines),
        };
        var body = new VisitPartlyRefunded(entropy.NewId(at.At), old.Settlement, asked.Reason, asked.Key, now, refund.Difference, asked.Operator);
        var head = store.Journal.Append(session, Kinds.VisitPartlyRefunded, body, at);
        var receipt = Explain.Receipt(asked.Site, head);
        SettlementStore.AddPartRefund(session, body, refund.Row.CivilDay, at.CivilDay, receipt, head);
        var settled = Explain.Settled(refund.Bill, refund.Names, result, now, head, receipt, refund.Row.CivilDay, []);
        return requests.Answered(
            session, asked, new PartRefundAnswer(body.Refund, old.Settlement, at.CivilDay, Explain.Shares(refund.Difference), settled), at.At);
    }

    /// <summary>The settlement, what remains of its lines, and both computed.</summary>
    private (Refunded? Refund, Refusal? Why) Computed(StoreSession session, string settlementId, PartRefundRequest request)
    {
        var (row, standing) = TakenBack.Of(session, settlementId, store.Clock.Today);
        if (row is null)
        {
            return (null, standing);
        }
        var old = SettledBodies.Of(session, store.Journal, row);
        var (lines, wrong) = RemainingLines.Of(old, request.Lines);
        if (lines is null)
        {
            return (null, wrong);
        }
        var (outcome, none) = compute.Remainder(session, old, lines, row.CivilDay);
        switch (outcome)
        {
            case null:
                return (null, none);
            case RefundOutcome.Refused refused:
                return (null, new Refusal(refused.Faults, refused.Article));
            case RefundOutcome.Partly partly:
                var names = lines.ToDictionary(line => line.No, line => store.Catalogue.Find(session, line.ItemCode)?.Name ?? line.ItemCode);
                return (new Refunded(row, old, SettledParts.Bill(old, lines), names, partly.Now, SettledParts.Shares(partly.Back.Value)), null);
            default:
                throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}.");
        }
    }

    private sealed record Refunded(
        SettlementRow Row, VisitSettled Old, Bill Bill, IReadOnlyDictionary<int, string> Names, BenefitResult Result, SettledShares Difference);
}

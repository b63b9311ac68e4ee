using System.Globalization;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Agent.Settlement;

/// <summary>Pays a person out what a decision of the hub owes, at most what is open as far as this agent knows. Nothing for a
/// settlement that was taken back here, though the hub does not know it yet.</summary>
public sealed class PayOut(AgentStore store, KeyedRequests requests, IEntropy entropy)
{
    public const string Operation = "payout";

    public Task<MoneyOutcome> Pay(string decision, PayOutRequest request, CancellationToken cancel = default) =>
        requests.Do(Operation, decision, request, (session, asked) => New(session, asked, decision), cancel);

    /// <summary>What is owed to a person and open.</summary>
    public Task<IReadOnlyList<PayableShown>> Payables(string person) => store.Do(session => Shown(PayableStore.OfPerson(session, person)));

    internal static IReadOnlyList<PayableShown> Shown(IReadOnlyList<Payable> payables) =>
        [.. payables.Select(owed => new PayableShown(owed.Decision, owed.Person, owed.Settlement, owed.Amount, owed.Open, owed.Cause))];

    private MoneyOutcome New(StoreSession session, Asked asked, string decision)
    {
        if (PayableStore.Find(session, decision) is not { } owed || !Guid.TryParse(owed.Decision, out var decisionId) || !Guid.TryParse(owed.Settlement, out var settlementId))
        {
            return Refused(Codes.NotFound, decision, "a decision that owes a person of this catchment something");
        }
        if (SettlementStore.Find(session, settlementId)?.Reversal is { } reversal)
        {
            // Its cash was given back with it, whatever was owed for it before; what the hub owes for a remainder is another decision.
            return Refused(Codes.AlreadyReversed, reversal.ToString("D"), "a settlement that stands");
        }
        if (owed.Open == 0)
        {
            return Refused(Codes.NothingOpen, owed.Amount.ToString(CultureInfo.InvariantCulture), "an amount that is not paid out yet");
        }
        var at = store.Clock.Capture();
        var body = new RefundPaid(
            entropy.NewId(at.At), asked.Key, settlementId, decisionId, owed.Person, asked.Site.Institution, Currency.Cny.Code, owed.Open, asked.Operator);
        var head = store.Journal.Append(session, Kinds.RefundPaid, body, at);
        PayableStore.AddRefund(session, body, owed.Decision, owed.Settlement, at.CivilDay, head);
        return requests.Answered(
            session, asked, new PaidAnswer(body.Refund, owed.Decision, owed.Settlement, owed.Person, head.Epoch, head.Seq, body.Currency, body.Amount), at.At);
    }

    private static MoneyOutcome.Refused Refused(string code, string value, string expected) => new(Refusal.Of(code, "decision", value, expected, B22));
}

using System.Globalization;
using System.Text.Json;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Agent.Settlement;

/// <summary>Pays a person out what a decision of the hub owes, at most what is open as far as this agent knows.</summary>
public sealed class PayOut(AgentStore store, HubContact contact, IEntropy entropy)
{
    public const string Operation = "payout";

    public async Task<MoneyOutcome> Pay(string decision, PayOutRequest request, CancellationToken cancel = default)
    {
        if (store.Site is not { } site)
        {
            return new MoneyOutcome.Refused(SettleVisit.NotEnrolled());
        }
        var faults = new List<Fault>();
        var key = Given.Text(request.RequestKey, "requestKey", Given.KeyCharacters, faults);
        var @operator = Given.Text(request.Operator, "operator", Given.NameCharacters, faults);
        if (faults.Count > 0)
        {
            return new MoneyOutcome.Refused(new Refusal(faults, B15));
        }
        await contact.FirstQuestion(cancel);
        var hash = RequestContent.Hash(Operation, decision, request);
        return await store.Do(session => RequestContent.Before(session, store.Requests, key, Operation, hash)
            ?? New(session, site, decision, key, @operator, hash));
    }

    /// <summary>What is owed to a person and open.</summary>
    public Task<IReadOnlyList<PayableShown>> Payables(string person) => store.Do(session => Shown(PayableStore.OfPerson(session, person)));

    internal static IReadOnlyList<PayableShown> Shown(IReadOnlyList<Payable> payables) =>
        [.. payables.Select(owed => new PayableShown(owed.Decision, owed.Person, owed.Settlement, owed.Amount, owed.Open, owed.Cause))];

    private MoneyOutcome New(StoreSession session, SiteFacts site, string decision, string key, string @operator, byte[] hash)
    {
        if (PayableStore.Find(session, decision) is not { } owed || !Guid.TryParse(owed.Decision, out var decisionId) || !Guid.TryParse(owed.Settlement, out var settlementId))
        {
            return Refused(Codes.NotFound, decision, "a decision that owes a person of this catchment something");
        }
        if (owed.Open == 0)
        {
            return Refused(Codes.NothingOpen, owed.Amount.ToString(CultureInfo.InvariantCulture), "an amount that is not paid out yet");
        }
        var at = store.Clock.Capture();
        var body = new RefundPaid(
            entropy.NewId(at.At), key, settlementId, decisionId, owed.Person, site.Institution, Currency.Cny.Code, owed.Open, @operator);
        var head = store.Journal.Append(session, Kinds.RefundPaid, body, at);
        PayableStore.AddRefund(session, body, owed.Decision, owed.Settlement, at.CivilDay, head);
        var answer = JsonSerializer.SerializeToUtf8Bytes(
            new PaidAnswer(body.Refund, owed.Decision, owed.Settlement, owed.Person, head.Epoch, head.Seq, body.Currency, body.Amount), RequestContent.Json);
        store.Requests.Add(session, key, Operation, hash, answer, at.At);
        return new MoneyOutcome.Done(answer, Again: false);
    }

    private static MoneyOutcome.Refused Refused(string code, string value, string expected) => new(Refusal.Of(code, "decision", value, expected, B22));
}

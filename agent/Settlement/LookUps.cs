using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Settlement;

/// <summary>Questions about what was settled. They pass the same writer as the settlements, so an answer "not found" means that
/// no earlier request is still on its way to be settled.</summary>
public sealed class LookUps(AgentStore store)
{
    /// <summary>The answer that a request key got: the one truth about a request whose answer was lost.</summary>
    public Task<LookUp<AnsweredRequest>> ByRequestKey(string requestKey) => store.Do<LookUp<AnsweredRequest>>(session =>
        store.Requests.Find(session, requestKey) is { } known
            ? new LookUp<AnsweredRequest>.Found(known)
            : NotFound<AnsweredRequest>("requestKey", requestKey, "a key that settled, reversed or paid something"));

    public Task<LookUp<SettlementShown>> Settlement(string id) => store.Do<LookUp<SettlementShown>>(session =>
    {
        if (!Guid.TryParse(id, out var parsed) || SettlementStore.Find(session, parsed) is not { } row
            || store.Requests.Find(session, row.RequestKey) is not { } answered)
        {
            return NotFound<SettlementShown>("settlement", id, "a settlement that was made here");
        }
        var confirmed = answered.Operation == RefundPart.Operation ? RequestContent.Answer<PartRefundAnswer>(answered).Now : RequestContent.Answer<SettledAnswer>(answered);
        var chain = SettlementStore.ChainOf(session, row);
        var acked = store.Journal.Acked(session);
        return new LookUp<SettlementShown>.Found(new SettlementShown(confirmed, row.Reversal, IsAcknowledged(row.Epoch, row.Seq, acked), Decision(session, parsed),
            chain.Count == 1 ? [] : [.. chain.Select(link => new ChainShown(link.Settlement, link.Receipt, link.Total, Shares(link), link.Reversal))]));
    });

    /// <summary>One clinic day's money.</summary>
    public Task<DayTotalsAnswer> DayTotals(DateOnly day) => store.Do(session =>
    {
        var (settled, reversed, part) = (DayStore.Settled(session, day), DayStore.Reversed(session, day), DayStore.PartRefunded(session, day));
        var (settledSum, reversedSum, partSum) = (Sum(settled.Values), Sum(reversed.Values), Sum(part.Values));
        var (refundCount, refundAmount) = DayStore.Refunds(session, day);
        var acked = store.Journal.Acked(session);
        return new DayTotalsAnswer(
            day, Currency.Cny.Code, settledSum, reversedSum, partSum,
            new DaySum(
                settledSum.Count - reversedSum.Count, settledSum.Total - reversedSum.Total - partSum.Total, settledSum.Fund - reversedSum.Fund - partSum.Fund,
                settledSum.Account - reversedSum.Account - partSum.Account, settledSum.Cash - reversedSum.Cash - partSum.Cash,
                settledSum.Catastrophic - reversedSum.Catastrophic - partSum.Catastrophic, settledSum.Assistance - reversedSum.Assistance - partSum.Assistance),
            new DayRefunds(refundCount, refundAmount),
            [.. settled.Keys.Union(reversed.Keys, StringComparer.Ordinal).Union(part.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(type => new DayVisitType(type, Of(settled, type), Of(reversed, type), Of(part, type)))],
            store.Journal.Head(session).Seq - acked.Seq);
    });

    internal static bool IsAcknowledged(long epoch, long seq, ChainHead acked) => (epoch, seq).CompareTo((acked.Epoch, acked.Seq)) <= 0;

    /// <summary>What the hub decided on a settlement or a reimbursement; null: not yet heard.</summary>
    internal static DecisionShown? Decision(StoreSession session, Guid settlement) => PayableStore.DecisionOn(session, settlement) is { } heard
        ? new DecisionShown(heard.Status, heard.Code, heard.FundDifference, heard.Cause, heard.DecidedAt)
        : null;

    private static SharesShown Shares(SettlementRow row) => new(row.Fund, row.Account, row.Cash, row.Catastrophic, row.Assistance);

    private static DaySum Of(IReadOnlyDictionary<string, MoneySum> sums, string visitType) => Sum(sums.TryGetValue(visitType, out var sum) ? [sum] : []);

    private static DaySum Sum(IEnumerable<MoneySum> sums)
    {
        var all = new DaySum(0, 0, 0, 0, 0, 0, 0);
        foreach (var sum in sums)
        {
            all = new DaySum(
                all.Count + sum.Count, all.Total + sum.Total, all.Fund + sum.Fund, all.Account + sum.Account, all.Cash + sum.Cash,
                all.Catastrophic + sum.Catastrophic, all.Assistance + sum.Assistance);
        }
        return all;
    }

    private static LookUp<T>.Refused NotFound<T>(string field, string value, string expected) => new(Refusal.Of(Codes.NotFound, field, value, expected));
}

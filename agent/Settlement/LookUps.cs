using System.Text.Json;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;

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
        var confirmed = JsonSerializer.Deserialize<SettledAnswer>(answered.Answer, RequestContent.Json)
            ?? throw new InvalidOperationException($"The answer of settlement {id} holds null.");
        var acked = store.Journal.Acked(session);
        var decision = PayableStore.DecisionOn(session, parsed) is { } heard
            ? new DecisionShown(heard.Status, heard.Code, heard.FundDifference, heard.Cause, heard.DecidedAt)
            : null;
        return new LookUp<SettlementShown>.Found(new SettlementShown(confirmed, row.Reversal, IsAcknowledged(row, acked), decision));
    });

    /// <summary>One clinic day's money.</summary>
    public Task<DayTotalsAnswer> DayTotals(DateOnly day) => store.Do(session =>
    {
        var (settled, reversed) = (DayStore.Settled(session, day), DayStore.Reversed(session, day));
        var (settledSum, reversedSum) = (Sum(settled.Values), Sum(reversed.Values));
        var (refundCount, refundAmount) = DayStore.Refunds(session, day);
        var acked = store.Journal.Acked(session);
        return new DayTotalsAnswer(
            day, Currency.Cny.Code, settledSum, reversedSum,
            new DaySum(
                settledSum.Count - reversedSum.Count, settledSum.Total - reversedSum.Total, settledSum.Fund - reversedSum.Fund,
                settledSum.Account - reversedSum.Account, settledSum.Cash - reversedSum.Cash),
            new DayRefunds(refundCount, refundAmount),
            [.. settled.Keys.Union(reversed.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(type => new DayVisitType(
                type, Sum(settled.TryGetValue(type, out var made) ? [made] : []), Sum(reversed.TryGetValue(type, out var taken) ? [taken] : [])))],
            store.Journal.Head(session).Seq - acked.Seq);
    });

    private static bool IsAcknowledged(SettlementRow row, ChainHead acked) => (row.Epoch, row.Seq).CompareTo((acked.Epoch, acked.Seq)) <= 0;

    private static DaySum Sum(IEnumerable<MoneySum> sums)
    {
        var all = new DaySum(0, 0, 0, 0, 0);
        foreach (var sum in sums)
        {
            all = new DaySum(all.Count + sum.Count, all.Total + sum.Total, all.Fund + sum.Fund, all.Account + sum.Account, all.Cash + sum.Cash);
        }
        return all;
    }

    private static LookUp<T>.Refused NotFound<T>(string field, string value, string expected) => new(Refusal.Of(Codes.NotFound, field, value, expected));
}

using System.Globalization;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Stores;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Agent.Settlement;

/// <summary>Whether a settlement can be taken back, whole or in part: it was made here and stands, no later one here used the same
/// accumulators, its scheme year is open, and nothing of it was paid back, for its cash given back too would pay that part twice. Source: B21, B22.</summary>
public static class TakenBack
{
    public static (SettlementRow? Settled, Refusal? Why) Of(StoreSession session, string settlementId, DateOnly today)
    {
        if (!Guid.TryParse(settlementId, out var id) || SettlementStore.Find(session, id) is not { } settled)
        {
            return Refused(Codes.NotFound, settlementId, "a settlement that was made here");
        }
        if (settled.Reversal is { } reversal)
        {
            return SettlementStore.Successor(session, id) is { } successor
                ? Refused(Codes.PartlyRefunded, successor.ToString("D"), "the settlement that stands in its place")
                : Refused(Codes.AlreadyReversed, reversal.ToString("D"), "a settlement that stands");
        }
        var open = SchemeYears.OpenSince(today);
        if (settled.ServiceDay < open)
        {
            return Refused(Codes.BadDate, Article.Written(settled.ServiceDay), $"{Article.Written(open)} or later: older years are closed");
        }
        if (SettlementStore.LaterOnSameAccumulators(session, settled) is { } later)
        {
            return Refused(Codes.LaterSettlementFirst, later.ToString("D"), "reverse that settlement first");
        }
        return PayableStore.PaidBack(session, settled.Settlement) is var paidBack and not 0
            ? Refused(Codes.RefundAlreadyPaid, paidBack.ToString(CultureInfo.InvariantCulture), "a settlement of which nothing was paid back")
            : (settled, null);
    }

    private static (SettlementRow?, Refusal?) Refused(string code, string value, string expected) =>
        (null, Refusal.Of(code, "settlement", value, expected, B22));
}

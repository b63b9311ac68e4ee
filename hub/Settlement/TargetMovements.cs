using System.Globalization;
using EdgeHub.Hub.Ledger;
using EdgeHub.Rules.Schemes.CountyPackage;
using static EdgeHub.Hub.Ledger.LedgerEvent;

namespace EdgeHub.Hub.Settlement;

/// <summary>What a decision should have moved in the ledger, whole; what is posted already is taken off by the ledger.
/// The institution is always made whole for what it did rightly: SettledPool + PersonalAccount = claimed fund + claimed account.
/// Source: Z2, Z3, Z19; data.md, "Who bears".</summary>
public static class TargetMovements
{
    public const string Scheme = "CountyPackage";

    public static ChargedTo ChargedTo(SettledFact fact) => Payer.Of(fact).ChargedTo;

    public static IReadOnlyList<Movement> Of(SettledFact fact, Judgement judgement)
    {
        if (!judgement.Counts)
        {
            return [];
        }
        var payer = Payer.Of(fact);
        var budget = Envelope(fact, payer.Kind, payer.Owner);
        var pool = Envelope(fact, AccountKind.SettledPool, fact.Site);
        var offline = Envelope(fact, AccountKind.OfflineDifference, fact.Site);
        var decided = checked(judgement.Fund - judgement.Owed + judgement.Receivable);
        List<Movement> movements =
        [
            new(payer.Decided, budget, pool, decided),
            new(AccountShare, Envelope(fact, AccountKind.PersonalAccount, fact.Person), Envelope(fact, AccountKind.PersonalAccount, fact.Site), judgement.Account),
            new(payer.Underpaid, budget, Envelope(fact, AccountKind.PayableTo, fact.Person), judgement.Owed),
            new(payer.StaleData, budget, offline, judgement.OfflineDifference),
            new(StaleDataPaid, offline, pool, judgement.OfflineDifference),
            new(payer.Fault, Envelope(fact, AccountKind.ReceivableFrom, fact.Site), budget, judgement.Receivable),
        ];
        return [.. movements.Where(m => m.Fen != 0)];
    }

    /// <summary>A refund that was paid out: the person is owed less, the paying institution is owed it.</summary>
    public static Movement Refund(SettledFact fact, string payingSite, long amount) => new(
        RefundPaid, Envelope(fact, AccountKind.PayableTo, fact.Person), Envelope(fact, AccountKind.SettledPool, payingSite), amount);

    /// <summary>What a site paid out though it was never owed: nobody is credited before people have looked.</summary>
    public static Movement Suspended(SettledFact fact, string payingSite, long amount) => new(
        RefundSuspended, Envelope(fact, AccountKind.PayableTo, fact.Person), Envelope(fact, AccountKind.Suspense, payingSite), amount);

    public static string Cause(SettledFact fact) => $"settlement/{fact.Entry}";

    public static string RefundCause(Guid refund) => $"refund/{refund:D}";

    private static Account Envelope(SettledFact fact, AccountKind kind, string owner) => new(
        fact.Region, fact.Unit, kind, owner, Scheme, fact.SchemeYear.ToString(CultureInfo.InvariantCulture));
}

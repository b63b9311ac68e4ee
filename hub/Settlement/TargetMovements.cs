using System.Globalization;
using EdgeHub.Hub.Ledger;
using EdgeHub.Rules.Schemes.CountyPackage;
using static EdgeHub.Hub.Ledger.LedgerEvent;

namespace EdgeHub.Hub.Settlement;

/// <summary>What a decision should have moved in the ledger, whole; what is posted already is taken off by the ledger.
/// Every payer pays its true share; the institution is always made whole for what it did rightly: what comes to it of all payers
/// together is what it claimed of them. Source: Z2, Z3, Z4, Z19, Z20; data.md, "Who bears".</summary>
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
        var borne = judgement.BorneOf(fact);
        List<Movement> movements =
        [
            .. Layer(fact, payer.Fund, borne.Fund),
            .. Layer(fact, payer.Catastrophic, borne.Catastrophic),
            .. Layer(fact, payer.Assistance, borne.Assistance),
        ];
        if (borne.Account != 0)
        {
            movements.Add(new Movement(
                AccountShare, Envelope(fact, AccountKind.PersonalAccount, fact.AccountPerson), Envelope(fact, AccountKind.PersonalAccount, fact.Site), borne.Account));
        }
        return movements;
    }

    /// <summary>A refund that was paid out: the person is owed less, the paying institution is owed it by those who owed it to the
    /// person, each on its own envelope.</summary>
    /// <param name="suspended">What was never owed: nobody is credited before people have looked.</param>
    public static IReadOnlyList<Movement> Refund(SettledFact fact, string payingSite, OwedParts credited, long suspended)
    {
        var person = Envelope(fact, AccountKind.PayableTo, fact.Person);
        (LedgerEvent Happened, AccountKind To, long Fen)[] all =
        [
            (RefundPaid, AccountKind.SettledPool, credited.Fund), (RefundPaidForCatastrophic, AccountKind.SettledCatastrophic, credited.Catastrophic),
            (RefundPaidForAssistance, AccountKind.SettledAssistance, credited.Assistance), (RefundSuspended, AccountKind.Suspense, suspended),
        ];
        return [.. all.Where(each => each.Fen != 0).Select(each => new Movement(each.Happened, person, Envelope(fact, each.To, payingSite), each.Fen))];
    }

    public static string Cause(SettledFact fact) => $"settlement/{fact.Entry}";

    public static string RefundCause(Guid refund) => $"refund/{refund:D}";

    /// <summary>One payer's movements. What its own faults made too much the institution gets from the payer, and owes it back.</summary>
    private static IEnumerable<Movement> Layer(SettledFact fact, PayerLayer layer, PayerPart part)
    {
        if (part is { Paid: 0, Owed: 0, Overpaid: 0 })
        {
            yield break;
        }
        var from = Envelope(fact, layer.Kind, layer.Owner);
        var to = Envelope(fact, layer.ToInstitution, fact.Site);
        var (fault, stale) = (part.Faulty, part.Stale);
        if (part.Paid + fault != 0)
        {
            yield return new Movement(layer.Events.Decided, from, to, checked(part.Paid + fault));
        }
        if (part.Owed != 0)
        {
            yield return new Movement(
                fact.IsReimbursement ? layer.Events.Reimbursed : layer.Events.Underpaid, from, Envelope(fact, AccountKind.PayableTo, fact.Person), part.Owed);
        }
        if (stale != 0)
        {
            var offline = Envelope(fact, AccountKind.OfflineDifference, fact.Site);
            yield return new Movement(layer.Events.StaleData, from, offline, stale);
            yield return new Movement(layer.Events.StaleDataPaid, offline, to, stale);
        }
        if (fault != 0)
        {
            yield return new Movement(layer.Events.Fault, Envelope(fact, AccountKind.ReceivableFrom, fact.Site), from, fault);
        }
    }

    private static Account Envelope(SettledFact fact, AccountKind kind, string owner) => new(
        fact.Region, fact.Unit, kind, owner, Scheme, fact.SchemeYear.ToString(CultureInfo.InvariantCulture));
}

using System.Globalization;
using EdgeHub.Hub.Ledger;
using EdgeHub.Rules.Schemes.CountyPackage;
using static EdgeHub.Hub.Ledger.LedgerEvent;

namespace EdgeHub.Hub.Settlement;

/// <summary>What a decision should have moved in the ledger, whole; what is posted already is taken off by the ledger.
/// The institution is always made whole for what it did rightly: SettledPool + PersonalAccount = claimed fund + claimed account.
/// Source: Z2, Z3; data.md, "Who bears".</summary>
public static class TargetMovements
{
    public const string Scheme = "CountyPackage";

    /// <summary>The scheme year's envelope that pays: the region's package, or a private provider's own indicator.</summary>
    public static Account Budget(SettledFact fact) => IsPrivate(fact)
        ? Envelope(fact, AccountKind.ProviderIndicator, fact.Site)
        : Envelope(fact, AccountKind.PackageBudget, Account.TheRegion);

    public static bool IsPrivate(SettledFact fact) => fact.InstitutionType == PrivateHospital;

    /// <summary>Institution type of a private designated provider.</summary>
    public const string PrivateHospital = "private_hospital";

    public static ChargedTo ChargedTo(SettledFact fact) =>
        IsPrivate(fact) ? Rules.Schemes.CountyPackage.ChargedTo.PrivateIndicator : Rules.Schemes.CountyPackage.ChargedTo.LeadPackage;

    public static IReadOnlyList<Movement> Of(SettledFact fact, Judgement judgement)
    {
        if (!judgement.Counts)
        {
            return [];
        }
        var budget = Budget(fact);
        var own = IsPrivate(fact);
        var pool = Envelope(fact, AccountKind.SettledPool, fact.Site);
        var offline = Envelope(fact, AccountKind.OfflineDifference, fact.Site);
        var decided = checked(judgement.Fund - judgement.Owed + judgement.Receivable);
        List<Movement> movements =
        [
            new(own ? IndicatorCharged : SettlementDecided, budget, pool, decided),
            new(AccountShare, Envelope(fact, AccountKind.PersonalAccount, fact.Person), Envelope(fact, AccountKind.PersonalAccount, fact.Site), judgement.Account),
            new(own ? PatientUnderpaidByIndicator : PatientUnderpaidByFund, budget, Envelope(fact, AccountKind.PayableTo, fact.Person), judgement.Owed),
            new(own ? StaleDataChargedToIndicator : StaleDataCharged, budget, offline, judgement.OfflineDifference),
            new(StaleDataPaid, offline, pool, judgement.OfflineDifference),
            new(own ? InstitutionFaultOfIndicator : InstitutionFault, Envelope(fact, AccountKind.ReceivableFrom, fact.Site), budget, judgement.Receivable),
        ];
        return [.. movements.Where(m => m.Fen != 0)];
    }

    /// <summary>A refund that was paid out: the person is owed less, the paying institution is owed it.</summary>
    public static Movement Refund(SettledFact fact, string payingSite, long amount) => new(
        RefundPaid, Envelope(fact, AccountKind.PayableTo, fact.Person), Envelope(fact, AccountKind.SettledPool, payingSite), amount);

    public static string Cause(SettledFact fact) => $"settlement/{fact.Entry}";

    public static string RefundCause(Guid refund) => $"refund/{refund:D}";

    private static Account Envelope(SettledFact fact, AccountKind kind, string owner) => new(
        fact.Region, fact.Unit, kind, owner, Scheme, fact.SchemeYear.ToString(CultureInfo.InvariantCulture));
}

using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>The accumulators that a settlement of a service day may read and move. The scheme year is the calendar year; quarters
/// and months are the calendar's.</summary>
/// <param name="AccountSpentOfYear">Of the whole household account: its scope is always everywhere.</param>
public sealed record BenefitKeys(
    AccumulatorKey DeductibleOfYear, AccumulatorKey FundPayOfDay, AccumulatorKey FundPayOfYear, AccumulatorKey AccountSpentOfYear)
{
    private const string InstitutionScope = "institution:";
    private const string DiseaseScope = "disease:";
    private const string AccountScope = "account:";

    /// <param name="scope">The policy row's: rows of one scope share deductible and caps.</param>
    public static BenefitKeys Of(DateOnly serviceDay, string scope = AccumulatorKey.Everywhere) => new(
        new AccumulatorKey(AccumulatorKind.Deductible, AccumulatorSpan.Year, Year(serviceDay), scope),
        FundPay(AccumulatorSpan.Day, serviceDay, scope), FundPay(AccumulatorSpan.Year, serviceDay, scope), AccountSpent(serviceDay));

    /// <summary>The scheme year that a service day falls into.</summary>
    public static int SchemeYear(DateOnly serviceDay) => serviceDay.Year;

    /// <summary>What the deductible of a row has taken in its span; null where the row has none, or one for each visit.</summary>
    public static AccumulatorKey? Deductible(DeductibleMode mode, VisitFacts visit, string scope) => mode switch
    {
        DeductibleMode.Year => new(AccumulatorKind.Deductible, AccumulatorSpan.Year, Year(visit.ServiceDay), scope),
        DeductibleMode.InstitutionYear => new(AccumulatorKind.Deductible, AccumulatorSpan.Year, Year(visit.ServiceDay), AtInstitution(visit, scope)),
        DeductibleMode.Quarter => new(AccumulatorKind.Deductible, AccumulatorSpan.Quarter, Quarter(visit.ServiceDay), scope),
        DeductibleMode.Month => new(AccumulatorKind.Deductible, AccumulatorSpan.Month, Month(visit.ServiceDay), scope),
        _ => null,
    };

    /// <summary>What the fund paid in the span of the service day.</summary>
    public static AccumulatorKey FundPay(AccumulatorSpan span, DateOnly serviceDay, string scope) => new(AccumulatorKind.FundPay, span, span switch
    {
        AccumulatorSpan.Day => serviceDay.ToString("O", CultureInfo.InvariantCulture),
        AccumulatorSpan.Month => Month(serviceDay),
        AccumulatorSpan.Quarter => Quarter(serviceDay),
        _ => Year(serviceDay),
    }, scope);

    /// <summary>What the fund paid in the year at the visit's institution.</summary>
    public static AccumulatorKey FundPayAtInstitution(VisitFacts visit, string scope) =>
        FundPay(AccumulatorSpan.Year, visit.ServiceDay, AtInstitution(visit, scope));

    /// <summary>What the fund paid in the year for a disease, whatever the scope of the row.</summary>
    public static AccumulatorKey FundPayForDisease(DateOnly serviceDay, string disease) =>
        new(AccumulatorKind.DiseaseFundPay, AccumulatorSpan.Year, Year(serviceDay), DiseaseScope + disease);

    /// <summary>Base or pay of catastrophic insurance and of assistance: of the whole person, whatever the scope of the row.</summary>
    public static AccumulatorKey OfLayer(AccumulatorKind kind, DateOnly serviceDay) =>
        new(kind, AccumulatorSpan.Year, Year(serviceDay), AccumulatorKey.Everywhere);

    /// <summary>What the year spent of an account.</summary>
    /// <param name="owner">The family member whose account it is; null or blank: the patient's own. The stores keep the amount
    /// once, under the owner's own key.</param>
    public static AccumulatorKey AccountSpent(DateOnly serviceDay, string? owner = null) => new(
        AccumulatorKind.AccountSpent, AccumulatorSpan.Year, Year(serviceDay), string.IsNullOrEmpty(owner) ? AccumulatorKey.Everywhere : AccountScope + owner);

    /// <summary>Whose account a key counts, where it is a family member's; null: any other key.</summary>
    public static string? AccountOwner(AccumulatorKey key) =>
        key.Kind == AccumulatorKind.AccountSpent && key.Scope.StartsWith(AccountScope, StringComparison.Ordinal) ? key.Scope[AccountScope.Length..] : null;

    /// <summary>Whether a scope's name begins as the keys of institutions, diseases and accounts do: a row cannot have it.</summary>
    public static bool IsReserved(string? scope) => scope is not null
        && (scope.StartsWith(InstitutionScope, StringComparison.Ordinal) || scope.StartsWith(DiseaseScope, StringComparison.Ordinal)
            || scope.StartsWith(AccountScope, StringComparison.Ordinal));

    /// <summary>An owner's own key of the account as a family member's settlement names it.</summary>
    public static AccumulatorKey ForFamily(AccumulatorKey ownersKey, string owner) => ownersKey with { Scope = AccountScope + owner };

    /// <summary>The owner's own key of an account that a family member's settlement names: the amount lives there once.</summary>
    public static AccumulatorKey OwnersKey(AccumulatorKey key) => key with { Scope = AccumulatorKey.Everywhere };

    private static string AtInstitution(VisitFacts visit, string scope) =>
        scope == AccumulatorKey.Everywhere ? InstitutionScope + visit.Institution : $"{InstitutionScope}{visit.Institution}:{scope}";

    private static string Year(DateOnly day) => SchemeYear(day).ToString("D4", CultureInfo.InvariantCulture);

    private static string Month(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year:D4}-{day.Month:D2}");

    private static string Quarter(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year:D4}-Q{(day.Month + 2) / 3}");
}

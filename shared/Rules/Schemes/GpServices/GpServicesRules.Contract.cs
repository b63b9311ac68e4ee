using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Payment;
using static EdgeHub.Rules.Schemes.GpServices.GpServicesArticles;

namespace EdgeHub.Rules.Schemes.GpServices;

/// <summary>This part: a network's contract as a mix of payment models. Amounts are pence.</summary>
public static partial class GpServicesRules
{
    /// <summary>What quality points pay: points times the price of one, rounded once; suspended indicators are protected, the measured ones
    /// have the rest. Source: Access recovery plan, cutting bureaucracy 1; the price of a point is not in the briefing.</summary>
    /// <exception cref="FaultException">An indicator twice, or a negative price.</exception>
    public static Cited<QofPayment> QofPay(IReadOnlyList<QofIndicator> indicators, Money perPoint)
    {
        var (all, suspended) = (Qof(indicators).Value, Qof([.. indicators.Where(each => each.IsSuspended)]).Value);
        var (total, kept) = (Priced(all.Points), Priced(suspended.Points));
        return K16.Gives(new QofPayment(kept, total - kept, total), ("points", all.Points), ("protected points", suspended.Points), ("per point", perPoint));

        Money Priced(decimal points) => Money.Rounded(NotNegative("perPoint", perPoint).MinorUnits * points, perPoint.Currency, MidpointRounding.AwayFromZero);
    }

    /// <summary>A network's contract for a year: the core contract is a capitation of its registered patients; additional roles are fee
    /// for service of salary claims, each budget for itself; the three domains of capacity and access and measured quality are
    /// goal-related; what income protection pays is a block grant. Source: General practice services, with 3.1, 2.5 and cutting
    /// bureaucracy 1.</summary>
    /// <param name="gpsFrom">First month of the ring-fenced budget (K5).</param>
    /// <param name="caipLastDay">Last day of a declaration (K13).</param>
    /// <exception cref="FaultException">What a clause refuses.</exception>
    public static Cited<ContractPayment> Contract(NetworkYear year, YearMonth gpsFrom, DateOnly caipLastDay)
    {
        var positions = ArrsPositions(year.Claims, year.RolesBudget, year.NewlyQualifiedGpsBudget, gpsFrom).Value;
        var access = Caip(year.CaipAvailable, year.Declarations, caipLastDay).Value;
        var quality = QofPay(year.Indicators, year.PerQofPoint).Value;
        var payment = ContractPayment.Sum(
            [
                new PaymentComponent.Capitation("core contract", NotNegative("registered", year.Registered), NotNegative("perPatient", year.PerPatient)),
                .. positions.Select(each => new PaymentComponent.PricedActs($"additional roles: {each.Budget}", year.Claims.Count(claim => claim.Budget == each.Budget), each.Payable)),
                .. access.Parts.Select(each => new PaymentComponent.GoalRelated($"capacity and access: {each.Domain}", each.Amount)),
                new PaymentComponent.GoalRelated("quality, measured", quality.Measured),
                new PaymentComponent.BlockGrant("quality, income protection", quality.Protected),
            ],
            year.PerPatient.Currency);
        return K01.Gives(payment,
            ("registered", year.Registered), ("per patient", year.PerPatient), year.Claims.CountAs("claims"), ("capacity and access", access.Total), ("quality", quality.Total));
    }
}

namespace EdgeHub.Rules.Schemes.GpServices;

/// <summary>The numbers of GP services, from their parameters as they hold on a day.</summary>
public sealed record GpServicesTerms(
    long LowestNetworkSize, long HighestNetworkSize, long SuppressBelow, decimal FullWeekHours, long RatePer, decimal RateZ, decimal RateTail, int RateDecimals,
    int BloodPressureOver, Rate CaipShare, DateOnly CaipLastDay)
{
    /// <exception cref="RuleGap">A parameter has no value on that day.</exception>
    /// <exception cref="RuleConflict">A parameter has more than one.</exception>
    public static GpServicesTerms From(ParametersOn on) => new(
        on.Count("network.lowestSize"), on.Count("network.highestSize"), on.Count("report.suppressBelow"), on.Number("workforce.fullWeekHours"), on.Count("rate.per"),
        on.Number("rate.z"), on.Share("rate.tail").Value, on.Whole("rate.decimals"), on.Whole("bloodPressure.over"), on.Share("caip.shareOfFund"),
        on.DayOf("caip.lastDay"));
}

/// <summary>The order in which the rules make a network's capacity and access payment.</summary>
public static class GpServicesScheme
{
    /// <summary>Name of the scheme's folder, for its parameters.</summary>
    public const string Name = "GpServices";

    /// <summary>A network's payment from its part of the retargeted fund: 30 % of it, and a third of that for each declared domain.</summary>
    public static (CaipPayment Payment, IReadOnlyList<CitedStep> Steps) CapacityAndAccess(Money retargetedFund, IReadOnlyList<CaipDeclaration> declarations, GpServicesTerms terms)
    {
        var pool = GpServicesRules.CaipPool(retargetedFund, terms.CaipShare);
        var payment = GpServicesRules.Caip(pool.Value, declarations, terms.CaipLastDay);
        return (payment.Value, [pool.As("pool"), payment.As("payment") with { Value = Article.Written(payment.Value.Total) }]);
    }
}

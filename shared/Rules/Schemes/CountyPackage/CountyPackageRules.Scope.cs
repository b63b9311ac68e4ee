using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>This part: which settlements the package pays for.</summary>
public static partial class CountyPackageRules
{
    /// <summary>Whose indicator bears a settlement's pool-fund amount: the county's insured residents in the alliance and out of
    /// county, the lead hospital's package; at a private provider, that provider's indicator; everybody else, none. The visit
    /// type gives the class under which reports show it. Source: 三(二)1 and 三(二)2.</summary>
    /// <param name="classes">Visit classes by visit type code.</param>
    /// <exception cref="FaultException">A visit type that the table of classes does not know.</exception>
    public static Cited<PackageCharge> ChargeOf(PackageCase facts, PackageScope scope, VisitClasses classes)
    {
        var visitClass = classes.Of(facts.VisitType);
        var ours = facts.PoolingArea == scope.PoolingArea && scope.InsuranceTypes.Contains(facts.InsuranceType);
        var article = facts.Provider is ProviderKind.Private ? Z03 : Z02;
        var chargedTo = (ours, facts.Provider) switch
        {
            (false, _) => ChargedTo.Nobody,
            (true, ProviderKind.Private) => ChargedTo.PrivateIndicator,
            (true, _) => ChargedTo.LeadPackage,
        };
        return article.Gives(new PackageCharge(chargedTo, visitClass),
            ("insurance type", facts.InsuranceType), ("pooling area", facts.PoolingArea), ("visit type", facts.VisitType), ("provider", facts.Provider));
    }

    /// <summary>The part of a settlement that counts against an indicator: the pool fund's amount alone. Catastrophic insurance,
    /// medical assistance and safety net settle separately (另行申报). Source: 三(二)3, 四(三)6.</summary>
    public static Cited<Money> OnIndicator(Money pool, Money catastrophic, Money assistance, Money safetyNet) =>
        Z04.Gives(pool, ("pool fund", pool), ("catastrophic insurance", catastrophic), ("medical assistance", assistance), ("safety net", safetyNet));
}

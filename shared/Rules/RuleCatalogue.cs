using EdgeHub.Rules.Benefit;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Ids;
using EdgeHub.Rules.Netting;
using EdgeHub.Rules.Payment;
using EdgeHub.Rules.Schemes.CountyPackage;
using EdgeHub.Rules.Schemes.CrossRegion;
using EdgeHub.Rules.Schemes.GpServices;
using EdgeHub.Rules.Schemes.OutcomeContracts;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;
using EdgeHub.Rules.Statistics;

namespace EdgeHub.Rules;

/// <summary>Every rule that a person can try, of all schemes and of the benefit. The one place of the root that knows the schemes.</summary>
public static class RuleCatalogue
{
    public static readonly IReadOnlyList<RuleDescriptor> All =
        [.. BenefitDescriptors.All, .. CountyPackageDescriptors.All, .. CrossRegionDescriptors.All, .. PrimaryCareChoiceDescriptors.All, .. GpServicesDescriptors.All, .. OutcomeContractsDescriptors.All, .. CalendarDescriptors.All,
            .. NettingDescriptors.All, .. StatisticsDescriptors.All, .. PaymentDescriptors.All, CheckDigitDescriptor.Descriptor];

    /// <summary>The rule of this name (county.annual-clearing) or number (Z24); of several that begin with this number the one
    /// that says least beside it; null: there is none.</summary>
    public static RuleDescriptor? Find(string name) =>
        All.FirstOrDefault(rule => string.Equals(rule.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? All.Where(rule => string.Equals(rule.Articles[0].Rule, name, StringComparison.OrdinalIgnoreCase)).MinBy(rule => rule.Articles.Count);
}

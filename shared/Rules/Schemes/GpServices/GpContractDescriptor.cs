using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Payment;
using static EdgeHub.Rules.Schemes.GpServices.GpServicesArticles;
using static EdgeHub.Rules.Schemes.GpServices.GpServicesDescriptors;

namespace EdgeHub.Rules.Schemes.GpServices;

/// <summary>A network's contract as a person can try it; the lists are those of the parts' own rules.</summary>
internal static class GpContractDescriptor
{
    public static RuleDescriptor Descriptor => Rule("contract", new("网络合同", "Nätverkets avtal", "A network's contract"), K01,
        [
            RuleInput.Count("registered", "persons", "40000", 100_000_000), Pounds("perPatient", "112.50") with { Highest = 1_000_000m },
            Pounds("budgetRoles", "900000.00"), Pounds("budgetNewGps", "90000.00"), Claims, RuleInput.Day("gpsFrom", "2024-10-01").Or("arrs.newlyQualifiedGpsFrom"),
            Pounds("available", "60000.00"), Declarations, RuleInput.Day("lastDay", "2025-03-31").Or("caip.lastDay"), Indicators, PerPoint,
        ],
        i =>
        {
            var contract = GpServicesRules.Contract(
                new NetworkYear(
                    i.Count("registered"), i.Money("perPatient"), ClaimsOf(i), i.Money("budgetRoles"), i.Money("budgetNewGps"), i.Money("available"), DeclarationsOf(i),
                    IndicatorsOf(i), i.Money("perPoint")),
                YearMonth.Of(i.Day("gpsFrom")), i.Day("lastDay"));
            return RuleResult.Of("contract", contract, ContractValues.Of(contract.Value));
        }) with { Articles = [K01, K05, K13, K16] };
}

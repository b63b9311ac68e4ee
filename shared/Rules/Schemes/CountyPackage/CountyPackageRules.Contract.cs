using EdgeHub.Rules.Payment;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>This part: a year's contract as a mix of payment models (多元化复合式). Each amount is another clause's; here they are named
/// and summed.</summary>
public static partial class CountyPackageRules
{
    /// <summary>The lead hospital's contract: the package is a capitation for all insured; clearing indicators, violations and quality
    /// deposit are goal-related; manual reimbursements come off the package; prepayments and what the city paid out of the county
    /// are advances. The surplus stays with it, so the whole package is its pay. Source: 五(四), of 三(一), 四(三), 五(二), 五(三).</summary>
    /// <exception cref="FaultException">What a clause refuses.</exception>
    public static Cited<ContractBalance> LeadContract(CountyContractYear year, LeadCharges charges, CountyContractTerms terms)
    {
        var whole = new PaymentComponent.CapitatedPackage("package", NotNegative("insured", charges.Insured), year.Indicator);
        return Contract(year, charges, terms, whole, surplus => new SurplusSplit(surplus, Money.Zero(surplus.Currency)));
    }

    /// <summary>A private provider's contract: the cap is a block grant; clearing indicators, violations and quality deposit are
    /// goal-related; half of a surplus is carried, the other half comes off for the reserve; the months paid are an advance.
    /// Source: 五(四), of 三(一), 四(三)2, 五(二), 五(三).</summary>
    /// <exception cref="FaultException">What a clause refuses.</exception>
    public static Cited<ContractBalance> PrivateContract(CountyContractYear year, CountyContractTerms terms)
    {
        var none = Money.Zero(year.Indicator.Currency);
        return Contract(
            year, new LeadCharges(0, none, none), terms, new PaymentComponent.BlockGrant("global cap", year.Indicator),
            surplus => SplitSurplus(surplus, terms.ReserveShareOfSurplus).Value);
    }

    /// <summary>What arises inside a package or cap, by payment method: items are fees for service; diseases, DRG and methods of Chinese
    /// medicine are episodes. Their sum is the actual cost that the annual clearing compares with the package; the method changes
    /// nothing in what the package pays. Source: 五(四).</summary>
    /// <exception cref="FaultException">A kind of care twice, or a negative count or price.</exception>
    public static Cited<ContractPayment> CostByMethod(IReadOnlyList<MethodCost> costs, Currency currency)
    {
        foreach (var each in costs)
        {
            NotNegative("count", each.Count);
            NotNegative("price", each.Price);
        }
        return Z29.Gives(
            ContractPayment.Sum(
                [.. costs.Select<MethodCost, PaymentComponent>(each => each.Method is PaymentMethod.PerItem
                    ? new PaymentComponent.FeePerAct(each.Name, each.Count, each.Price)
                    : new PaymentComponent.Episode(each.Name, each.Count, each.Price))],
                currency),
            costs.CountAs("kinds of care"));
    }

    private static Cited<ContractBalance> Contract(
        CountyContractYear year, LeadCharges charges, CountyContractTerms terms, PaymentComponent whole, Func<Money, SurplusSplit> split)
    {
        var byIndicators = DeductByIndicators(year.Indicator, year.Found, terms.Indicators).Value;
        var package = PackageAfterReimbursements(byIndicators.Adjusted, charges.Reimbursed).Value;
        var cleared = ClearYear(package, year.Violations, year.Actual).Value;
        var surplus = split(cleared.Surplus);
        var forfeited = ReleaseDeposit(QualityDeposit(year.Indicator, terms.DepositShare).Value, year.Grade, terms.BasicPassShare).Value.ToReserve;
        var balance = ContractBalance.Of(
            ContractPayment.Sum(
                [
                    whole,
                    new PaymentComponent.GoalRelated("clearing indicators", -byIndicators.Deducted),
                    new PaymentComponent.Correction("manual reimbursements", whole.Model, -charges.Reimbursed),
                    new PaymentComponent.GoalRelated("violations", -year.Violations),
                    new PaymentComponent.Correction("surplus to the reserve", whole.Model, -surplus.ToReserve),
                    new PaymentComponent.GoalRelated("quality deposit forfeited", -forfeited),
                ],
                year.Indicator.Currency),
            [new Advance("prepaid", year.Prepaid, Stands: false), new Advance("out of county, paid by the city", charges.OutOfCountyPaidByCity, Stands: false)]);
        var net = NetTransfer(new NetTransferParts(cleared.Pay, surplus.Carry, year.Prepaid, charges.OutOfCountyPaidByCity, forfeited)).Value;
        return balance.Transfer == net
            ? Z29.Gives(
                balance,
                ("indicator", year.Indicator), ("adjusted by indicators", byIndicators.Adjusted), ("manual reimbursements", charges.Reimbursed), ("actual", year.Actual),
                ("clearing pay", cleared.Pay), ("surplus kept", surplus.Carry), ("grade", year.Grade), ("net transfer", net))
            : throw new InvalidOperationException($"The parts leave {balance.Transfer} to transfer, the clearing {net}.");
    }
}

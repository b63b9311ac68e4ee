using EdgeHub.Rules.Payment;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionArticles;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>This part: what one place owes another, as a contract. Amounts are fen.</summary>
public static partial class CrossRegionRules
{
    /// <summary>What an insured place owes a treatment place for a cleared cycle, as a contract: fee for service at the treatment place's
    /// catalogue, each fund's settlements by themselves; audits correct it either way; the prepayment fund is an advance that stands,
    /// so that the transfer is the payable whole. Source: 八(一)-(二), derived, with 五(一), 五(二) and 六(一).</summary>
    /// <param name="prepayment">The pair's present quota of the prepayment fund.</param>
    /// <exception cref="FaultException">A place against itself, or a negative quota.</exception>
    public static Cited<ContractBalance> PairContract(ClearingTables cleared, string insuredPlace, string treatmentPlace, Money prepayment)
    {
        if (string.Equals(insuredPlace, treatmentPlace, StringComparison.Ordinal))
        {
            throw Wrong(Codes.Duplicated, "treatmentPlace", treatmentPlace, "each of them once");
        }
        var none = Money.Zero(prepayment.Currency);
        var (employees, residents) = (Own(cleared.Employees), Own(cleared.Residents));
        var whole = Own(cleared.Rows);
        var balance = ContractBalance.Of(
            ContractPayment.Sum(
                [
                    new PaymentComponent.PricedActs("employee fund", employees?.Visits ?? 0, employees?.FundTotal ?? none),
                    new PaymentComponent.PricedActs("resident fund", residents?.Visits ?? 0, residents?.FundTotal ?? none),
                    new PaymentComponent.Correction("refusals and deductions", PaymentModel.FeeForService, whole?.Deduction ?? none),
                    new PaymentComponent.Correction("supplements", PaymentModel.FeeForService, whole?.Supplement ?? none),
                ],
                prepayment.Currency),
            [new Advance("prepayment fund", prepayment, Stands: true)]);
        var payable = Payable(employees?.FundTotal ?? none, residents?.FundTotal ?? none, (whole?.Deduction ?? none) + (whole?.Supplement ?? none)).Value;
        return balance.Transfer == payable && payable == (whole?.Cleared ?? none)
            ? C24.Gives(balance, ("insured place", insuredPlace), ("treatment place", treatmentPlace), ("payable", payable), ("prepayment fund", prepayment))
            : throw new InvalidOperationException($"The parts give {balance.Transfer}, the payable is {payable}, the row {whole?.Cleared}.");

        ClearingRow? Own(IReadOnlyList<ClearingRow> rows) => rows.SingleOrDefault(row => row.InsuredPlace == insuredPlace && row.TreatmentPlace == treatmentPlace);
    }
}

using EdgeHub.Rules.Payment;
using static EdgeHub.Rules.Schemes.OutcomeContracts.OutcomeContractsArticles;

namespace EdgeHub.Rules.Schemes.OutcomeContracts;

/// <summary>This part: an outcome contract as a mix of payment models. Amounts are öre.</summary>
public static partial class OutcomeContractsRules
{
    /// <summary>What the outcome payer owes at the settlement: for each panel a goal-related pay, whose dead band is that nothing is paid
    /// up to 10 % nor above 80 %, and its interest; the evaluator is a block grant, whatever the outcome. Source:
    /// Budgetberäkningar, with Hur utfallskontrakt fungerar, ränta.</summary>
    /// <param name="from">The day from which interest runs.</param>
    /// <exception cref="FaultException">A provider twice, or what a rule refuses.</exception>
    public static Cited<ContractPayment> Contract(IReadOnlyList<ProviderPanel> panels, OutcomePay terms, DateOnly from, DateOnly paidOn)
    {
        var parts = new List<PaymentComponent>();
        foreach (var panel in panels)
        {
            var pay = PayProvider(terms.Price, panel, terms.Range, terms.Reading).Value.Amount;
            parts.Add(new PaymentComponent.GoalRelated($"outcomes of {panel.Provider}", pay));
            parts.Add(new PaymentComponent.GoalRelated($"interest of {panel.Provider}", Interest(pay, terms.YearlyInterest, from, paidOn).Value.Interest));
        }
        var evaluator = EvaluatorPay(PriceOfOutcome(terms.Programme, terms.Participants, terms.Range).Value).Value;
        parts.Add(new PaymentComponent.BlockGrant("evaluator", evaluator));
        return P04.Gives(ContractPayment.Sum(parts, terms.Price.Currency),
            panels.CountAs("panels"), ("price", terms.Price), ("reading", terms.Reading), ("yearly interest", terms.YearlyInterest), ("evaluator", evaluator));
    }
}

namespace EdgeHub.Rules.Schemes.OutcomeContracts;

/// <summary>The numbers of outcome contracts, from their parameters as they hold on a day.</summary>
public sealed record OutcomeContractsTerms(
    decimal InclusionLowest, decimal InclusionHighest, decimal OutcomeBelow, Money Programme, long Participants, PayRange Range, Money Price, PayReading Reading,
    Rate YearlyInterest, int SwitchMonths)
{
    /// <exception cref="RuleGap">A parameter has no value on that day.</exception>
    /// <exception cref="RuleConflict">A parameter has more than one.</exception>
    public static OutcomeContractsTerms From(ParametersOn on) => new(
        on.Count("inclusion.lowest"), on.Count("inclusion.highest"), on.Count("outcome.below"), on.Amount("programme.amount"), on.Count("programme.participants"),
        new PayRange(on.Share("pay.from"), on.Share("pay.to")), on.Amount("pay.price"), Enum.Parse<PayReading>(on.Text("pay.reading")),
        on.Share("interest.yearly"), on.Whole("switch.months"));
}

/// <summary>A contract settled: each panel's pay with its interest, what the programme's budget gives at the same attainment, and the
/// difference between both, which the report shows.</summary>
public sealed record ContractSettlement(
    IReadOnlyList<(ProviderPanel Panel, ProviderPay Pay, PayWithInterest Due)> Panels, Money Paid, Money ByProgramme, IReadOnlyList<CitedStep> Steps);

/// <summary>The order in which the rules settle a contract.</summary>
public static class OutcomeContractsScheme
{
    /// <summary>Name of the scheme's folder, for its parameters.</summary>
    public const string Name = "OutcomeContracts";

    /// <summary>Panels at the final evaluation, pay, interest; beside it the programme's budget at the attainment of all panels.</summary>
    /// <param name="from">The day from which interest runs.</param>
    public static ContractSettlement Settle(
        IReadOnlyList<Assignment> assignments, IReadOnlyList<FinalEvaluation> evaluations, DateOnly evaluated, DateOnly from, DateOnly paidOn, OutcomeContractsTerms terms)
    {
        var panels = OutcomeContractsRules.Panels(assignments, evaluations, evaluated, terms.OutcomeBelow);
        var steps = new List<CitedStep> { panels.As("panels") with { Value = Article.Written(panels.Value.Count) } };
        var settled = new List<(ProviderPanel, ProviderPay, PayWithInterest)>();
        var paid = Money.Zero(terms.Price.Currency);
        foreach (var panel in panels.Value)
        {
            var pay = OutcomeContractsRules.PayProvider(terms.Price, panel, terms.Range, terms.Reading);
            var due = OutcomeContractsRules.Interest(pay.Value.Amount, terms.YearlyInterest, from, paidOn);
            steps.Add(pay.As($"pay of {panel.Provider}") with { Value = Article.Written(pay.Value.Amount) });
            steps.Add(due.As($"due to {panel.Provider}") with { Value = Article.Written(due.Value.Total) });
            settled.Add((panel, pay.Value, due.Value));
            paid += pay.Value.Amount;
        }
        var (all, achieved) = (panels.Value.Sum(panel => panel.PrePatients), panels.Value.Sum(panel => panel.Outcomes));
        var budget = OutcomeContractsRules.ProgrammePayout(all == 0 ? Fraction.Zero : new Fraction(achieved, all), terms.Programme, terms.Range);
        steps.Add(budget.As("by the programme's budget"));
        return new ContractSettlement(settled, paid, budget.Value, steps);
    }
}

using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.OutcomeContracts;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

/// <summary>What would be right is said in the reader's language for every fault of these rules, and their parameters cite rules that exist.</summary>
public sealed class ExpectedWordsTests
{
    private static readonly Money Krona = new(100, Currency.Sek);
    private static readonly DateOnly Day = new(2026, 1, 1);

    [Fact]
    public void Rules_RefusedInputs_SayWhatIsRightInEachLanguage() => Assert.All(
        new Func<object>[]
        {
            () => OutcomeContractsRules.ContractGoes(ContractState.Closed, ContractState.Draft),
            () => OutcomeContractsRules.Panels([], [new("A", 1), new("A", 1)], Day, 42),
            () => OutcomeContractsRules.Authorise([]),
            () => OutcomeContractsRules.DivideInConsortium(Krona, []),
            () => OutcomeContractsRules.PhaseOn(Day, Day, Day, Day),
            () => OutcomeContractsRules.ProgrammePayout(new Fraction(2, 1), Krona, P03Tests.Range),
            () => OutcomeContractsRules.ProgrammePayout(Fraction.One, Krona, new PayRange(Rate.One, Rate.Zero)),
            () => OutcomeContractsRules.PriceOfOutcome(Krona, 0, P03Tests.Range),
            () => OutcomeContractsRules.PayProvider(Krona, new("A", 1, 2), P03Tests.Range, PayReading.AboveThreshold),
            () => OutcomeContractsRules.Interest(Krona, Rate.Zero, Day, Day.AddDays(-1)),
            () => OutcomeContractsRules.Interest(Krona, new Rate(-1m), Day, Day),
            () => OutcomeContractsRules.Savings(Rate.Zero, SavingsTable.Shipped),
        },
        refused => Assert.All(Assert.Throws<FaultException>(refused).Faults, fault => Assert.True(
            Expectations.Knows(fault.Expected) || !fault.Expected.Contains(' ', StringComparison.Ordinal), fault.Expected)));

    [Fact]
    public void ShippedParameters_EveryRow_CitesARuleThatExists()
    {
        var articles = OutcomeContractsArticles.All.Select(article => article.ToString()).ToHashSet(StringComparer.Ordinal);
        Assert.All(SchemeParameters.Shipped(OutcomeContractsScheme.Name).Rows, row => Assert.Contains(row.Article, articles));
    }
}

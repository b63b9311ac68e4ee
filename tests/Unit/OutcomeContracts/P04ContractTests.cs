using System.Globalization;
using System.Numerics;
using EdgeHub.Rules;
using EdgeHub.Rules.Payment;
using EdgeHub.Rules.Schemes.OutcomeContracts;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

public sealed class P04ContractTests
{
    private static readonly DateOnly From = new(2026, 1, 1);
    private static readonly DateOnly PaidOn = new(2028, 1, 1);
    private static readonly OutcomeContractsTerms Terms = OutcomeContractsTerms.From(SchemeParameters.Shipped(OutcomeContractsScheme.Name).On(From, From));
    private static readonly OutcomePay Pay = new(Terms.Price, Terms.Range, Terms.Reading, Terms.Programme, Terms.Participants, Terms.YearlyInterest);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("P04-contract");

    [Theory, MemberData(nameof(Examples))]
    public void Contract_Example_IsTheSumOfItsParts(ExampleRow row)
    {
        var paid = OutcomeContractsRules.Contract([.. row.Words("panels").Select(Panel)], Pay with { YearlyInterest = row.Rate("yearly") }, From, PaidOn).Value;
        Assert.Equal(
            (row.Kronor("outcomes"), row.Kronor("interest"), row.Kronor("evaluator"), row.Kronor("total")),
            (Sum("outcomes of "), Sum("interest of "), paid.Of(PaymentModel.BlockGrant), paid.Total));
        Assert.Equal(paid.Total, paid.Of(PaymentModel.GoalRelated) + paid.Of(PaymentModel.BlockGrant));

        Money Sum(string name) => paid.Parts.Where(part => part.Name.StartsWith(name, StringComparison.Ordinal)).Aggregate(Money.Zero(Currency.Sek), (sum, part) => sum + part.Amount);
    }

    /// <summary>The same panels by the scheme's settlement and by the slow reading, and the evaluator, whatever they achieved.</summary>
    [Fact]
    public void Contract_AnyEnrolment_IsTheSettlementAndTheEvaluator() => Prop.ForAll(
        Arb.From((from provider in Gen.Choose(0, 3) from isAchieved in Gen.Elements(true, false) select (provider, isAchieved)).ListOf()), Arb.From(Gen.Choose(0, 1_000)), (drawn, rate) =>
    {
        Assignment[] assignments = [.. drawn.Select((each, i) => new Assignment($"P{i}", $"U{each.provider}", From))];
        FinalEvaluation[] evaluations = [.. drawn.Select((each, i) => new FinalEvaluation($"P{i}", each.isAchieved ? 41m : 42m))];
        var terms = Terms with { YearlyInterest = new Rate(rate / 10_000m) };
        var settled = OutcomeContractsScheme.Settle(assignments, evaluations, PaidOn, From, PaidOn, terms);
        var contract = OutcomeContractsRules.Contract([.. settled.Panels.Select(each => each.Panel)], Pay with { YearlyInterest = terms.YearlyInterest }, From, PaidOn).Value;
        var evaluator = OutcomeContractsRules.EvaluatorPay(OutcomeContractsRules.PriceOfOutcome(terms.Programme, terms.Participants, terms.Range).Value).Value;
        Assert.Equal(settled.Panels.Aggregate(evaluator, (sum, each) => sum + each.Due.Total), contract.Total);

        BigInteger slow = 1_299_900_000;
        foreach (var own in drawn.GroupBy(each => each.provider))
        {
            var pay = SlowOutcomes.Provider(own.Count(), own.Count(each => each.isAchieved), Terms.Price.MinorUnits);
            slow += pay + SlowOutcomes.Interest((long)pay, rate, 730);
        }
        Assert.Equal(slow, contract.Total.MinorUnits);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Contract_ProviderTwice_IsRefused() => Assert.Equal(
        Codes.Duplicated, Assert.Throws<FaultException>(() => OutcomeContractsRules.Contract([new("A", 1, 1), new("A", 2, 1)], Pay, From, PaidOn)).Fault.Code);

    private static ProviderPanel Panel(string text, int i)
    {
        var parts = text.Split(':');
        return new ProviderPanel($"U{i}", long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}

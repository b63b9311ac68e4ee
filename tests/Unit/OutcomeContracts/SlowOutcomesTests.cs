using System.Numerics;
using EdgeHub.Rules;
using EdgeHub.Rules.Payment;
using EdgeHub.Rules.Schemes.OutcomeContracts;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

/// <summary>The formulas around the provider's pay agree with the slow second reading, and keep what must not change.</summary>
public sealed class SlowOutcomesTests
{
    private static readonly SocietyAmounts Case = new(Kronor(375_000), Kronor(725_000), Kronor(400_000));

    [Fact]
    public void PriceOfOutcome_AnyProgramme_AgreesWithCountingTenths() => Prop.ForAll(Arb.From(Gen.Choose(1, 2_000_000_000)), Arb.From(Gen.Choose(2, 2_000)), (kronor, participants) =>
    {
        var (payable, exact, rounded, evaluator) = SlowOutcomes.Price((BigInteger)kronor * 100, participants);
        var price = OutcomeContractsRules.PriceOfOutcome(Kronor(kronor), participants, P03Tests.Range).Value;
        Assert.Equal((payable, exact * 100, rounded * 100), (price.PayableOutcomes, price.Exact.MinorUnits, price.Price.MinorUnits));
        Assert.Equal(price.Exact, price.Price + price.ForEvaluator);
        Assert.Equal(evaluator * 100, (BigInteger)OutcomeContractsRules.EvaluatorPay(price).Value.MinorUnits);
    }).QuickCheckThrowOnFailure();

    /// <summary>47 619 SEK, 47 000 kr, 619 kr x 21 000 = 13 miljoner: the slide's own figures, by the slow reading.</summary>
    [Fact]
    public void Price_OfTheSlide_IsTheSlides() => Assert.Equal((21_000L, 47_619, 47_000, 12_999_000), SlowOutcomes.Price(100_000_000_000, 30_000));

    [Fact]
    public void DivideInConsortium_AnyWeights_AgreesAndSumsToThePay() => Prop.ForAll(Arb.From(Gen.Choose(0, 2_000_000_000)), Arb.From(Gen.Choose(0, 9).NonEmptyListOf()), (pay, drawn) =>
    {
        int[] weights = [.. drawn, 1, 0];
        var parts = OutcomeContractsRules.DivideInConsortium(new Money(pay, Currency.Sek), [.. weights.Select((weight, i) => ($"M{i}", (decimal)weight))]).Value;
        Assert.Equal(SlowOutcomes.Divided(pay, weights), parts.Select(each => (BigInteger)each.Amount.MinorUnits));
        Assert.Equal(pay, parts.Sum(each => each.Amount.MinorUnits));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void YearlyCost_AnyRisk_AgreesAndGrowsWithIt() => Prop.ForAll(Arb.From(Gen.Choose(0, 1_000_000)), Arb.From(Gen.Choose(0, 9_999)), (atRisk, risk) =>
    {
        var (cost, slow) = (Of(risk), SlowOutcomes.Yearly(atRisk, risk));
        Assert.Equal((slow.Cases, slow.Direct * 100, slow.Indirect * 100, slow.Insurance * 100), (cost.Cases, cost.Computed.Direct.MinorUnits, cost.Computed.Indirect.MinorUnits, cost.Computed.SocialInsurance.MinorUnits));
        Assert.True(Of(risk + 1).Computed.Total >= cost.Computed.Total);

        ReferenceCost Of(int tenThousandths) => OutcomeContractsRules.YearlyCost(atRisk, new Rate(tenThousandths / 10_000m), Case, Case).Value;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void SavedByDelay_AnyPersons_AgreesAndSplitsAsItLikes() => Prop.ForAll(Arb.From(Gen.Choose(0, 400_000)), Arb.From(Gen.Choose(0, 400_000)), Arb.From(Gen.Elements(3, 5)), (one, other, years) =>
    {
        var perPerson = years == 3 ? new SocietyAmounts(Kronor(40_000), Kronor(125_000), Kronor(75_000)) : new SocietyAmounts(Kronor(60_000), Kronor(200_000), Kronor(100_000));
        var slow = SlowOutcomes.Delayed(one, years);
        Assert.Equal((slow.Direct * 100, slow.Indirect * 100, slow.Insurance * 100), (Of(one).Direct.MinorUnits, Of(one).Indirect.MinorUnits, Of(one).SocialInsurance.MinorUnits));
        Assert.Equal(Of(one).Total + Of(other).Total, Of((long)one + other).Total);

        SocietyAmounts Of(long persons) => OutcomeContractsRules.SavedByDelay(persons, perPerson).Value;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Savings_AnyAttainment_AgreesWithThePrintedTable() => Prop.ForAll(Arb.From(Gen.Choose(3_000, 10_000)), attained =>
    {
        var (saved, slow) = (OutcomeContractsRules.Savings(new Rate(attained / 10_000m), SavingsTable.Shipped).Value, SlowOutcomes.Saved(attained));
        Assert.Equal(slow, (saved.Direct.MinorUnits, saved.Indirect.MinorUnits, saved.SocialInsurance.MinorUnits));
    }).QuickCheckThrowOnFailure();

    /// <summary>Every panel's pay and interest and the evaluator's, by the slow readings; panels in any order are paid the same.</summary>
    [Fact]
    public void Contract_AnyPanels_IsTheSumOfTheSlowReadings() => Prop.ForAll(Arb.From((from all in Gen.Choose(0, 90) from part in Gen.Choose(0, 90) select (Math.Min(all, part), Math.Max(all, part))).ListOf()), Arb.From(Gen.Choose(0, 900)), (drawn, days) =>
    {
        var terms = new OutcomePay(Kronor(47_000), P03Tests.Range, PayReading.AboveThreshold, P03Tests.Programme, 30_000, new Rate(0.04m));
        ProviderPanel[] panels = [.. drawn.Select((each, i) => new ProviderPanel($"U{i}", each.Item2, each.Item1))];
        var from = new DateOnly(2026, 1, 1);
        BigInteger pays = 0, interest = 0;
        foreach (var (achieved, all) in drawn)
        {
            var pay = SlowOutcomes.Provider(all, achieved, 4_700_000);
            pays += pay;
            interest += SlowOutcomes.Interest((long)pay, 400, days);
        }
        var paid = Of(panels);
        Assert.Equal(pays + interest, (BigInteger)paid.Of(PaymentModel.GoalRelated).MinorUnits);
        Assert.Equal(1_299_900_000, paid.Of(PaymentModel.BlockGrant).MinorUnits);
        Assert.Equal(paid.Total, Of([.. panels.Reverse()]).Total);

        ContractPayment Of(IReadOnlyList<ProviderPanel> some) => OutcomeContractsRules.Contract(some, terms, from, from.AddDays(days)).Value;
    }).QuickCheckThrowOnFailure();

    private static Money Kronor(long kronor) => new(kronor * 100, Currency.Sek);
}

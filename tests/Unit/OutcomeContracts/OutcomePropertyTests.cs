using System.Numerics;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.OutcomeContracts;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

/// <summary>What holds for every attainment, panel and day, and agreement with the slow second reading.</summary>
public sealed class OutcomePropertyTests
{
    private static readonly Money Price = Money.Parse("47000.00", Currency.Sek);

    [Fact]
    public void ProgrammePayout_AnyAttainment_AgreesWithTheSlowReadingAndNeverFalls() => Prop.ForAll(Arb.From(Gen.Choose(0, 1_000_000)), millionths =>
    {
        var payout = Of(millionths);
        Assert.Equal(SlowOutcomes.Programme(millionths, P03Tests.Programme.MinorUnits), (BigInteger)payout.MinorUnits);
        Assert.True(millionths == 1_000_000 || Of(millionths + 1) >= payout);
        Assert.True(payout <= P03Tests.Programme);

        static Money Of(int share) => OutcomeContractsRules.ProgrammePayout(new Fraction(share, 1_000_000), P03Tests.Programme, P03Tests.Range).Value;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void PayProvider_AnyPanel_AgreesWithTheSlowReadingAndNeverFalls() => Prop.ForAll(Arb.From(Gen.Choose(0, 400)), Arb.From(Gen.Choose(0, 400)), (one, other) =>
    {
        var (achieved, all) = (Math.Min(one, other), Math.Max(one, other));
        var pay = Of(achieved, PayReading.AboveThreshold);
        Assert.Equal(SlowOutcomes.Provider(all, achieved, Price.MinorUnits), (BigInteger)pay.MinorUnits);
        Assert.True(achieved == all || Of(achieved + 1, PayReading.AboveThreshold) >= pay);
        Assert.True(Of(achieved, PayReading.AllOnceAbove) >= pay);

        Money Of(long outcomes, PayReading reading) => OutcomeContractsRules.PayProvider(Price, new ProviderPanel("coach", all, outcomes), P03Tests.Range, reading).Value.Amount;
    }).QuickCheckThrowOnFailure();

    /// <summary>A panel scaled is paid scaled: outcomes are paid in fractions, so no panel gains by its size.</summary>
    [Fact]
    public void PayProvider_PanelTenTimesAsLarge_IsPaidTenTimes() => Prop.ForAll(Arb.From(Gen.Choose(0, 400)), Arb.From(Gen.Choose(0, 400)), (one, other) =>
    {
        var (achieved, all) = (Math.Min(one, other), Math.Max(one, other));
        Assert.Equal(Of(all, achieved).Times(10), Of(all * 10, achieved * 10));

        static Money Of(long pre, long outcomes) => OutcomeContractsRules.PayProvider(Price, new ProviderPanel("coach", pre, outcomes), P03Tests.Range, PayReading.AboveThreshold).Value.Amount;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Interest_AnyDays_AgreesWithTheSlowReading() => Prop.ForAll(Arb.From(Gen.Choose(0, 500_000_000)), Arb.From(Gen.Choose(0, 2_000)), Arb.From(Gen.Choose(0, 3_000)), (pay, rate, days) =>
    {
        var from = new DateOnly(2026, 1, 1);
        var due = OutcomeContractsRules.Interest(new Money(pay, Currency.Sek), new Rate(rate / 10_000m), from, from.AddDays(days)).Value;
        Assert.Equal(SlowOutcomes.Interest(pay, rate, days), (BigInteger)due.Interest.MinorUnits);
        Assert.Equal(due.Total, new Money(pay, Currency.Sek) + due.Interest);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Savings_MoreAttained_NeverSavesLess() => Prop.ForAll(Arb.From(Gen.Choose(3_000, 9_999)), attained =>
    {
        var (one, next) = (Of(attained), Of(attained + 1));
        Assert.True(next.Direct > one.Direct && next.Indirect > one.Indirect && next.SocialInsurance > one.SocialInsurance);

        static SocietyAmounts Of(int share) => OutcomeContractsRules.Savings(new Rate(share / 10_000m), SavingsTable.Shipped).Value;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Panels_AnyEnrolment_CountEachPrePatientOnce() => Prop.ForAll(Arb.From((from provider in Gen.Choose(0, 3) from month in Gen.Choose(0, 30) select (provider, month)).ListOf()), drawn =>
    {
        var day = new DateOnly(2026, 1, 1);
        Assignment[] assignments = [.. drawn.Select((each, i) => new Assignment($"P{i / 2}", $"U{each.provider}", day.AddMonths(each.month).AddDays(i % 2)))];
        FinalEvaluation[] evaluations = [.. assignments.Select(each => each.PrePatient).Distinct().Select((each, i) => new FinalEvaluation(each, i % 3 == 0 ? null : 40 + (i % 5)))];
        var evaluated = day.AddMonths(20);
        var panels = OutcomeContractsRules.Panels(assignments, evaluations, evaluated, 42m).Value;
        Assert.Equal(assignments.Where(each => each.First <= evaluated).Select(each => each.PrePatient).Distinct().Count(), panels.Sum(panel => panel.PrePatients));
        Assert.All(panels, panel => Assert.InRange(panel.Outcomes, 0, panel.PrePatients));
        Assert.Equal(panels, OutcomeContractsRules.Panels([.. assignments.Reverse()], [.. evaluations.Reverse()], evaluated, 42m).Value);
    }).QuickCheckThrowOnFailure();
}

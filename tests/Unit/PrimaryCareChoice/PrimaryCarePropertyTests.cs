using System.Numerics;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

/// <summary>What holds for every patient, share and chain of fees.</summary>
public sealed class PrimaryCarePropertyTests
{
    private static readonly Gen<string[]> Visits = Gen.Elements("A", "B", "C", "D").ListOf().Select(each => each.ToArray());

    [Fact]
    public void ContinuityOfPatient_AnyVisits_AgreesWithCountingPairs() => Prop.ForAll(Arb.From(Visits), visits =>
    {
        var index = PrimaryCareChoiceRules.ContinuityOfPatient(visits, 3).Value;
        var (same, pairs) = SlowPrimaryCare.Continuity(visits);
        Assert.Equal(visits.Length < 3 ? null : new Fraction(same, pairs), index);
        Assert.Equal(index, PrimaryCareChoiceRules.ContinuityOfPatient([.. visits.Reverse()], 3).Value);
        Assert.True(index is null || (index >= Fraction.Zero && index <= Fraction.One));
    }).QuickCheckThrowOnFailure();

    /// <summary>Another visit to the one who is met always keeps the index; a stranger never raises it.</summary>
    [Fact]
    public void ContinuityOfPatient_AnotherVisit_MovesAsItShould() => Prop.ForAll(Arb.From(Gen.Choose(3, 40)), count =>
    {
        string[] one = [.. Enumerable.Repeat("A", count)];
        Assert.Equal(Fraction.One, PrimaryCareChoiceRules.ContinuityOfPatient([.. one, "A"], 3).Value);
        Assert.True(PrimaryCareChoiceRules.ContinuityOfPatient([.. one, "B"], 3).Value! < Fraction.One);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TwoOfThree_AnyPatients_AgreesWithTheSlowReading() => Prop.ForAll(Arb.From(Visits.ListOf()), patients =>
    {
        var share = PrimaryCareChoiceRules.TwoOfThree([.. patients]).Value;
        var eligible = patients.Where(each => each.Length >= 3).ToList();
        Assert.Equal(eligible.Count, share.Patients);
        Assert.Equal(eligible.Count(each => SlowPrimaryCare.MetTwice(each[^1], each[^2], each[^3])), share.Continuous);
        Assert.Equal(share, PrimaryCareChoiceRules.TwoOfThree([.. Enumerable.Reverse(patients)]).Value);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Incentive_AnyShare_AgreesWithTheSlowReadingAndNeverFalls() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 1000)), Arb.From(Gen.Choose(0, 1000)), Arb.From(Gen.Choose(0, 2_000_000_000)), (one, other, capitation) =>
        {
            var (continuous, patients) = (Math.Min(one, other), Math.Max(one, other));
            var money = new Money(capitation, Currency.Sek);
            var incentive = Of(continuous);
            Assert.Equal(SlowPrimaryCare.Addition(continuous, patients, capitation), (BigInteger)incentive.Amount.MinorUnits);
            Assert.True(continuous == patients || Of(continuous + 1).Amount >= incentive.Amount);

            ContinuityIncentive Of(long met) => PrimaryCareChoiceRules.Incentive(
                patients == 0 ? null : new Fraction(met, patients), money, new Rate(0.5m), new Rate(0.7m), new Rate(0.01m)).Value;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void FeeUnderProtection_AnyChainOfVisits_AgreesWithTheSlowReading() => Prop.ForAll(
        Arb.From((from gap in Gen.Choose(0, 150) from fee in Gen.Choose(0, 40_000) select (gap, fee)).ListOf()), steps =>
        {
            const long Cap = 145_000;
            var visits = new List<(DateOnly Day, long Fee)>();
            foreach (var (gap, fee) in steps)
            {
                visits.Add(((visits.Count == 0 ? new DateOnly(2024, 2, 1) : visits[^1].Day).AddDays(gap), fee));
            }
            var paid = new List<PaidFee>();
            foreach (var (day, fee) in visits)
            {
                var due = PrimaryCareChoiceRules.FeeUnderProtection([.. Enumerable.Reverse(paid)], day, new Money(fee, Currency.Sek), new Money(Cap, Currency.Sek), 12).Value;
                Assert.True(due.PaidBefore + due.ToPay <= new Money(Cap, Currency.Sek));
                paid.Add(new PaidFee(day, due.ToPay));
            }
            Assert.Equal(SlowPrimaryCare.Fees(visits, Cap), paid.Select(each => each.Amount.MinorUnits));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pay_PartsInAnyOrderOrSplit_IsTheSame() => Prop.ForAll(Arb.From(Gen.Choose(0, 10_000)), Arb.From(Gen.Choose(0, 10_000)), (first, second) =>
    {
        var whole = PrimaryCareChoiceRules.Pay([O01Tests.Part($"Capitation:{first + second}:21.90")], Currency.Sek).Value;
        var price = Money.Parse("21.90", Currency.Sek);
        var split = PrimaryCareChoiceRules.Pay(
            [new EdgeHub.Rules.Payment.PaymentComponent.Capitation("b", second, price), new EdgeHub.Rules.Payment.PaymentComponent.Capitation("a", first, price)], Currency.Sek).Value;
        Assert.Equal(whole.Total, split.Total);
    }).QuickCheckThrowOnFailure();
}

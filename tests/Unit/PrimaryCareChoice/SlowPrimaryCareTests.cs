using System.Numerics;
using EdgeHub.Rules;
using EdgeHub.Rules.Payment;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

/// <summary>How a care centre is paid agrees with the slow second reading, and keeps what must not change.</summary>
public sealed class SlowPrimaryCareTests
{
    private static readonly DateOnly VideoFrom = new(2020, 1, 1);

    [Fact]
    public void Pay_AnyMixOfTheFiveModels_AgreesWithCountingUp() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 400).Three()), Arb.From(Gen.Choose(0, 500_000).Three()), Arb.From(Gen.Choose(-900_000, 900_000)), (counts, prices, goal) =>
        {
            var grant = prices.Item1 * 7L;
            PaymentComponent[] parts =
            [
                new PaymentComponent.BlockGrant("grant", Ore(grant)), new PaymentComponent.Capitation("listed", counts.Item1, Ore(prices.Item1)),
                new PaymentComponent.Episode("courses", counts.Item2, Ore(prices.Item2)), new PaymentComponent.FeePerAct("acts", counts.Item3, Ore(prices.Item3)),
                new PaymentComponent.GoalRelated("goal", Ore(goal)),
            ];
            var paid = PrimaryCareChoiceRules.Pay(parts, Currency.Sek).Value;
            (int, long)[] priced = [(counts.Item1, prices.Item1), (counts.Item2, prices.Item2), (counts.Item3, prices.Item3)];
            Assert.Equal(SlowPrimaryCare.Contract(grant, priced, goal), (BigInteger)paid.Total.MinorUnits);
            Assert.Equal(paid.Total, PrimaryCareChoiceRules.Pay([.. parts.Reverse()], Currency.Sek).Value.Total);
            Assert.Equal(goal, paid.Of(PaymentModel.GoalRelated).MinorUnits);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void PayVisits_AnyVisits_AgreesWithWalkingThrough() => Prop.ForAll(
        Arb.From((from channel in Gen.Elements('p', 'h', 'v', 't') from day in Gen.Choose(-3, 3) from replaces in Gen.Elements(true, false) select (channel, day, replaces)).ListOf()),
        Arb.From(Gen.Choose(1, 90_000)), (drawn, rate) =>
        {
            PaidVisit[] visits = [.. drawn.Select(each => new PaidVisit(Of(each.channel), VideoFrom.AddDays(each.day), each.replaces ? "V1" : null))];
            var slow = SlowPrimaryCare.Visits(drawn.Select(each => (each.channel, Number(VideoFrom.AddDays(each.day)), each.replaces)), rate);
            var paid = Paid(visits);
            Assert.Equal((slow.Paid, slow.Amount), (paid.Paid, paid.Amount.MinorUnits));
            Assert.Equal(drawn.Count, paid.Paid + paid.Unpaid);
            var (first, second) = (Paid([.. visits.Take(2)]), Paid([.. visits.Skip(2)]));
            Assert.Equal(paid.Amount, first.Amount + second.Amount);

            VisitPayment Paid(IReadOnlyList<PaidVisit> some) => PrimaryCareChoiceRules.PayVisits(some, Ore(rate), VideoFrom).Value;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ProjectGrant_AnyList_AgreesWithCountingUpAndScales() => Prop.ForAll(Arb.From(Gen.Choose(0, 3_000)), Arb.From(Gen.Choose(0, 10_000)), (listed, perListed) =>
    {
        var grant = PrimaryCareChoiceRules.ProjectGrant(listed, Ore(perListed)).Value;
        Assert.Equal(SlowPrimaryCare.Contract(0, [(listed, perListed)], 0), (BigInteger)grant.MinorUnits);
        Assert.Equal(grant.Times(4), PrimaryCareChoiceRules.ProjectGrant(listed * 4L, Ore(perListed)).Value);
        Assert.True(PrimaryCareChoiceRules.ProjectGrant(listed + 1, Ore(perListed)).Value >= grant);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Goal_AnyMeasure_AgreesAndABetterOneNeverPaysLess() => Prop.ForAll(Arb.From(Gen.Choose(0, 100)), Arb.From(Gen.Choose(0, 100)), Arb.From(Gen.Choose(0, 90_000)), (value, target, amount) =>
    {
        foreach (var lowerIsBetter in new[] { true, false })
        {
            var paid = Of(value, lowerIsBetter);
            Assert.Equal(SlowPrimaryCare.Goal(value, target, lowerIsBetter, amount, amount / 2), (BigInteger)paid.MinorUnits);
            Assert.True(Of(lowerIsBetter ? value - 1 : value + 1, lowerIsBetter) >= paid);
        }

        Money Of(int measured, bool lowerIsBetter) => PrimaryCareChoiceRules.Goal(measured, target, lowerIsBetter, Ore(amount), Ore(amount / 2)).Value.Amount;
    }).QuickCheckThrowOnFailure();

    private static Money Ore(long ore) => new(ore, Currency.Sek);

    private static int Number(DateOnly day) => (day.Year * 10_000) + (day.Month * 100) + day.Day;

    private static Channel Of(char channel) => channel switch { 'p' => Channel.Physical, 'h' => Channel.Home, 'v' => Channel.Video, _ => Channel.Telephone };
}

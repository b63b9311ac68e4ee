using System.Numerics;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>The rules and a second, slow reading of the same words agree on 20,000 persons and 20,000 bills.</summary>
public sealed class SlowBenefitTests
{
    private const int Count = 20_000;
    private const int Seed = 7;

    [Fact]
    public void Share_TwentyThousandPersons_AgreesWithTheSlowReading()
    {
        var (touchedDay, touchedYear, deducted) = (0, 0, 0);
        var draw = new BenefitDraw(Seed);
        for (var i = 0; i < Count; i++)
        {
            var person = draw.Person();
            var slow = new SlowBenefit();
            var state = AccumulatorState.Empty;
            foreach (var visit in person.Visits)
            {
                var share = BenefitRules.Share(visit.Case, person.Row, state, Money.Fen(person.Balance), visit.UseAccount);
                var paid = slow.Settle(visit.Day, visit.Eligible + visit.SelfPay, visit.Eligible, person.Policy, person.Balance, visit.UseAccount);
                var fast = new SlowBenefit.Paid(share.Deductible.MinorUnits, share.Shares.Fund.MinorUnits, share.Shares.Account.MinorUnits, share.Shares.Cash.MinorUnits);
                Assert.True(fast == paid, $"{person}, visits {string.Join("; ", person.Visits)}: at {visit} {fast}, slowly {paid}");
                state = state.With(share.Moves);
                touchedDay += share.Limits.Any(limit => limit.Name == LimitNames.DailyCap && limit.After.IsZero) ? 1 : 0;
                touchedYear += share.Limits.Any(limit => limit.Name == LimitNames.AnnualCap && limit.After.IsZero) ? 1 : 0;
                deducted += share.Deductible.IsPositive ? 1 : 0;
            }
        }
        // The draw must reach what it is meant to try.
        Assert.All([touchedDay, touchedYear, deducted], times => Assert.True(times > Count / 20, $"only {times} times"));
    }

    [Fact]
    public void SplitLines_TwentyThousandBills_AgreesWithTheSlowReading()
    {
        var over = 0;
        var draw = new BenefitDraw(Seed);
        for (var i = 0; i < Count; i++)
        {
            var lines = draw.Bill();
            var split = Assert.IsType<SplitOutcome.Divided>(BenefitRules.SplitLines(lines.Bill())).Bill;
            foreach (var (line, part) in lines.Zip(split.Lines))
            {
                var slow = SlowBenefit.Line(line.Class, line.PriceMillionths, line.QuantityTenThousandths, line.AmountFen, line.LimitMillionths, line.ShareMillionths);
                var fast = ((BigInteger)part.FullSelfPay.MinorUnits, (BigInteger)part.OverPriceLimit.MinorUnits, (BigInteger)part.PreSelfPay.MinorUnits, (BigInteger)part.Eligible.MinorUnits);
                Assert.True(fast == slow, $"{line}: {fast}, slowly {slow}");
                over += part.OverPriceLimit.IsPositive ? 1 : 0;
            }
        }
        Assert.True(over > Count / 4, $"only {over} lines over a price limit");
    }
}

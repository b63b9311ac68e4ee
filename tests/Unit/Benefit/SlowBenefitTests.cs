using System.Numerics;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>The rules and a second, slow reading of the same words agree on 20,000 persons and 20,000 bills.</summary>
public sealed class SlowBenefitTests
{
    private static readonly int Count = Draws.Of(20_000);
    private const int Seed = 7;

    [Fact]
    public void Share_TwentyThousandPersons_AgreesWithTheSlowReading()
    {
        var reached = new Dictionary<string, int>(StringComparer.Ordinal);
        var draw = new BenefitDraw(Seed);
        for (var i = 0; i < Count; i++)
        {
            var person = draw.Person(twoRows: true);
            var slow = new SlowBenefit();
            foreach (var (visit, share) in person.Shares())
            {
                var paid = slow.Settle(visit.Slow, person.PolicyOf(visit), person.Balance);
                var (by, deductible) = (share.Shares, share.Deductible);
                var fast = new SlowBenefit.Paid(
                    deductible.MinorUnits, by.Fund.MinorUnits, by.Catastrophic.MinorUnits, by.Assistance.MinorUnits, by.Account.MinorUnits, by.Cash.MinorUnits);
                Assert.True(fast == paid, $"{person}, visits {string.Join("; ", person.Visits)}: at {visit} {fast}, slowly {paid}");
                Note(reached, visit, person.PolicyOf(visit), share);
            }
        }
        // The draw must reach what it is meant to try.
        Assert.Equal(21, reached.Count);
        Assert.All(reached, each => Assert.True(each.Value > Count / 40, $"{each.Key} only {each.Value} times"));
    }

    /// <summary>Which limits were used up, and which rules changed an amount.</summary>
    private static void Note(Dictionary<string, int> reached, DrawnVisit visit, SlowBenefit.Policy policy, BillShare share)
    {
        foreach (var limit in share.Limits.Where(limit => limit.After.IsZero && limit.Before.IsPositive))
        {
            Count(limit.Name);
        }
        Count("catastrophic pays", share.Shares.Catastrophic.IsPositive);
        Count("assistance pays", share.Shares.Assistance.IsPositive);
        Count("a family member's account pays", visit.Owner.Length > 0 && share.Shares.Account.IsPositive);
        Count("irregular referral", visit.Irregular && policy.ReferralMillionths > 0 && visit.Eligible > share.Deductible.MinorUnits);

        void Count(string what, bool holds = true)
        {
            if (holds)
            {
                reached[what] = reached.GetValueOrDefault(what) + 1;
            }
        }
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

using EdgeHub.Hub.Settlement;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>Who bears what, by payer, as a pure function: worked cases, and what holds of every pair of shares.</summary>
public sealed class WhoBearsRuleTests
{
    [Theory]
    // claimed fund/catastrophic/assistance/account/cash, true ones, then paid/owed/overpaid of fund, catastrophic, assistance
    [InlineData("30 0 0 0 120", "30 0 0 0 120", "30/0/0 0/0/0 0/0/0")]
    [InlineData("30 0 0 0 120", "90 0 0 0 60", "30/60/0 0/0/0 0/0/0")] // the fund alone owes
    [InlineData("30 0 0 0 120", "50 25 5 0 70", "30/20/0 0/25/0 0/5/0")] // each layer owes what it exceeds
    [InlineData("60 0 0 0 90", "50 25 5 0 70", "50/0/0 5/20/0 5/0/0")] // the fund was claimed 10 too high: catastrophic insurance pays 5 and assistance 5 of the institution's 60
    [InlineData("90 0 0 0 60", "30 0 0 0 120", "30/0/60 0/0/0 0/0/0")] // too much for the fund
    [InlineData("30 60 0 0 60", "30 10 0 0 110", "30/0/0 10/0/50 0/0/0")] // too much for catastrophic insurance: never the package's (Z4)
    [InlineData("30 0 60 0 60", "30 0 10 0 110", "30/0/0 0/0/0 10/0/50")]
    [InlineData("30 0 0 100 20", "90 0 0 0 60", "90/0/40 0/0/0 0/0/0")] // an account that was empty: the package bears what is not covered
    [InlineData("60 40 20 0 30", "70 10 10 0 60", "70/0/0 10/0/30 10/0/0")] // what assistance was claimed too high the fund's share makes good
    public void Of_WorkedCases(string claimed, string truth, string parts)
    {
        var borne = WhoBears.Of(Shares(claimed), Shares(truth));

        Assert.Equal(parts, string.Join(' ', new[] { borne.Fund, borne.Catastrophic, borne.Assistance }.Select(part => $"{part.Paid}/{part.Owed}/{part.Overpaid}")));
    }

    [Fact]
    public void Of_EveryPair_EachPaysItsTrueShareAndTheInstitutionGetsWhatItClaimed() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(Pairs(), pair =>
        {
            var (claimed, truth) = pair;
            var borne = WhoBears.Of(claimed, truth);
            PayerPart[] parts = [borne.Fund, borne.Catastrophic, borne.Assistance];
            long[] shares = [truth.Fund, truth.Catastrophic, truth.Assistance];
            long[] asked = [claimed.Fund, claimed.Catastrophic, claimed.Assistance];
            return parts.Select(part => part.Paid + part.Owed).SequenceEqual(shares)
                && borne.Account == truth.Account
                && parts.Sum(part => part.Paid + part.Overpaid) + borne.Account == claimed.ToInstitution
                && borne.Owed == Math.Max(0, claimed.Cash - truth.Cash)
                && borne.Overpaid == Math.Max(0, truth.Cash - claimed.Cash)
                && parts.All(part => part is { Paid: >= 0, Owed: >= 0, Overpaid: >= 0 })
                && parts.Zip(shares.Zip(asked)).All(each => each.First.Owed <= Math.Max(0, each.Second.First - each.Second.Second))
                // Nothing that catastrophic insurance or assistance was asked too much for comes to the fund.
                && borne.Fund.Overpaid <= Math.Max(0, claimed.Fund - truth.Fund) + claimed.Account - truth.Account;
        }));

    [Fact]
    public void Of_EveryPair_TheFundOwesFirstThenCatastrophicInsurance() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1_000),
        Prop.ForAll(Pairs(), pair =>
        {
            var (claimed, truth) = pair;
            var borne = WhoBears.Of(claimed, truth);
            var fundFull = borne.Fund.Owed == Math.Max(0, truth.Fund - claimed.Fund);
            var catastrophicFull = borne.Catastrophic.Owed == Math.Max(0, truth.Catastrophic - claimed.Catastrophic);
            return (borne.Catastrophic.Owed == 0 || fundFull) && (borne.Assistance.Owed == 0 || (fundFull && catastrophicFull));
        }));

    [Fact]
    public void Of_SharesOfOtherTotals_OrAnAccountThatWouldPayMore_Throws()
    {
        Assert.Throws<ArgumentException>(() => WhoBears.Of(Shares("1 0 0 0 0"), Shares("1 0 0 0 1")));
        Assert.Throws<ArgumentException>(() => WhoBears.Of(Shares("0 0 0 0 1"), Shares("0 0 0 1 0")));
        Assert.Throws<ArgumentException>(() => WhoBears.Of(Shares("-1 0 0 0 1"), Shares("0 0 0 0 0")));
    }

    /// <summary>Two ways to divide one total, the account never paying more than it was asked for.</summary>
    private static Arbitrary<(ShareSums Claimed, ShareSums Truth)> Pairs() =>
        Gen.Choose(0, 100_000).ArrayOf(10).Select(n =>
        {
            var total = 1L + n[0] + n[1];
            var claimed = Divide(total, n[2], n[3], n[4], n[5]);
            var truth = Divide(total, n[6], n[7], n[8], n[9]);
            var back = Math.Max(0, truth.Account - claimed.Account);
            return (claimed, truth with { Account = truth.Account - back, Cash = truth.Cash + back });
        }).ToArbitrary();

    private static ShareSums Divide(long total, params int[] parts)
    {
        var left = total;
        var taken = new long[4];
        for (var i = 0; i < 4; i++)
        {
            // One in three pays nothing.
            taken[i] = parts[i] % 3 == 0 ? 0 : parts[i] % (left + 1);
            left -= taken[i];
        }
        return new ShareSums(taken[0], taken[1], taken[2], taken[3], left);
    }

    private static ShareSums Shares(string text)
    {
        var n = text.Split(' ').Select(part => long.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return new ShareSums(n[0], n[1], n[2], n[3], n[4]);
    }
}

using System.Text.Json;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>What holds for every bill and every person's year.</summary>
public sealed class BenefitPropertyTests
{
    private static readonly Gen<(IReadOnlyList<DrawnLine> Lines, DrawnPerson Person)> BillsOfPersons =
        from lines in BenefitGen.Bills
        from person in BenefitGen.Persons
        select (lines, person);

    [Fact]
    public void Compute_AnyBill_KeepsTheIdentities() => Prop.ForAll(Arb.From(BillsOfPersons), drawn =>
    {
        var result = Compute(drawn.Lines, drawn.Person);
        var (totals, shares) = (result.Totals, result.Shares);
        Assert.Equal(totals.Total, totals.FullSelfPay + totals.OverPriceLimit + totals.PreSelfPay + totals.Eligible);
        Assert.Equal(totals.Total, shares.Fund + shares.Catastrophic + shares.Assistance + shares.Account + shares.Cash);
        Assert.True(shares.Fund <= totals.Eligible - result.Deductible);
        Assert.True(shares.Catastrophic + shares.Assistance <= totals.Eligible - shares.Fund);
        Assert.Equal(totals.Total.MinorUnits, drawn.Lines.Sum(line => line.AmountFen));
        Assert.Equal(totals.Total.MinorUnits, result.Categories.Sum(category => category.Total.MinorUnits));
        Assert.Equal(totals.Eligible.MinorUnits, result.Categories.Sum(category => category.Eligible.MinorUnits));
        Assert.All(drawn.Lines.Zip(result.Lines), pair => Assert.Equal(
            pair.First.AmountFen, (pair.Second.FullSelfPay + pair.Second.OverPriceLimit + pair.Second.PreSelfPay + pair.Second.Eligible).MinorUnits));
        Money[] parts = [shares.Fund, shares.Catastrophic, shares.Assistance, shares.Account, shares.Cash, totals.Eligible, totals.PreSelfPay, totals.OverPriceLimit, totals.FullSelfPay, result.Deductible];
        Assert.All(parts, part => Assert.False(part.IsNegative));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compute_Twice_QuotesWhatItSettlesAndLeavesTheStateAlone() => Prop.ForAll(Arb.From(BillsOfPersons), drawn =>
    {
        var state = Cases.State(Cases.Day, deductible: 100, fundDay: 50, fundYear: 70, accountSpent: 20);
        var before = Written(state.Amounts.ToDictionary(each => each.Key.ToString(), each => each.Value.MinorUnits));
        Assert.Equal(Written(Compute(drawn.Lines, drawn.Person, state)), Written(Compute(drawn.Lines, drawn.Person, state)));
        Assert.Equal(before, Written(state.Amounts.ToDictionary(each => each.Key.ToString(), each => each.Value.MinorUnits)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compute_OneLineMore_NobodyPaysLess() => Prop.ForAll(Arb.From(BillsOfPersons), drawn =>
    {
        var whole = Compute(drawn.Lines, drawn.Person);
        for (var count = 1; count < drawn.Lines.Count; count++)
        {
            var part = drawn.Lines.Take(count).ToList();
            if (part.Sum(line => line.AmountFen) == 0)
            {
                continue;
            }
            var less = Compute(part, drawn.Person);
            Assert.True(less.Shares.Fund <= whole.Shares.Fund);
            Assert.True(less.Shares.Patient <= whole.Shares.Patient);
            Assert.True(less.Shares.Account <= whole.Shares.Account);
            Assert.True(less.Deductible <= whole.Deductible);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compute_LinesInAnotherOrder_GivesTheSameTotalsAndShares() => Prop.ForAll(Arb.From(BillsOfPersons), drawn =>
    {
        var one = Compute(drawn.Lines, drawn.Person);
        var other = Compute([.. drawn.Lines.Reverse()], drawn.Person);
        Assert.Equal((one.Totals, one.Shares, one.Deductible), (other.Totals, other.Shares, other.Deductible));
        Assert.Equal(one.Categories, other.Categories);
        Assert.Equal(one.Moves, other.Moves);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compute_InTwoStages_IsTheSame() => Prop.ForAll(Arb.From(BillsOfPersons), drawn =>
    {
        var state = Cases.State(Cases.Day, deductible: 100, fundDay: 50, fundYear: 70, accountSpent: 20);
        var bill = drawn.Lines.Bill();
        var whole = Compute(drawn.Lines, drawn.Person, state);
        var split = Assert.IsType<SplitOutcome.Divided>(BenefitRules.SplitLines(bill)).Bill;
        var share = BenefitRules.Share(new ShareCase(bill.Visit, bill.Person, split.Totals), drawn.Person.Row, state, Money.Fen(drawn.Person.Balance), useAccount: true);
        Assert.Equal((whole.Totals, whole.Shares, whole.Deductible, whole.PolicyRow), (split.Totals, share.Shares, share.Deductible, share.PolicyRow));
        Assert.Equal(Written(whole.Steps), Written((CitedStep[])[.. split.Steps, .. share.Steps]));
        Assert.Equal(whole.Moves, share.Moves);
        Assert.Equal(whole.Limits, share.Limits);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AccumulatorKey_AnyMove_ReadsBack() => Prop.ForAll(Arb.From(BenefitGen.Persons), person => Assert.All(
        person.Shares().SelectMany(each => each.Share.Moves),
        move => Assert.Equal(move.Key, AccumulatorKey.Parse(move.Key.ToString())))).QuickCheckThrowOnFailure();

    private static BenefitResult Compute(IReadOnlyList<DrawnLine> lines, DrawnPerson person, AccumulatorState? state = null) => Cases.Computed(
        BenefitRules.Compute(lines.Bill(), person.Book(), state ?? AccumulatorState.Empty, Money.Fen(person.Balance), useAccount: true));

    private static string Written<T>(T value) => JsonSerializer.Serialize(value);
}

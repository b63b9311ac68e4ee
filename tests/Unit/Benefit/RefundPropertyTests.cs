using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>B21 on every bill: everything back is a reversal, nothing back is no difference, a part gives nobody less than nothing.</summary>
public sealed class RefundPropertyTests
{
    private static readonly Gen<(IReadOnlyList<DrawnLine> Lines, DrawnPerson Person, int Kept)> Bills =
        from lines in BenefitGen.Bills
        from person in BenefitGen.Persons
        from kept in Gen.Choose(0, lines.Count)
        select (lines, person, kept);

    [Fact]
    public void Partial_AnyLines_GivesBackWhatWasPaidLessWhatIsPaidNow() => Prop.ForAll(Arb.From(Bills), drawn =>
    {
        var (bill, book) = (drawn.Lines.Bill(), drawn.Person.Book());
        var account = new AccountFacts(Money.Fen(drawn.Person.Balance));
        var before = Cases.State(Cases.Day, deductible: 100, fundDay: 50, fundYear: 70, accountSpent: 20);
        var paid = Cases.Computed(BenefitRules.Compute(bill, book, before, account, useAccount: true)).Shares;
        var remaining = bill.Lines.Take(drawn.Kept).ToList();

        var outcome = RefundRules.Partial(bill, paid, remaining, book, before, account, useAccount: true);

        var nothingLeft = remaining.Sum(line => line.Amount.MinorUnits) == 0;
        if (nothingLeft && remaining.Count > 0)
        {
            // Lines of 0.00 alone are no bill.
            Assert.Equal(Codes.BadAmount, Assert.IsType<RefundOutcome.Refused>(outcome).Code);
            return;
        }
        var back = outcome is RefundOutcome.Reversed whole ? whole.Back.Value : Assert.IsType<RefundOutcome.Partly>(outcome).Back.Value;
        Assert.Equal(nothingLeft, outcome is RefundOutcome.Reversed);
        Assert.Equal(bill.Lines.Skip(drawn.Kept).Sum(line => line.Amount.MinorUnits), back.Total.MinorUnits);
        Assert.All(new[] { back.Fund, back.Catastrophic, back.Assistance, back.Account, back.Cash }, part => Assert.False(part.IsNegative, back.ToString()));
        if (drawn.Kept == drawn.Lines.Count)
        {
            Assert.Equal(new Shares(Money.Fen(0), Money.Fen(0), Money.Fen(0)), back);
        }
        if (drawn.Kept == 0)
        {
            Assert.Equal(paid, back);
        }
    }).QuickCheckThrowOnFailure();
}

using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>B21: a partial refund is the remaining lines computed again on the accumulators as they were before.</summary>
public sealed class B21Tests
{
    private static readonly PolicyBook Book = Cases.Book(Cases.Row(DeductibleMode.Year, 5_000, 0.6m, annualCap: 100_000));

    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B21");

    [Theory, MemberData(nameof(Examples))]
    public void Partial_Example_GivesBackTheDifferenceByPayer(BenefitRow row)
    {
        var book = BookText.Loaded(BookText.Giving(row["policy"]));
        var bill = Cases.Bill([.. Lines(row["lines"])]);
        var account = new AccountFacts(row.Yuan("balance"));
        var paid = Cases.Computed(BenefitRules.Compute(bill, book, AccumulatorState.Empty, account, useAccount: true)).Shares;

        var outcome = RefundRules.Partial(bill, paid, [.. Lines(row["remaining"])], book, AccumulatorState.Empty, account, useAccount: true);

        var back = outcome switch
        {
            RefundOutcome.Reversed whole => whole.Back,
            RefundOutcome.Partly partly => partly.Back,
            _ => throw new InvalidOperationException($"Unexpected {outcome}."),
        };
        Assert.Equal(row["remaining"].Length == 0, outcome is RefundOutcome.Reversed);
        Assert.Equal(
            new Shares(row.Yuan("fund"), row.Yuan("catastrophic"), row.Yuan("assistance"), row.Yuan("account"), row.Yuan("cash")), back.Value);
        Assert.Equal(BenefitArticles.B21, back.Article);
    }

    /// <summary>The state is that before the settlement, though others came before it: deductible taken, cap partly used.</summary>
    [Fact]
    public void Partial_OnTheOldState_LeavesTheDeductibleWhereItWas()
    {
        var before = Cases.State(Cases.Day, deductible: 2_000, fundYear: 98_000);
        var bill = Cases.Bill(Cases.Line(1, CatalogueClass.A, 40m, 1m), Cases.Line(2, CatalogueClass.A, 60m, 1m));
        var none = new AccountFacts(Money.Fen(0));
        // (100.00 - 30.00) x 0.6 = 42.00 -> 1000.00 - 980.00 = 20.00
        var paid = Cases.Computed(BenefitRules.Compute(bill, Book, before, none, useAccount: false));
        Assert.Equal(Money.Fen(2_000), paid.Shares.Fund);

        // (40.00 - 30.00) x 0.6 = 6.00
        var partly = Assert.IsType<RefundOutcome.Partly>(RefundRules.Partial(bill, paid.Shares, [bill.Lines[0]], Book, before, none, useAccount: false));

        Assert.Equal((Money.Fen(600), Money.Fen(3_000)), (partly.Now.Shares.Fund, partly.Now.Deductible));
        Assert.Equal((Money.Fen(1_400), Money.Fen(4_600)), (partly.Back.Value.Fund, partly.Back.Value.Cash));
        Assert.Contains(new AccumulatorMove(BenefitKeys.Of(Cases.Day).FundPayOfYear, Money.Fen(98_000), Money.Fen(98_600)), partly.Now.Moves);
    }

    [Theory]
    [InlineData("3 A 40.00 1", Codes.UnknownCode, "lines[3].no")]
    [InlineData("1 A 40.01 1", Codes.UnknownCode, "lines[1].item")]
    [InlineData("1 B 40.00 1", Codes.UnknownCode, "lines[1].item")]
    [InlineData("1 A 40.00 2", Codes.BadNumber, "lines[1].quantity")]
    [InlineData("1 A 40.00 1; 1 A 40.00 1", Codes.Duplicated, "lines[1].no")]
    public void Partial_WhatWasNotSettled_IsRefusedByName(string remaining, string code, string field)
    {
        var bill = Cases.Bill(Cases.Line(1, CatalogueClass.A, 40m, 1m), Cases.Line(2, CatalogueClass.A, 60m, 1m));
        var shares = new Shares(Money.Fen(3_000), Money.Fen(0), Money.Fen(7_000));

        var refused = Assert.IsType<RefundOutcome.Refused>(RefundRules.Partial(
            bill, shares, [.. Lines(remaining)], Book, AccumulatorState.Empty, new AccountFacts(Money.Fen(0)), useAccount: false));

        Assert.Equal((code, field), (refused.Faults[0].Code, refused.Faults[0].Field));
        Assert.All(refused.Faults, fault => Assert.True(Expectations.Knows(fault.Expected), fault.Expected));
    }

    [Fact]
    public void Partial_AmountAboveTheSettled_IsRefused()
    {
        var bill = Cases.Bill(Cases.Line(1, CatalogueClass.A, 40m, 1m));
        var dearer = bill.Lines[0] with { Amount = Money.Fen(4_001) };
        var refused = Assert.IsType<RefundOutcome.Refused>(RefundRules.Partial(
            bill, new Shares(Money.Fen(0), Money.Fen(0), Money.Fen(4_000)), [dearer], Book, AccumulatorState.Empty, new AccountFacts(Money.Fen(0)), useAccount: false));
        Assert.Equal((Codes.BadAmount, "lines[1].amount", BenefitArticles.B21), (refused.Code, refused.Faults[0].Field, refused.Article));
    }

    /// <summary>Lines of a cell: number, class, price, quantity; semicolons between.</summary>
    private static IEnumerable<BillLine> Lines(string cell) => cell.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(' ')).Select(part => Cases.Line(
        int.Parse(part[0], CultureInfo.InvariantCulture), Enum.Parse<CatalogueClass>(part[1]),
        decimal.Parse(part[2], CultureInfo.InvariantCulture), decimal.Parse(part[3], CultureInfo.InvariantCulture),
        share: part[1] == "C" ? 1m : 0m));
}

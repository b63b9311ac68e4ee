using EdgeHub.Rules;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Payment;
using EdgeHub.Rules.Schemes.CrossRegion;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C24ContractTests
{
    private static readonly YearMonth March = new(2025, 3);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C24-contract");

    [Theory, MemberData(nameof(Examples))]
    public void PairContract_Example_IsFeesAndCorrections(ExampleRow row)
    {
        var contract = CrossRegionRules.PairContract(
            Cleared([.. row.Words("settlements").Select(Entry)], [.. row.YuanList("adjustments").Select((amount, i) => C24Tests.Adjustment($"A{i}", amount.MinorUnits))]),
            "53", "31", row.Yuan("prepayment")).Value;
        Assert.Equal((row.Yuan("employee"), row.Yuan("resident")), (contract.Payment.Parts[0].Amount, contract.Payment.Parts[1].Amount));
        var visits = row.Words("settlements").Select(Entry).ToList();
        Assert.Equal(
            new[] { InsuredFund.Employee, InsuredFund.Resident }.Select(fund => (long)visits.Count(each => each.Fund == fund && (each.InsuredPlace, each.TreatmentPlace) == ("53", "31"))),
            contract.Payment.Parts.OfType<PaymentComponent.PricedActs>().Select(part => part.Acts));
        Assert.Equal(row.Yuan("corrections"), contract.Payment.Parts[2].Amount + contract.Payment.Parts[3].Amount);
        Assert.Equal((row.Yuan("total"), row.Yuan("total"), row.Yuan("standing")), (contract.Payment.Total, contract.Transfer, contract.Standing));
        Assert.Equal(contract.Payment.Total, contract.Payment.Of(PaymentModel.FeeForService));
    }

    /// <summary>Every pair's contract is its row of the clearing, and all of them together are the netting sheet's total.</summary>
    [Fact]
    public void PairContract_AnyCycle_IsTheRowOfThePair() => Prop.ForAll(
        Arb.From((from payer in Gen.Choose(0, 2) from payee in Gen.Choose(0, 2) from fund in Gen.Choose(0, 1) from fen in Gen.Choose(0, 5_000_000) from audit in Gen.Choose(-5_000_000, 5_000_000) select (payer, payee, fund, fen, audit)).ListOf()),
        drawn =>
    {
        var own = drawn.Where(each => each.payer != each.payee).ToList();
        var cleared = Cleared(
            [.. own.Select((each, i) => C24Tests.Entry($"R{i}", each.fen) with { InsuredPlace = $"{each.payer}", TreatmentPlace = $"{each.payee}", Fund = (InsuredFund)each.fund })],
            [.. own.Where(each => each.audit % 3 != 0).Select((each, i) => Adjusted(i, each.payer, each.payee, each.audit, (InsuredFund)each.fund))]);
        var sum = Money.Fen(0);
        foreach (var (insured, treatment) in from a in Enumerable.Range(0, 3) from b in Enumerable.Range(0, 3) where a != b select ($"{a}", $"{b}"))
        {
            var total = CrossRegionRules.PairContract(cleared, insured, treatment, Money.Fen(1)).Value.Payment.Total;
            Assert.Equal(cleared.Rows.SingleOrDefault(row => row.InsuredPlace == insured && row.TreatmentPlace == treatment)?.Cleared ?? Money.Fen(0), total);
            sum += total;
        }
        Assert.Equal(cleared.Rows.Aggregate(Money.Fen(0), (all, row) => all + row.Cleared), sum);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void PairContract_PlaceAgainstItselfOrNegativeFund_IsRefused()
    {
        var none = Cleared([], []);
        Assert.Equal("treatmentPlace", Assert.Throws<FaultException>(() => CrossRegionRules.PairContract(none, "53", "53", Money.Fen(0))).Fault.Field);
        Assert.Equal("prepayment fund", Assert.Throws<FaultException>(() => CrossRegionRules.PairContract(none, "53", "31", Money.Fen(-1))).Fault.Field);
    }

    private static ClearingTables Cleared(IReadOnlyList<ClearingEntry> entries, IReadOnlyList<ClearingAdjustment> adjustments) =>
        CrossRegionRules.ClearCycle(March, Currency.Cny, entries, adjustments, 21).Value;

    private static ClearingAdjustment Adjusted(int i, int payer, int payee, long fen, InsuredFund fund)
    {
        var adjustment = C24Tests.Adjustment($"A{i}", fen);
        return adjustment with { Fund = fund, Record = adjustment.Record with { Payer = $"{payer}", Payee = $"{payee}" } };
    }

    private static ClearingEntry Entry(string text, int i) => C24Tests.Entry($"R{i}", Money.Parse(text[2..], Currency.Cny).MinorUnits) with
    {
        Fund = text[0] == 'E' ? InsuredFund.Employee : InsuredFund.Resident,
    };
}

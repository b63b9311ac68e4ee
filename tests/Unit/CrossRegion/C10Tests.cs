using EdgeHub.Rules;
using EdgeHub.Rules.Netting;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C10Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C10");

    public static TheoryData<ExampleRow> Signs => ExampleTable.Of("C10-sign");

    [Theory, MemberData(nameof(Examples))]
    public void CorrectAdjustment_Example_EditsOrAdds(ExampleRow row)
    {
        var original = new NettingRecord("A1", 1, "53", "31", row.Yuan("original"), row.Month("original cycle"));
        var corrected = CrossRegionRules.CorrectAdjustment(original, row.Yuan("right"), "A2", row.Day("uploaded"), 21, row.MonthOrNone("cleared through")).Value;
        Assert.Equal((row.Yes("new record"), row.Word<AdjustmentKind>("kind")), (corrected.IsNewRecord, corrected.Kind));
        Assert.Equal(
            row.Yes("new record")
                ? new NettingRecord("A2", 1, "53", "31", row.Yuan("amount"), row.Month("cycle"))
                : new NettingRecord("A1", 2, "53", "31", row.Yuan("amount"), row.Month("cycle")),
            corrected.Record);
    }

    /// <summary>Whenever it is corrected, what is cleared in all is what should have been.</summary>
    [Theory, MemberData(nameof(Examples))]
    public void CorrectAdjustment_Example_ClearsTheRightAmountInAll(ExampleRow row)
    {
        var original = new NettingRecord("A1", 1, "53", "31", row.Yuan("original"), row.Month("original cycle"));
        var corrected = CrossRegionRules.CorrectAdjustment(original, row.Yuan("right"), "A2", row.Day("uploaded"), 21, row.MonthOrNone("cleared through")).Value.Record;
        var cycles = new[] { original.Cycle, corrected.Cycle }.Distinct();
        var cleared = cycles.Aggregate(Money.Fen(0), (sum, cycle) => sum + NettingTable.Sheet(cycle, Currency.Cny, [original, corrected]).Total);
        Assert.Equal(row.Yuan("right"), cleared);
    }

    [Theory, MemberData(nameof(Signs))]
    public void SignedAdjustment_Example_HasTheDocumentsSign(ExampleRow row) =>
        Assert.Equal(row.Yuan("signed"), CrossRegionRules.SignedAdjustment(row.Word<AdjustmentKind>("kind"), row.Yuan("amount")).Value);

    [Theory]
    [InlineData(AdjustmentKind.Deduction)]
    [InlineData(AdjustmentKind.Supplement)]
    public void SignedAdjustment_AmountWithASign_IsRefused(AdjustmentKind kind) =>
        Assert.Equal((Codes.BadAmount, "amount"), Told(Assert.Throws<FaultException>(() => CrossRegionRules.SignedAdjustment(kind, Money.Fen(-1))).Fault));

    private static (string, string) Told(Fault fault) => (fault.Code, fault.Field);
}

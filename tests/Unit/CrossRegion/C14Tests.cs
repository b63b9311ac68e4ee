using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C14Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C14");

    [Theory, MemberData(nameof(Examples))]
    public void Violation_Example_LessensWhatTheInsuredPlaceOwes(ExampleRow row) => Assert.Equal(
        new ViolationEffect(row.Yuan("not paid"), row.Yuan("deducted"), row.Yuan("off insured place"), row.Yuan("damages kept")),
        CrossRegionRules.Violation(row.Yuan("fund part"), row.Yes("paid"), row.Yuan("damages")).Value);

    [Theory]
    [InlineData(-1, 0, "fundPart")]
    [InlineData(0, -1, "damages")]
    public void Violation_Negative_IsRefused(long fundPart, long damages, string field) => Assert.Equal(
        field, Assert.Throws<FaultException>(() => CrossRegionRules.Violation(Money.Fen(fundPart), true, Money.Fen(damages))).Fault.Field);
}

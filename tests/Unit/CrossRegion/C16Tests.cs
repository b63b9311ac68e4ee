using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C16Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C16");

    [Theory, MemberData(nameof(Examples))]
    public void PrepaymentQuota_Example_IsTwoMonthsOfLastYear(ExampleRow row) => Assert.Equal(
        row.Yuan("quota"), CrossRegionRules.PrepaymentQuota(row.Yuan("prior cost"), row.Whole("months open"), row.Whole("quota months")).Value);

    [Theory]
    [InlineData(-1, 12, "priorCost")]
    [InlineData(1, 0, "monthsOpen")]
    [InlineData(1, 13, "monthsOpen")]
    public void PrepaymentQuota_OutOfBounds_IsRefused(long cost, int months, string field) => Assert.Equal(
        field, Assert.Throws<FaultException>(() => CrossRegionRules.PrepaymentQuota(Money.Fen(cost), months, 2)).Fault.Field);

    [Fact]
    public void InterestBelongsTo_Any_IsTheTreatmentPlaces() => Assert.Equal(Direction.TreatmentPlace, CrossRegionRules.InterestBelongsTo(Money.Fen(1)).Value);
}

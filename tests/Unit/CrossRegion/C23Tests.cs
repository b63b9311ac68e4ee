using EdgeHub.Rules;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C23Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C23");

    [Theory, MemberData(nameof(Examples))]
    public void ClearWithinProvinceBy_Example_CountsWorkingDays(ExampleRow row) => Assert.Equal(
        row.Day("by"), CrossRegionRules.ClearWithinProvinceBy(row.Day("cleared"), row.Whole("days"), WorkingDayCalendar.China).Value);

    [Fact]
    public void WithinProvince_PartsThatAreNotTheWhole_AreRefused()
    {
        Assert.Equal(Money.Fen(5), CrossRegionRules.WithinProvince(Money.Fen(5), [("5301", Money.Fen(7)), ("5309", Money.Fen(-2))]).Value);
        Assert.Equal("areas", Assert.Throws<FaultException>(() => CrossRegionRules.WithinProvince(Money.Fen(5), [("5301", Money.Fen(4))])).Fault.Field);
    }
}

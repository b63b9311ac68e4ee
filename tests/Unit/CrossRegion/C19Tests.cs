using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C19Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C19");

    public static TheoryData<ExampleRow> Steps => ExampleTable.Of("C19-steps");

    [Theory, MemberData(nameof(Examples))]
    public void TransferBy_Example_ChainsWorkingDays(ExampleRow row) => Assert.Equal(
        new TransferDays(row.Day("submit by"), row.Day("pay by"), row.Day("report by")),
        CrossRegionRules.TransferBy(row.Day("noticed"), row.DayOrNone("reviewed"), row.DayOrNone("paid"), (5, 10, 5), WorkingDayCalendar.China).Value);

    [Theory, MemberData(nameof(Steps))]
    public void TransferGoes_EachState_OnlyAsTheTableSays(ExampleRow row) => StepRows.Hold(row, CrossRegionStates.Transfer, CrossRegionRules.TransferGoes);

    [Fact]
    public void TransferGoes_EveryState_HasItsRow() => StepRows.CoverEveryState<TransferState>(Steps);
}

using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C29Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C29");

    [Theory, MemberData(nameof(Examples))]
    public void FirstResponse_Example_CountsCalendarHours(ExampleRow row) => Assert.Equal(
        new ResponseDuty(row.Whole("hours"), row.Moment("due"), row.Yes("report")),
        CrossRegionRules.FirstResponse(row.Moment("registered"), row.Yes("severe"), row.Yes("urgent"), new ResponseHours(24, 72, 72, 120)).Value);
}

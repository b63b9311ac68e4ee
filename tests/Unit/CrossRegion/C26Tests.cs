using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C26Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C26");

    [Theory, MemberData(nameof(Examples))]
    public void Announcement_Example_IsMarkedLateByTheMinute(ExampleRow row)
    {
        var announced = CrossRegionRules.Announcement(row.Moment("begins"), row.Moment("published"), row.Whole("hours")).Value;
        Assert.Equal((row.Moment("due"), row.Count("minutes late"), row.Count("minutes late") > 0), (announced.Due, announced.Late, announced.IsLate));
    }
}

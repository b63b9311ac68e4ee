using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C04Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C04");

    [Theory, MemberData(nameof(Examples))]
    public void FastCardIssue_Example_IsMarkedLate(ExampleRow row) => Assert.Equal(
        new Timeliness<DateOnly>(row.Day("due"), row.Count("late")),
        CrossRegionRules.FastCardIssue(row.Day("applied"), row.Day("issued"), row.Whole("days"), WorkingDayCalendar.China).Value);

    [Theory]
    [InlineData(Credential.SocialSecurityCard, true)]
    [InlineData(Credential.IdentityCard, false)]
    [InlineData(Credential.ElectronicVoucher, false)]
    [InlineData(Credential.None, false)]
    public void IsCredential_Shown_IsTheSocialSecurityCardAlone(Credential shown, bool isCredential) =>
        Assert.Equal(isCredential, CrossRegionRules.IsCredential(shown).Value);
}

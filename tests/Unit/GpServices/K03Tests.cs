using EdgeHub.Rules;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K03Tests
{
    private static readonly YearMonth Last = new(2024, 11);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K03");

    [Theory, MemberData(nameof(Examples))]
    public void Published_Example_SuppressesSmallCounts(ExampleRow row) =>
        Assert.Equal(row["shown"].Length == 0 ? null : row.Count("shown"), GpServicesRules.Published(row.Count("count"), row.Count("threshold")).Value);

    [Fact]
    public void RollingTwelveMonths_ThreeYears_AreComparedMonthByMonth()
    {
        var year = GpServicesRules.RollingTwelveMonths([.. Figures(), new(Last, AppointmentMode.Unknown, 700), new(Last, AppointmentMode.HomeVisit, 100)], Last).Value;
        // 24 .. 35 sum to 354, 12 .. 23 to 210, 0 .. 11 to 66; and 800 in the last month.
        Assert.Equal(new RollingYear(new YearMonth(2023, 12), Last, 1154, 944, 1088, new CountedShare(454, 1154)), year);
        Assert.Equal(year, GpServicesRules.RollingTwelveMonths([new(Last, AppointmentMode.HomeVisit, 100), new(Last, AppointmentMode.Unknown, 700), .. Figures().Reverse()], Last).Value);
    }

    [Fact]
    public void RollingTwelveMonths_MonthMissingOrTwice_IsRefused()
    {
        Assert.Equal((Codes.Missing, "2021-12"), Refused([.. Figures().Skip(1)]));
        Assert.Equal((Codes.Missing, "2024-11"), Refused([.. Figures().SkipLast(1)]));
        Assert.Equal(Codes.Duplicated, Refused([.. Figures(), Figures().First()]).Code);
    }

    private static IEnumerable<MonthlyAppointments> Figures() => Enumerable.Range(0, 36).Select(i => new MonthlyAppointments(Last.AddMonths(i - 35), AppointmentMode.FaceToFace, i));

    private static (string Code, string Value) Refused(MonthlyAppointments[] figures)
    {
        var fault = Assert.Throws<FaultException>(() => GpServicesRules.RollingTwelveMonths(figures, Last)).Fault;
        return (fault.Code, fault.Value);
    }
}

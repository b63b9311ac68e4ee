using System.Text;
using EdgeHub.Hub.Bookings;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Hub.Bookings;

public sealed class AppointmentReaderTests
{
    private const string Site = "530924100001";

    private const string Whole = """
        {"resourceType":"Appointment","id":"2docs","status":"booked","serviceType":[{"coding":[{"code":"52","display":"General Discussion"}]}],
         "start":"2026-03-02T09:30:00+08:00","end":"2026-03-02T09:50:00+08:00","comment":"kept out",
         "participant":[{"actor":{"reference":"Patient/53092400000001","display":"王芳"}},{"actor":{"reference":"Practitioner/1","display":"Dr Li"}},
                        {"actor":{"reference":"Location/1","display":"Room 3"}}]}
        """;

    private static (IReadOnlyList<BookingRow> Rows, int PassedOver) Read(string json) => AppointmentReader.Read(Encoding.UTF8.GetBytes(json), Site);

    private static string Bundle(params IEnumerable<string> resources) =>
        "{\"resourceType\":\"Bundle\",\"entry\":[" + string.Join(',', resources.Select(each => "{\"resource\":" + each + "}")) + "]}";

    [Fact]
    public void Read_AnAppointment_IsABooking() =>
        Assert.Equal(
            new BookingRow(Site, "2docs", "53092400000001", new DateTimeOffset(2026, 3, 2, 1, 30, 0, TimeSpan.Zero), 20, "Room 3", "General Discussion", "Dr Li", "fhir", false),
            Assert.Single(Read(Whole).Rows));

    [Fact]
    public void Read_IdentifiersAndDuration_AreTakenBeforeReferenceAndEnd()
    {
        var row = Assert.Single(Read(Whole.Replace("\"display\":\"王芳\"", "\"identifier\":{\"value\":\"99092419700517001x\"}", StringComparison.Ordinal)
            .Replace("\"comment\"", "\"minutesDuration\":45,\"comment\"", StringComparison.Ordinal)).Rows);
        Assert.Equal(("99092419700517001X", 45), (row.Person, row.Minutes));
    }

    [Theory]
    [InlineData("booked", false, 0)]
    [InlineData("arrived", false, 0)]
    [InlineData("checked-in", false, 0)]
    [InlineData("pending", false, 0)]
    [InlineData("cancelled", true, 0)]
    [InlineData("entered-in-error", true, 0)]
    [InlineData("noshow", true, 0)]
    [InlineData("proposed", null, 1)]
    [InlineData("waitlist", null, 1)]
    [InlineData("fulfilled", null, 1)]
    public void Read_EachStatus_StandsFallsOrIsCounted(string status, bool? cancelled, int passedOver)
    {
        var (rows, passed) = Read(Bundle(Whole.Replace("\"booked\"", $"\"{status}\"", StringComparison.Ordinal), "{\"resourceType\":\"Patient\",\"id\":\"1\"}"));
        Assert.Equal((cancelled, passedOver), (rows.Count == 0 ? null : rows[0].IsCancelled, passed));
    }

    [Theory]
    [InlineData("\"booked\"", "\"maybe\"", "Appointment.status", Codes.UnknownCode)]
    [InlineData("\"id\":\"2docs\",", "", "Appointment.id", Codes.Missing)]
    [InlineData("Patient/53092400000001", "Group/1", "Appointment.participant.actor", Codes.Missing)]
    [InlineData("2026-03-02T09:30:00+08:00", "tomorrow", "Appointment.start", Codes.BadDate)]
    [InlineData("2026-03-02T09:50:00+08:00", "2026-03-02T09:30:00+08:00", "Appointment.minutesDuration", Codes.BadNumber)]
    [InlineData("\"resourceType\":\"Appointment\"", "\"resourceType\":\"Slot\"", "resourceType", Codes.UnknownCode)]
    public void Read_AWrongValue_IsNamedByItsPlace(string was, string isNow, string field, string code)
    {
        var wrong = Assert.Throws<FaultException>(() => Read(Whole.Replace(was, isNow, StringComparison.Ordinal)));
        Assert.Contains((field, code), wrong.Faults.Select(fault => (fault.Field, fault.Code)));
    }

    [Fact]
    public void Read_TheSameIdTwiceOrNoJson_IsRefused()
    {
        Assert.Equal("entry[1].id", Assert.Single(Assert.Throws<FaultException>(() => Read(Bundle(Whole, Whole))).Faults).Field);
        Assert.Equal(Codes.BadJson, Assert.Throws<FaultException>(() => Read("{\"resourceType\":")).Fault.Code);
        Assert.Equal(Codes.BadJson, Assert.Throws<FaultException>(() => Read(new string('[', 100))).Fault.Code);
        Assert.Equal(Codes.UnknownCode, Assert.Throws<FaultException>(() => Read("[]")).Fault.Code);
    }
}

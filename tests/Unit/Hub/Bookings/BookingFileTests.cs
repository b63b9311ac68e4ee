using System.Text;
using EdgeHub.Hub.Bookings;
using EdgeHub.Hub.Jobs;

namespace EdgeHub.Tests.Unit.Hub.Bookings;

public sealed class BookingFileTests
{
    private const string Heading = "booking,site,person,starts,minutes,room,profession,staff,status\n";

    private static IReadOnlyList<BookingRow> Read(string rows)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(Heading + rows));
        return BookingFile.Read(CsvTable.Read(bytes, "bookings.csv", BookingFile.Columns), "file");
    }

    [Theory]
    [InlineData("2026-03-02T09:30+08:00", "2026-03-02T01:30:00Z")]
    [InlineData("2026-03-02T09:30:00+01:00", "2026-03-02T08:30:00Z")]
    [InlineData("2026-03-02T01:30Z", "2026-03-02T01:30:00Z")]
    public void Read_AnInstantWithItsOffset_IsThatInstant(string starts, string expected)
    {
        var row = Assert.Single(Read($"A1,530924100001,53092400000001,{starts},20,3号诊室,nurse,李护士,\n"));
        Assert.Equal(
            new BookingRow("530924100001", "A1", "53092400000001", DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), 20, "3号诊室", "nurse", "李护士", "file", false), row);
    }

    [Theory]
    [InlineData("A1,530924100001,P1,2026-03-02T09:30,20,,,,", "starts")]
    [InlineData("A1,530924100001,P1,2026-03-02 09:30+08:00,20,,,,", "starts")]
    [InlineData("A1,530924100001,P1,2026-02-30T09:30+08:00,20,,,,", "starts")]
    [InlineData("A1,530924100001,P1,1999-12-31T09:30+08:00,20,,,,", "starts")]
    [InlineData("A1,530924100001,P1,2026-03-02T09:30+08:00,0,,,,", "minutes")]
    [InlineData("A1,530924100001,P1,2026-03-02T09:30+08:00,1441,,,,", "minutes")]
    [InlineData("A1,530924100001,P,2026-03-02T09:30+08:00,20,,,,", "person")]
    [InlineData("A1,,P1,2026-03-02T09:30+08:00,20,,,,", "site")]
    [InlineData(",530924100001,P1,2026-03-02T09:30+08:00,20,,,,", "booking")]
    [InlineData("desk-1,530924100001,P1,2026-03-02T09:30+08:00,20,,,,", "booking")]
    [InlineData("A1,530924100001,P1,2026-03-02T09:30+08:00,20,,,,moved", "status")]
    public void Read_AWrongValue_IsNamedByItsColumn(string row, string column)
    {
        var wrong = Assert.Throws<FileFaultException>(() => Read(row + "\n"));
        Assert.Equal((2, column), (Assert.Single(wrong.Faults).Line, wrong.Faults[0].Column));
    }

    [Fact]
    public void Read_ABookingTwice_IsRefusedAndAnotherSitesIsNot()
    {
        const string row = "A1,530924100001,P1,2026-03-02T09:30+08:00,1440,,,,booked\n";
        Assert.Equal(2, Read(row + row.Replace("100001", "100002", StringComparison.Ordinal)).Count);
        Assert.Equal("booking", Assert.Single(Assert.Throws<FileFaultException>(() => Read(row + row)).Faults).Column);
    }
}

using System.Text;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Operations;
using EdgeHub.Rules.Ids;

namespace EdgeHub.Tests.Unit.Hub;

public sealed class MemberFileTests
{
    private static readonly string[] Villages = ["530924101001", "530924101201", "530924101202"];

    [Fact]
    public void Sample_OfASeed_IsAlwaysTheSameAndRight()
    {
        var first = Rows(7, 3_000);
        Assert.Equal(first.Select(row => string.Join(',', row)), Rows(7, 3_000).Select(row => string.Join(',', row)));
        Assert.NotEqual(first.Select(row => row[1]), Rows(8, 3_000).Select(row => row[1]));
        Assert.All(first, row => Assert.Equal(MemberSample.AreaOfNobody, ChineseId.Parse(row[1], "id").Format()[..6]));

        var read = MemberFile.Read(Table(first));

        Assert.Equal(3_000, read.Count);
        Assert.Equal(Villages, read.Select(member => member.Village).Distinct().Order());
        Assert.All(read, member => Assert.Equal(member.Sex == "1", ChineseId.Parse(member.IdNumber, "id").IsMale));
    }

    [Theory]
    [InlineData("person", "", "person")]
    [InlineData("person", "53-1", "person")]
    [InlineData("id_number", "990924198001010010", "id_number")]
    [InlineData("birth_date", "1980-01-02", "birth_date")]
    [InlineData("birth_date", "02.01.1980", "birth_date")]
    [InlineData("sex", "M", "sex")]
    [InlineData("village", "5309241010", "village")]
    [InlineData("insurance_type", "resident", "insurance_type")]
    [InlineData("cover_last", "2024-12-31", "cover_last")]
    [InlineData("status", "3", "status")]
    [InlineData("account", "-0.01", "account")]
    [InlineData("account", "0.001", "account")]
    [InlineData("account", "100000000.01", "account")]
    public void Read_ValueThatIsNotRight_IsNamedWithItsLine(string column, string value, string named)
    {
        var row = Rows(7, 1)[0];
        row[MemberFile.Columns.ToList().IndexOf(column)] = value;

        var refused = Assert.Throws<FileFaultException>(() => MemberFile.Read(Table([row])));

        Assert.Contains(refused.Faults, fault => fault.Column == named && fault.Line == 2);
    }

    [Theory]
    [InlineData("account", "100000000.00")]
    [InlineData("cover_last", "")]
    [InlineData("cover_last", "2025-01-01")]
    [InlineData("card_number", "")]
    public void Read_ValueAtItsBoundary_IsTaken(string column, string value)
    {
        var row = Rows(7, 1)[0];
        row[MemberFile.Columns.ToList().IndexOf(column)] = value;
        Assert.Single(MemberFile.Read(Table([row])));
    }

    [Fact]
    public void Read_PersonalNumber_IsShownByItsEndOnly()
    {
        var row = Rows(7, 1)[0];
        row[1] = "990924198001010010";
        var refused = Assert.Throws<FileFaultException>(() => MemberFile.Read(Table([row])));
        Assert.DoesNotContain("19800101", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PersonTwice_IsRefused()
    {
        var row = Rows(7, 1)[0];
        Assert.Equal(2, Assert.Throws<FileFaultException>(() => MemberFile.Read(Table([row, row]))).Count);
    }

    [Fact]
    public void Load_SameFileAgain_ChangesNothing()
    {
        using var hub = new TempHub();
        var rows = MemberFile.Read(Table(Rows(7, 50)));
        Assert.Equal((50, 0), MemberFile.Load(hub.Store, rows, whole: false));
        Assert.Equal((0, 0), MemberFile.Load(hub.Store, rows, whole: true));
        Assert.Equal((1, 0), MemberFile.Load(hub.Store, [rows[3] with { AccountMinor = rows[3].AccountMinor + 1 }], whole: false));
        Assert.Equal((0, 49), MemberFile.Load(hub.Store, [rows[3] with { AccountMinor = rows[3].AccountMinor + 1 }], whole: true));
        Assert.Equal(3, hub.Count("select version from feed_version where feed = 'members'"));
    }

    private static string[][] Rows(ulong seed, int count) => [.. new MemberSample(TempHub.Region, Villages, seed).Persons(count).Select(row => row.ToArray())];

    private static CsvTable Table(string[][] rows)
    {
        var text = new StringWriter();
        CsvFile.Write(text, MemberSample.Columns, rows);
        return CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), "members.csv", MemberFile.Columns);
    }
}

using System.Text;
using EdgeHub.Hub.Jobs;

namespace EdgeHub.Tests.Unit.Hub;

public sealed class CsvTableTests
{
    [Fact]
    public void Read_QuotesCommasAndLineEnds_ComeBackAsWritten()
    {
        var text = new StringWriter();
        string[][] rows = [["plain", "with, comma"], ["with \"quotes\"", "two\nlines"], ["", "中文"]];
        CsvFile.Write(text, ["a", "b"], rows);

        var table = Table(text.ToString());

        Assert.Equal(rows, table.Rows.Select(row => row.Cells.ToArray()));
        Assert.Equal([2, 3, 5], table.Rows.Select(row => row.Line));
    }

    [Fact]
    public void Read_ByteOrderMarkAndCrLf_AreNoPartOfTheCells() =>
        Assert.Equal("1", Table("\uFEFFa,b\r\n1,2\r\n").Rows[0]["a"]);

    [Theory]
    [InlineData("a\n1\n", "line 1, b")]
    [InlineData("", "line 1, a")]
    [InlineData("a,a,b\n", "line 1, a")]
    [InlineData("a,b\n1,2\n1,2,3\n", "line 3, line: \"3 cells\"")]
    [InlineData("a,b\n1,\"2\n", "closing double quote")]
    [InlineData("a,b\n1,2\"2\n", "its quotes doubled")]
    [InlineData("a,b\n1,\"2\"2\n", "a comma or the end of the line")]
    public void Read_FileThatIsNotRight_NamesLineAndColumn(string text, string words)
    {
        var refused = Assert.Throws<FileFaultException>(() => Table(text));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CellOverTheLimit_IsRefused()
    {
        Assert.Equal(CsvTable.MaxCell, Table($"a,b\n{new string('x', CsvTable.MaxCell)},2\n").Rows[0]["a"].Length);
        Assert.Throws<FileFaultException>(() => Table($"a,b\n{new string('x', CsvTable.MaxCell + 1)},2\n"));
    }

    [Fact]
    public void Read_BytesThatAreNotUtf8_AreRefused() =>
        Assert.Contains("UTF-8", Assert.Throws<FileFaultException>(() => CsvTable.Read(new MemoryStream([(byte)'a', 0xB0, 0xA1]), "t.csv", [])).Message, StringComparison.Ordinal);

    [Fact]
    public void Faults_BeyondTheListed_AreCounted()
    {
        var faults = new FileFaults("t.csv");
        for (var i = 1; i <= 150; i++)
        {
            faults.Add(i, "a", "x", "y");
        }
        var refused = Assert.Throws<FileFaultException>(faults.ThrowIfAny);
        Assert.Equal((100, 150), (refused.Faults.Count, refused.Count));
        Assert.EndsWith("… and 50 more.", refused.Message, StringComparison.Ordinal);
    }

    private static CsvTable Table(string text) => CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv", ["a", "b"]);
}

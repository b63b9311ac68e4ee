using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class CsvTextTests
{
    [Fact]
    public void Parse_QuotesCommasAndLineEnds_AreKept()
    {
        var table = CsvText.Parse("t.csv", "a,b\n\"x, \"\"y\"\"\",\"1\n2\"\r\n,\"\"\n");
        Assert.Equal(["a", "b"], table.Columns);
        Assert.Equal("x, \"y\"", table.Rows[0]["a"]);
        Assert.Equal("1\n2", table.Rows[0]["b"]);
        Assert.Equal(["", ""], [table.Rows[1]["a"], table.Rows[1]["b"]]);
        Assert.Equal([2, 4], table.Rows.Select(row => row.Line));
    }

    [Theory]
    [InlineData("\uFEFFa\n1", 1)]
    [InlineData("a\n1\n", 1)]
    [InlineData("a", 0)]
    [InlineData("a\n", 0)]
    [InlineData("a\r\n1\r\n2", 2)]
    [InlineData("a\n\n", 1)]
    public void Parse_Endings_GiveTheRows(string text, int rows) => Assert.Equal(rows, CsvText.Parse("t.csv", text, "a").Rows.Count);

    [Theory]
    [InlineData("", Codes.Missing, "t.csv")]
    [InlineData("a,a\n", Codes.Duplicated, "t.csv line 1")]
    [InlineData("b\n", Codes.Missing, "t.csv line 1")]
    [InlineData("a,b\n1\n", Codes.BadLength, "t.csv line 2")]
    [InlineData("a,b\n1,2\n\n", Codes.BadLength, "t.csv line 3")]
    [InlineData("a,b\n1,2,3\n", Codes.BadLength, "t.csv line 2")]
    [InlineData("a,b\n1,x\"y\n", Codes.BadCharacter, "t.csv line 2 column 2")]
    [InlineData("a,b\n1,\"x\"y\n", Codes.BadCharacter, "t.csv line 2 column 3")]
    [InlineData("a,b\n\"x\n\n,2\n", Codes.BadCharacter, "t.csv line 2 column 1")]
    [InlineData("a,b\n1\r,2\n", Codes.BadCharacter, "t.csv line 2 column 2")]
    [InlineData("a,b\n1\0,2\n", Codes.BadCharacter, "t.csv line 2 column 1")]
    public void Parse_FaultyText_IsRefusedWithItsPlace(string text, string code, string field)
    {
        var fault = Assert.Throws<FaultException>(() => CsvText.Parse("t.csv", text, "a")).Fault;
        Assert.Equal((code, field), (fault.Code, fault.Field));
    }

    [Fact]
    public void Parse_BeyondTheBounds_IsRefused()
    {
        Refused(Codes.TooLong, "a\n" + new string('x', CsvText.MaxFieldCharacters + 1));
        Refused(Codes.TooLong, "a\n\"" + new string('x', CsvText.MaxFieldCharacters + 1) + "\"");
        Refused(Codes.TooLong, new string('x', CsvText.MaxCharacters + 1));
        Refused(Codes.TooMany, "a\n" + string.Concat(Enumerable.Repeat("1\n", CsvText.MaxRows + 1)));
        Refused(Codes.TooMany, string.Join(',', Enumerable.Range(0, CsvText.MaxColumns + 1)));
        Assert.Equal(CsvText.MaxRows, CsvText.Parse("t", "a\n" + string.Concat(Enumerable.Repeat("1\n", CsvText.MaxRows))).Rows.Count);
        Assert.Equal(CsvText.MaxFieldCharacters, CsvText.Parse("t", "a\n" + new string('x', CsvText.MaxFieldCharacters)).Rows[0]["a"].Length);

        static void Refused(string code, string text) =>
            Assert.Equal(code, Assert.Throws<FaultException>(() => CsvText.Parse("t.csv", text)).Fault.Code);
    }

    [Fact]
    public void Row_TypedFields_SayPlaceAndValue()
    {
        var row = CsvText.Parse("t.csv", "day,end,n,name\n2025-02-29,,12,\n").Rows[0];
        Assert.Null(row.DayOrOpen("end"));
        Assert.Equal(12, row.Whole("n", 0, 12));
        AssertFault(Codes.BadDate, "t.csv line 2 day", () => row.Day("day"));
        AssertFault(Codes.BadNumber, "t.csv line 2 n", () => row.Whole("n", 0, 11));
        AssertFault(Codes.Missing, "t.csv line 2 name", () => row.Needed("name"));
        Assert.Throws<ArgumentException>(() => row["other"]);

        static void AssertFault(string code, string field, Func<object> read)
        {
            var fault = Assert.Throws<FaultException>(read).Fault;
            Assert.Equal((code, field), (fault.Code, fault.Field));
        }
    }

    [Fact]
    public void Embedded_UnknownTable_Throws() =>
        Assert.Throws<InvalidOperationException>(() => CsvText.Embedded(typeof(Texts).Assembly, "None.csv"));
}

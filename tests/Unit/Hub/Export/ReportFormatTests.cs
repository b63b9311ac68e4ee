using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using EdgeHub.Hub.Export;

namespace EdgeHub.Tests.Unit.Hub.Export;

public sealed class ReportFormatTests
{
    private static readonly ReportTable Table = ReportTable.WithTotals(
        "settlement", "月结算", [("region", "530924")],
        [new("institution", "机构", CellKind.Text), new("visits", "人次", CellKind.Count), new("fund", "统筹 pool", CellKind.Amount)],
        [["凤尾镇卫生院", 2L, 3005L], ["=cmd|' /C calc'!A0", 1L, -5L]], []);

    [Fact]
    public void Totals_AreTheSumsOfTheRows() => Assert.Equal(["合计 total", 3L, 3000L], Table.Totals!);

    [Fact]
    public void Csv_TextThatLooksLikeAFormula_IsGuardedAndNumbersAreNot()
    {
        var bytes = Written("csv");

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal("机构,人次,统筹 pool\r\n凤尾镇卫生院,2,30.05\r\n'=cmd|' /C calc'!A0,1,-0.05\r\n合计 total,3,30.00\r\n", Encoding.UTF8.GetString(bytes[3..]));
    }

    [Theory]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("x=1", "x=1")]
    [InlineData("", "")]
    public void Csv_Guarded(string text, string expected) => Assert.Equal(expected, CsvReport.Guarded(text));

    [Fact]
    public void Table_ChineseText_TakesTwoColumnsPerCharacter()
    {
        var lines = Encoding.UTF8.GetString(Written("table")).Split('\n');
        var body = lines.Where(line => line.Contains("30.", StringComparison.Ordinal) || line.Contains("-0.05", StringComparison.Ordinal)).ToList();

        Assert.Equal(3, body.Count);
        Assert.Single(body.Select(TextReport.Width).Distinct());
        Assert.Equal(6, TextReport.Width("凤尾a、") - 1);
    }

    [Fact]
    public void Json_Amounts_AreMinorUnits()
    {
        using var json = JsonDocument.Parse(Written("json"));

        Assert.Equal(3005, json.RootElement.GetProperty("rows")[0].GetProperty("fund").GetInt64());
        Assert.Equal(3000, json.RootElement.GetProperty("totals").GetProperty("fund").GetInt64());
        Assert.Equal("530924", json.RootElement.GetProperty("region").GetString());
    }

    [Fact]
    public void Xlsx_IsAValidWorkbook()
    {
        using var stream = new MemoryStream(Written("xlsx"));
        using var workbook = SpreadsheetDocument.Open(stream, false);

        var faults = new OpenXmlValidator().Validate(workbook).Select(fault => $"{fault.Path?.XPath}: {fault.Description}").ToList();

        Assert.Empty(faults);
        var sheet = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet;
        Assert.Equal(4, sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Row>().Count());
        Assert.Contains("凤尾镇卫生院", sheet.InnerText, StringComparison.Ordinal);
        Assert.Contains("30.05", sheet.InnerText, StringComparison.Ordinal);
    }

    private static byte[] Written(string format)
    {
        using var stream = new MemoryStream();
        ReportOutput.Write(Table, format, stream);
        return stream.ToArray();
    }
}

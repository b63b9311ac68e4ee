using System.Security.Cryptography;
using System.Text;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

public sealed class PolicyBookReaderTests
{
    private const string Village = "530924,390,11,no,0,,,,,,,,none,,0.6,30.00,";
    private const string Township = "530924,390,11,no,1,,,,,,,,year,60.00,0.5,,2000.00";

    [Fact]
    public void Read_TwoRows_GivesThemWithTheirNumbers()
    {
        var text = BookText.Of(Village, Township);
        var book = BookText.Loaded(text);

        Assert.Equal(
            [
                new PolicyRow(1, new PolicyKey("530924", "390", "11", false, 0, null, null, null, null, null, DateRange.Year(2025)),
                    DeductibleMode.None, Money.Fen(0), new Rate(0.6m), Money.Fen(3000), null),
                new PolicyRow(2, new PolicyKey("530924", "390", "11", false, 1, null, null, null, null, null, DateRange.Year(2025)),
                    DeductibleMode.Year, Money.Fen(6000), new Rate(0.5m), null, Money.Fen(200_000)),
            ],
            book.Rows);
        Assert.Equal(("test", 1, "530924", "sample", new DateOnly(2024, 12, 20)), (book.Reference.Id, book.Reference.Version, book.Region, book.Source, book.KnownFrom));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), book.Reference.Hash);
    }

    [Fact]
    public void Read_RowsAsOneText_IsTheSame()
    {
        var asText = BookText.Of(Village).Replace($"[\"{BookText.Header}\",\"{Village}\"]", $"\"{BookText.Header}\\n{Village}\\n\"");
        Assert.Equal(BookText.Loaded(BookText.Of(Village)).Rows, BookText.Loaded(asText).Rows);
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSameBook()
    {
        var book = BookText.Loaded(BookText.With("""[{"pooling_area":"530924","insurance_type":"390","visit_type":"11","out_of_area":"no","level":"0","age_from":"3"}]""",
            Village, Township, "530924,390,14,yes,,village_clinic,adult,3,60,M01,2025-02-01,2025-05-31,visit,0.01,0.123456,0.00,1.00"));
        var again = BookText.Loaded(PolicyBookWriter.Write(book));

        Assert.Equal(book.Rows, again.Rows);
        Assert.Equal(book.Covers, again.Covers);
        Assert.Equal(book with { Rows = [], Covers = [], Reference = again.Reference }, again with { Rows = [], Covers = [] });
    }

    /// <summary>column, value in an otherwise good row, code.</summary>
    [Theory]
    [InlineData(0, "", Codes.Missing, "rows[1].pooling_area")]
    [InlineData(1, "3 90", Codes.BadCharacter, "rows[1].insurance_type")]
    [InlineData(1, "12345678901234567890123456789012345678901", Codes.TooLong, "rows[1].insurance_type")]
    [InlineData(3, "maybe", Codes.UnknownCode, "rows[1].out_of_area")]
    [InlineData(4, "4", Codes.BadNumber, "rows[1].level")]
    [InlineData(4, "-1", Codes.BadNumber, "rows[1].level")]
    [InlineData(7, "151", Codes.BadNumber, "rows[1].age_from")]
    [InlineData(8, "0", Codes.BadNumber, "rows[1].age_to")]
    [InlineData(10, "2024-12-31", Codes.BadDate, "rows[1].first")]
    [InlineData(10, "2025-02-29", Codes.BadDate, "rows[1].first")]
    [InlineData(11, "2026-01-01", Codes.BadDate, "rows[1].last")]
    [InlineData(12, "week", Codes.UnknownCode, "rows[1].deductible_mode")]
    [InlineData(12, "visit", Codes.BadAmount, "rows[1].deductible")]
    [InlineData(13, "0.01", Codes.BadAmount, "rows[1].deductible")]
    [InlineData(14, "1.01", Codes.BadRate, "rows[1].fund_rate")]
    [InlineData(14, "", Codes.BadRate, "rows[1].fund_rate")]
    [InlineData(14, "60%", Codes.BadRate, "rows[1].fund_rate")]
    [InlineData(14, "0.1234567", Codes.BadRate, "rows[1].fund_rate")]
    [InlineData(15, "-0.01", Codes.BadAmount, "rows[1].daily_cap")]
    [InlineData(16, "10.001", Codes.BadAmount, "rows[1].annual_cap")]
    [InlineData(16, "99999999999999", Codes.BadAmount, "rows[1].annual_cap")]
    public void Read_BadCell_IsNamedByRowAndColumn(int column, string value, string code, string field)
    {
        var cells = Village.Split(',');
        cells[column] = value;
        var fault = Assert.Single(BookText.Refused(BookText.Of(string.Join(',', cells))).Faults);
        Assert.Equal((code, field), (fault.Code, fault.Field));
        Assert.Equal(field.EndsWith("deductible", StringComparison.Ordinal) && column == 12 ? "" : value, fault.Value);
        Assert.NotEmpty(fault.Expected);
    }

    [Fact]
    public void Read_SeveralBadCells_AllAreNamed() => Assert.Equal(
        ["rows[1].level", "rows[2].fund_rate"],
        BookText.Refused(BookText.Of(Village.Replace("no,0", "no,9"), Township.Replace("0.5", "5"))).Faults.Select(fault => fault.Field));

    [Theory]
    [InlineData("\"id\":\"test\"", "\"id\":\"a/b\"", Codes.BadCharacter)]
    [InlineData("\"version\":1", "\"version\":0", Codes.BadNumber)]
    [InlineData("\"version\":1", "\"version\":1.5", Codes.BadNumber)]
    [InlineData("\"currency\":\"CNY\"", "\"currency\":\"USD\"", Codes.UnknownCurrency)]
    [InlineData("\"first\":\"2025-01-01\"", "\"first\":\"2026-01-01\"", Codes.BadDate)]
    [InlineData("\"knownFrom\":\"2024-12-20\"", "\"knownFrom\":\"20.12.2024\"", Codes.BadDate)]
    [InlineData("\"source\":\"sample\"", "\"source\":\"\"", Codes.Missing)]
    [InlineData("\"source\":\"sample\"", "\"source\":\"sample\",\"dailycap\":1", Codes.UnknownCode)]
    [InlineData("\"id\":\"test\"", "\"id\":\"test\",\"id\":\"other\"", Codes.BadJson)]
    [InlineData("\"covers\":[]", "\"covers\":{}", Codes.BadJson)]
    [InlineData("\"covers\":[]", "\"covers\":[{\"pooling_area\":\"530924\",\"lvl\":\"0\"}]", Codes.UnknownCode)]
    [InlineData("daily_cap,", "dailycap,", Codes.Missing)]
    [InlineData("annual_cap\"", "annual_cap,cap\"", Codes.BadLength)]
    public void Read_BadEnvelope_IsRefusedByCode(string right, string wrong, string code)
    {
        var text = BookText.Of(Village);
        Assert.Contains(right, text);
        Assert.Equal(code, BookText.Refused(text.Replace(right, wrong)).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"a\":[[[[[[1]]]]]]}")]
    public void Read_NoBook_IsRefused(string text) => Assert.Equal(Codes.BadJson, BookText.Refused(text).Code);

    [Fact]
    public void Read_ByteOrderMark_IsRefused() => Assert.Equal(
        Codes.BadCharacter, Assert.IsType<PolicyBookReading.Refused>(PolicyBookReader.Read(Encoding.UTF8.GetBytes("\uFEFF" + BookText.Of(Village)))).Code);

    [Fact]
    public void Read_TooLong_IsRefusedBeforeItIsParsed() => Assert.Equal(
        Codes.TooLong, Assert.IsType<PolicyBookReading.Refused>(PolicyBookReader.Read(new byte[PolicyBookReader.MaxBytes + 1])).Code);

    [Fact]
    public void Read_NoRows_IsRefused() => Assert.Equal(Codes.Missing, BookText.Refused(BookText.Of("").Replace(",\"\"]", "]")).Code);

    [Fact]
    public void Read_MoreRowsThanAllowed_IsRefused()
    {
        var rows = Enumerable.Range(0, PolicyBookReader.MaxRows + 1).Select(i => Village.Replace("530924", $"{i}")).ToArray();
        Assert.Equal(Codes.TooMany, BookText.Refused(BookText.Of(rows)).Code);
        Assert.Equal(PolicyBookReader.MaxRows, BookText.Loaded(BookText.Of(rows[..^1])).Rows.Count);
    }
}

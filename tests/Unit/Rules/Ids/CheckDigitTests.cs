using EdgeHub.Rules;
using EdgeHub.Rules.Ids;

namespace EdgeHub.Tests.Unit.Rules.Ids;

/// <summary>The worked examples of the check digits and the boundaries of each id, as the table beside this file.</summary>
public sealed class CheckDigitTests
{
    internal static readonly DateOnly On = new(2025, 3, 12);

    public static TheoryData<string, string, string, string, string> Rows()
    {
        var data = new TheoryData<string, string, string, string, string>();
        foreach (var row in CsvText.Embedded(typeof(CheckDigitTests).Assembly, "Rules/Ids/CheckDigitTests.csv").Rows)
        {
            data.Add(row["kind"], row["text"], row["right"], row["code"], row["note"]);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Parse_EachRow_GivesTheIdOrTheFault(string kind, string text, string right, string code, string note)
    {
        Assert.NotEmpty(note);
        var (stored, fault) = Read(kind, text);
        Assert.Equal((right, code), (stored ?? "", fault?.Code ?? ""));
        if (fault is not null)
        {
            Assert.Equal(("number", text), (fault.Field, fault.Value));
            Assert.Contains(fault.Expected, Expectations.Phrases);
        }
    }

    [Fact]
    public void Parse_OldNumberOf15Digits_SaysWhatWouldBeRight()
    {
        var fault = Assert.Throws<FaultException>(() => ChineseId.Parse("340524800101001", "idNumber")).Fault;
        Assert.Equal("the 18 characters on the present identity card; the old number of 15 digits has no check digit", fault.Expected);
    }

    [Fact]
    public void ChineseId_Parts_AreWhatTheNumberHolds()
    {
        var id = ChineseId.Parse("350627199711275419", "idNumber");
        Assert.Equal(("350627", "35", new DateOnly(1997, 11, 27), true), (id.Area.Format(), id.Area.Province, id.Birth, id.IsMale));
        Assert.False(ChineseId.Of(AreaCode.Sample, new DateOnly(1950, 1, 1), 0).IsMale);
    }

    [Fact]
    public void InstitutionCode_Area_IsFoundInEachForm()
    {
        Assert.Equal("530924", InstitutionCode.Parse("530924100001", "site").Area?.Format());
        Assert.Equal("530924", InstitutionCode.Parse("H53092400123", "site").Area?.Format());
        Assert.Equal("530924", InstitutionCode.Parse("5309241000012", "site").Area?.Format());
        Assert.Null(InstitutionCode.Parse("HX3092400123", "site").Area);
    }

    [Theory]
    [InlineData("191212121212", "2011-12-31", "121212-1212")]
    [InlineData("191212121212", "2012-01-01", "121212+1212")]
    public void Personnummer_Short_HasPlusFromTheYearOfTheHundredthBirthday(string text, string on, string expected) =>
        Assert.Equal(expected, Personnummer.Parse(text, DateOnly.Parse(on), "id").Short(DateOnly.Parse(on)));

    [Theory]
    [InlineData("121212-1212", "2011-12-31", "191212121212")]
    [InlineData("121212+1212", "2012-01-01", "191212121212")]
    [InlineData("121212-1212", "2012-12-12", "201212121212")]
    [InlineData("121212-1212", "2012-12-11", null)]
    [InlineData("121212+1212", "2011-12-31", "181212121212")]
    [InlineData("1212121212", "2012-12-11", "191212121212")]
    [InlineData("1212121212", "2012-12-12", null)]
    [InlineData("1212121212", "2037-12-31", null)]
    [InlineData("1212121212", "2038-01-01", "201212121212")]
    [InlineData("201212121212", "2012-12-11", null)]
    public void Personnummer_Century_HangsOnTheReferenceDay(string text, string on, string? expected)
    {
        var found = Personnummer.TryParse(text, DateOnly.Parse(on), "id", out var id, out var fault);
        Assert.Equal(expected, found ? id.Format() : null);
        Assert.Equal(expected is null ? Codes.BadDate : null, fault?.Code);
    }

    [Fact]
    public void ToString_OfAPersonalNumber_IsMasked()
    {
        Assert.Equal("***", $"{ChineseId.Parse("34052419800101001X", "id")}");
        Assert.Equal("***", $"{Personnummer.Parse("800101-8129", On, "id")}");
        Assert.Equal("***", $"{NhsNumber.Parse("9434765870", "id")}");
        Assert.Equal("***", $"{PersonNo.Parse("1", "id")}");
        Assert.Equal("943 476 5870", NhsNumber.Parse("9434765870", "id").Format());
    }

    [Theory]
    [InlineData("ChineseId", "23023019950212522X")]
    [InlineData("Personnummer", "880320-0018")]
    [InlineData("NhsNumber", "9434765871")]
    [InlineData("PersonNo", "53-0900000")]
    public void Fault_OfAPersonalNumber_IsNotWrittenOut(string kind, string text) =>
        Assert.DoesNotContain(text[..^4], Read(kind, text).Fault!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Of_OutOfBounds_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ChineseId.Of(AreaCode.Sample, On, 1_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChineseId.Of(AreaCode.Sample, On, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChineseId.Of(AreaCode.Sample, new DateOnly(1849, 12, 31), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Personnummer.Of(On, 1_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => NhsNumber.Of(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NhsNumber.Of(1_000_000_000));
        Assert.Throws<FaultException>(() => UnifiedSocialCreditCode.Of("9111000060003734"));
        Assert.Throws<FaultException>(() => UnifiedSocialCreditCode.Of("9111000060003734I"));
    }

    [Fact]
    public void NhsNumber_CheckOfTen_HasNoNumber() => Assert.Null(NhsNumber.Of(999_000_000));

    /// <summary>One door to the Parse of every id, for tables and properties: the stored text, or the fault.</summary>
    internal static (string? Stored, Fault? Fault) Read(string kind, string? text)
    {
        Fault? fault;
        return kind switch
        {
            "ChineseId" => (ChineseId.TryParse(text, "number", out var id, out fault) ? id.Format() : null, fault),
            "UnifiedSocialCreditCode" => (UnifiedSocialCreditCode.TryParse(text, "number", out var id, out fault) ? id.Format() : null, fault),
            "Personnummer" => (Personnummer.TryParse(text, On, "number", out var id, out fault) ? id.Format() : null, fault),
            "NhsNumber" => (NhsNumber.TryParse(text, "number", out var id, out fault) ? id.Digits : null, fault),
            "InstitutionCode" => (InstitutionCode.TryParse(text, "number", out var id, out fault) ? id.Format() : null, fault),
            "AreaCode" => (AreaCode.TryParse(text, "number", out var id, out fault) ? id.Format() : null, fault),
            "PersonNo" => (PersonNo.TryParse(text, "number", out var id, out fault) ? id.Format() : null, fault),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of id."),
        };
    }
}

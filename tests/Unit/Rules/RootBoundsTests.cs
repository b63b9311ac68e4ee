using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Rules;

/// <summary>The ends of what the root's values take: a limit itself is taken, one more is refused, and what is refused says so.</summary>
public sealed class RootBoundsTests
{
    [Fact]
    public void Money_EqualAmounts_AreNeitherMoreNorLess() =>
        Assert.True(Money.Fen(5) <= Money.Fen(5) && Money.Fen(5) >= Money.Fen(5) && !(Money.Fen(5) < Money.Fen(5)) && !(Money.Fen(5) > Money.Fen(5)));

    [Fact]
    public void Money_TextOfTheLongestLength_IsRead()
    {
        var longest = new string('0', 28) + "1.00";
        Assert.Equal(Money.Fen(100), Money.Parse(longest, Currency.Cny));
        Assert.Throws<FaultException>(() => Money.Parse("0" + longest, Currency.Cny));
    }

    [Fact]
    public void Fraction_OutOfBounds_IsRefusedByName()
    {
        Assert.Contains("7 of zero", Assert.Throws<DivideByZeroException>(() => new Fraction(7, 0)).Message, StringComparison.Ordinal);
        Assert.Equal("decimals", Assert.Throws<ArgumentOutOfRangeException>(() => Fraction.One.Rounded(-1)).ParamName);
        Assert.Equal("decimals", Assert.Throws<ArgumentOutOfRangeException>(() => Fraction.One.Rounded(29)).ParamName);
        Assert.Equal(1, Fraction.Zero.CompareTo(null));
    }

    /// <summary>(1/3 + 1/3 + 1) / 3 = 5/9: equal values are counted as often as they come.</summary>
    [Fact]
    public void Fraction_MeanOfEqualValues_CountsEach() => Assert.Equal(new Fraction(5, 9), Fraction.Mean([new Fraction(1, 3), new Fraction(1, 3), Fraction.One]));

    [Theory]
    [InlineData("12345678", "***")]
    [InlineData("123456789", "***6789")]
    public void Fault_PersonalValue_ShowsFourCharactersOfNineOrMore(string value, string shown) =>
        Assert.Equal(shown, new Fault(Codes.NotFound, "person", value, "") { Personal = true }.ShownValue);

    [Fact]
    public void Fault_ValueOfTheLongestLength_IsShownWhole()
    {
        var value = new string('9', Fault.MaxShownCharacters);
        Assert.Equal((value, value + "…"), (new Fault("c", "f", value, "").ShownValue, new Fault("c", "f", value + "1", "").ShownValue));
        Assert.Equal("faults", Assert.Throws<ArgumentException>(() => new FaultException([])).ParamName);
    }

    [Theory]
    [InlineData("x;q=0.5, sv;q=1", "sv-SE")]
    [InlineData("en;q=1.0, sv;q=0.9", "en-GB")]
    [InlineData(" , ,sv , ", "sv-SE")]
    [InlineData("sv;q=1.1, en;q=0.1", "en-GB")]
    public void Languages_Weights_AreReadUpToOne(string header, string language) => Assert.Equal(language, Languages.Accepted(header));

    [Fact]
    public void Csv_Bounds_AreTakenAndOneMoreIsRefused()
    {
        var columns = string.Join(',', Enumerable.Range(0, CsvText.MaxColumns).Select(i => $"c{i}"));
        Assert.Empty(CsvText.Parse("t", columns + "\n").Rows);
        var fault = Assert.Throws<FaultException>(() => CsvText.Parse("t", columns + ",more\n")).Fault;
        Assert.Equal((Codes.TooMany, $"{CsvText.MaxColumns + 1}"), (fault.Code, fault.Value));
        var widest = new string('x', CsvText.MaxFieldCharacters);
        Assert.Equal(widest, CsvText.Parse("t", $"a\n\"{widest}\"\n").Rows[0]["a"]);
        Assert.Equal(Codes.TooLong, Assert.Throws<FaultException>(() => CsvText.Parse("t", $"a\n\"{widest}x\"\n")).Fault.Code);
        Assert.Equal(Codes.BadCharacter, Assert.Throws<FaultException>(() => CsvText.Parse("t", "a\n\"x\0y\"\n")).Fault.Code);
        Assert.Equal("text", Assert.Throws<ArgumentNullException>(() => CsvText.Parse("t", null!)).ParamName);
        Assert.Equal(Codes.TooLong, Assert.Throws<FaultException>(() => CsvText.Parse("t", new string('x', CsvText.MaxCharacters + 1))).Fault.Code);
        Assert.Equal(3, CsvText.Parse("t", "a\n3\n").Rows[0].Whole("a", 3, 3));
    }

    [Fact]
    public void Parameters_LastDayOnTheFirst_HoldsThatDay()
    {
        const string Header = "key,value,unit,first day,last day,known from,article,checked on,note\n";
        var book = SchemeParameters.Parse("p", Header + "a.b,1,count,2025-01-01,2025-01-01,2025-01-01,Z1,2025-01-01,\n");
        Assert.Equal(1, book.On(new DateOnly(2025, 1, 1), new DateOnly(2025, 1, 1)).Whole("a.b"));
        Assert.Equal(Codes.BadDate, Assert.Throws<FaultException>(() => SchemeParameters.Parse("p", Header + "a.b,1,count,2025-01-02,2025-01-01,2025-01-01,Z1,2025-01-01,\n")).Fault.Code);
    }

    [Fact]
    public void Expectations_PhraseOfNobody_IsNotKnown()
    {
        Assert.False(Expectations.Knows("a phrase that nobody wrote a row for"));
        Assert.True(Expectations.Knows("a whole number from 3 to 4"));
    }
}

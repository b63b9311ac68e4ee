using System.Reflection;
using System.Text.RegularExpressions;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class TextsTests
{
    private static readonly string[] AllCodes =
        [.. typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void Codes_Each_IsWrittenAsItsName() => Assert.All(
        typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static), field => Assert.Equal(field.Name, field.GetRawConstantValue()));

    [Fact]
    public void Texts_Rows_AreTheCodesExactly() => Assert.Equal(AllCodes.Order(), Texts.All.Keys.Order());

    [Fact]
    public void Say_EveryCodeAndLanguage_LeavesNoPlaceholderAndSaysSomething()
    {
        var fault = new Fault("", "FIELD", "VALUE", "EXPECTED");
        foreach (var (code, language) in AllCodes.SelectMany(code => Languages.All.Select(language => (code, language))))
        {
            var said = Texts.For(code).Say(language, fault);
            Assert.DoesNotContain('{', said);
            Assert.DoesNotContain('}', said);
            Assert.True(said.Length > 5, $"{code} {language}: {said}");
            Assert.True(Texts.For(code).StaffMay(language).Length >= 4, $"{code} {language}");
            Assert.DoesNotContain('{', Texts.For(code).StaffMay(language));
        }
    }

    /// <summary>A value named in one language and hidden in another would be a slip of the pen.</summary>
    [Fact]
    public void Say_EveryCode_UsesTheSamePlaceholdersInEachLanguage()
    {
        foreach (var code in AllCodes)
        {
            var used = Languages.All.Select(language => string.Join(' ', Placeholders(Texts.For(code), language))).Distinct().ToArray();
            Assert.True(used.Length == 1, $"{code}: {string.Join(" | ", used)}");
        }
    }

    [Fact]
    public void Say_EveryCode_IsWrittenInItsLanguage()
    {
        var fault = new Fault("", "", "", "");
        foreach (var code in AllCodes)
        {
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", Texts.For(code).Say(Languages.Chinese, fault));
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", Texts.For(code).StaffMay(Languages.Chinese));
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", Texts.For(code).Say(Languages.Swedish, fault));
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", Texts.For(code).Say(Languages.English, fault));
            Assert.NotEqual(Texts.For(code).Say(Languages.Swedish, fault), Texts.For(code).Say(Languages.English, fault));
        }
    }

    [Fact]
    public void Say_ValueThatLooksLikeAPlaceholder_IsShownAsGiven() => Assert.Contains(
        "\"{expected}\"", Texts.For(Codes.NotFound).Say(Languages.English, new Fault(Codes.NotFound, "visit", "{expected}", "x")), StringComparison.Ordinal);

    [Fact]
    public void Say_PersonalValue_ShowsTheLastFourOnly()
    {
        var fault = new Fault(Codes.BadCheckDigit, "idNumber", "340524198001010011", "x") { Personal = true };
        var said = Texts.For(fault.Code).Say(Languages.English, fault);
        Assert.Contains("***0011", said, StringComparison.Ordinal);
        Assert.DoesNotContain("19800101", said, StringComparison.Ordinal);
        Assert.DoesNotContain("19800101", new FaultException(fault).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Say_LongValue_ShowsItsBeginning()
    {
        var said = Texts.For(Codes.NotFound).Say(Languages.English, new Fault(Codes.NotFound, "visit", new string('9', 10_000), ""));
        Assert.True(said.Length < 200);
    }

    [Fact]
    public void Say_Expectation_IsInTheLanguageAsked()
    {
        var fault = Assert.Throws<FaultException>(() => Money.Parse("1.234", Currency.Cny)).Fault;
        Assert.Contains("最多两位小数的金额", Texts.For(fault.Code).Say(Languages.Chinese, fault), StringComparison.Ordinal);
        Assert.Contains("ett belopp med högst två decimaler", Texts.For(fault.Code).Say(Languages.Swedish, fault), StringComparison.Ordinal);
        Assert.Contains("an amount with at most two decimals", Texts.For(fault.Code).Say(Languages.English, fault), StringComparison.Ordinal);
    }

    [Fact]
    public void For_UnknownCode_Throws() => Assert.Throws<ArgumentException>(() => Texts.For("NoSuchCode"));

    [Theory]
    [InlineData(Codes.OfflineAmountPerDay, Retry.Later)]
    [InlineData(Codes.OfflineAccountPerDay, Retry.Later)]
    [InlineData(Codes.QuoteChanged, Retry.Yes)]
    [InlineData(Codes.Busy, Retry.Yes)]
    [InlineData(Codes.Blacklisted, Retry.No)]
    public void Retry_IsWhatTheTableSays(string code, Retry expected) => Assert.Equal(expected, Texts.For(code).Retry);

    [Theory]
    [InlineData(null, Languages.Chinese)]
    [InlineData("", Languages.Chinese)]
    [InlineData("*", Languages.Chinese)]
    [InlineData("de-DE, fr", Languages.Chinese)]
    [InlineData("sv", Languages.Swedish)]
    [InlineData("sv-FI;q=0.8, en;q=0.9", Languages.English)]
    [InlineData("en-US,en;q=0.9,sv;q=0.9", Languages.English)]
    [InlineData("zh-Hans-CN", Languages.Chinese)]
    [InlineData("EN-gb", Languages.English)]
    [InlineData("en;q=0, sv;q=0.1", Languages.Swedish)]
    [InlineData("en;q=2, sv;q=abc", Languages.Chinese)]
    [InlineData(";;,,;q=,en;", Languages.Chinese)]
    public void Accepted_Header_GivesTheLanguage(string? header, string expected) => Assert.Equal(expected, Languages.Accepted(header));

    private static IEnumerable<string> Placeholders(CodeText text, string language)
    {
        var marked = text.Say(language, new Fault("", "<field>", "<value>", "<expected>"));
        return Regex.Matches(marked, "<(field|value|expected)>").Select(match => match.Groups[1].Value).Distinct().Order();
    }
}

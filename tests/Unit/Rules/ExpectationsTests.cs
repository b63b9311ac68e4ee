using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class ExpectationsTests
{
    [Theory]
    [InlineData("A, B or C", "A、B 或 C", "A, B eller C")]
    [InlineData("at most 50 fee lines", "最多 50 条费用明细", "högst 50 rader")]
    [InlineData("a whole number from -5 to 12", "-5 至 12 的整数", "ett heltal från -5 till 12")]
    [InlineData("within 0.01 of 1.5 x 2 = 3.00", "与 1.5 × 2 = 3.00 相差不超过 0.01", "högst 0,01 från 1.5 x 2 = 3.00")]
    [InlineData("a share from 0 to 1, or a day on which the parameter reserve holds", "0 到 1 之间的比例，或改用参数 reserve 有效的日期", "en andel från 0 till 1, eller en dag då parametern reserve gäller")]
    [InlineData("30 d", "30 天", "30 dygn")]
    [InlineData("500.00 CNY", "500.00 CNY", "500.00 CNY")]
    [InlineData("", "", "")]
    [InlineData("at most ", "at most ", "at most ")]
    [InlineData("at most {0} rows", "最多 {0} 行", "högst {0} rader")]
    public void In_Phrase_IsInTheLanguageOrAsItIs(string english, string chinese, string swedish)
    {
        Assert.Equal(english, Expectations.In(Languages.English, english));
        Assert.Equal(chinese, Expectations.In(Languages.Chinese, english));
        Assert.Equal(swedish, Expectations.In(Languages.Swedish, english));
    }

    [Fact]
    public void In_EveryPhrase_IsTranslatedWithItsPlaceholders()
    {
        foreach (var phrase in Expectations.Phrases)
        {
            var filled = phrase.Replace('{', '<').Replace('}', '>');
            Assert.True(Expectations.Knows(filled), phrase);
            foreach (var language in new[] { Languages.Chinese, Languages.Swedish })
            {
                var said = Expectations.In(language, filled);
                Assert.DoesNotContain('{', said);
                Assert.Equal(filled.Count(c => c == '<'), said.Count(c => c == '<'));
            }
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}|^[A-Z]、", Expectations.In(Languages.Chinese, filled));
        }
    }

    [Fact]
    public void In_VeryLongText_IsShownAsItIs()
    {
        var text = "at most " + new string('9', 1_000_000);
        Assert.Same(text, Expectations.In(Languages.Chinese, text));
        Assert.False(Expectations.Knows(text));
    }
}

using System.Globalization;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class ArticleTests
{
    private static readonly Article Z24 = new("Z24", "001", "四(三)5");

    [Fact]
    public void Gives_Value_CarriesArticleAndInputs()
    {
        var cited = Z24.Gives(Money.Fen(3999), ("above deductible", Money.Fen(6665)), ("fund rate", new Rate(0.6m)));
        Assert.Equal((Money.Fen(3999), Z24), (cited.Value, cited.Article));
        Assert.Equal([new CitedInput("above deductible", "66.65 CNY"), new CitedInput("fund rate", "60 %")], cited.Inputs);
        var step = cited.As("fund pay");
        Assert.Equal(("fund pay", Z24, "39.99 CNY"), (step.Name, step.Article, step.Value));
        Assert.Same(cited.Inputs, step.Inputs);
        Assert.Equal("Z24 (四(三)5)", Z24.ToString());
    }

    [Theory]
    [InlineData("sv-SE")]
    [InlineData("zh-CN")]
    [InlineData("ar-SA")]
    public void Written_AnyCulture_IsTheSame(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal("2025-03-12", Article.Written(new DateOnly(2025, 3, 12)));
            Assert.Equal("-0.6250", Article.Written(-0.6250m));
            Assert.Equal("1234567", Article.Written(1_234_567L));
            Assert.Equal("62.5 %", Article.Written(new Rate(0.625m)));
            Assert.Equal("-12.30 CNY", Article.Written(Money.Fen(-1230)));
            Assert.Equal("2025-01-01..2026-01-01", Article.Written(DateRange.Year(2025)));
            Assert.Equal("", Article.Written(null));
            Assert.Equal("True", Article.Written(true));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

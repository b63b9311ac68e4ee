using EdgeHub.Rules;
using EdgeHub.Rules.Statistics;

namespace EdgeHub.Tests.Unit.Rules.Statistics;

public sealed class ContinuityIndicesTests
{
    [Theory]
    [InlineData("AAAB", "1/2", "3/4", "2/3", "21/31")]
    [InlineData("AAB", "1/3", "2/3", "1/2", "11/21")]
    [InlineData("AAA", "1", "1", "1", "1")]
    [InlineData("ABC", "0", "1/3", "0", "1/21")]
    [InlineData("ABA", "1/3", "2/3", "0", "11/21")]
    [InlineData("AAAAABBC", "11/28", "5/8", "5/7", "51/71")]
    [InlineData("AA", null, null, null, null)]
    public void Indices_Visits_AreExact(string visits, string? coc, string? upc, string? slicc, string? mmci)
    {
        string[] each = [.. visits.Select(visit => visit.ToString())];
        Assert.Equal(
            (coc, upc, slicc, mmci),
            (ContinuityIndices.ContinuityOfCare(each, 3)?.ToString(), ContinuityIndices.UsualProvider(each, 3)?.ToString(),
                ContinuityIndices.Sequential(each, 3)?.ToString(), ContinuityIndices.ModifiedModified(each, 3)?.ToString()));
    }

    [Fact]
    public void Indices_FewestVisitsThatTheFormulaTakes_AreDefined()
    {
        Assert.Equal(Fraction.One, ContinuityIndices.ContinuityOfCare(["A", "A"], 2));
        Assert.Equal(Fraction.One, ContinuityIndices.ModifiedModified(["A"], 1));
        Assert.Equal(Fraction.One, ContinuityIndices.UsualProvider(["A"], 1));
        Assert.Null(ContinuityIndices.UsualProvider([], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContinuityIndices.ContinuityOfCare(["A"], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContinuityIndices.Sequential(["A"], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContinuityIndices.UsualProvider([], 0));
    }
}

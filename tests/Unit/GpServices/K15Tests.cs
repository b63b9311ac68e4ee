using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K15Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K15");

    [Theory, MemberData(nameof(Examples))]
    public void AssessInterface_Example_SumsTrustsAndAreas(ExampleRow row)
    {
        var assessed = GpServicesRules.AssessInterface([.. row.Words("scores").SelectMany(Scores)]).Value;
        Assert.Equal(row.Words("sums"), assessed.Trusts.Select(each => Article.Written(each.Sum)));
        Assert.Equal(row["percents"], string.Join(' ', assessed.Areas.Select(each => Article.Written(each.Coverage.Percent(1)))).Trim());
        Assert.All(assessed.Trusts, each => Assert.InRange(each.Sum, 0, 10));
    }

    [Fact]
    public void AssessInterface_LevelOutsideAreaMissingOrTwice_IsRefused()
    {
        Assert.Equal((Codes.BadNumber, "level"), Refused([.. Scores("00003", 0)]));
        Assert.Equal((Codes.Missing, "area"), Refused([.. Scores("0000", 0)]));
        Assert.Equal((Codes.Duplicated, "area"), Refused([.. Scores("00000", 0), .. Scores("0", 0)]));
    }

    private static IEnumerable<InterfaceScore> Scores(string levels, int trust) => levels.Select((level, i) => new InterfaceScore($"T{trust}", (InterfaceArea)i, level - '0'));

    private static (string, string) Refused(InterfaceScore[] scores)
    {
        var fault = Assert.Throws<FaultException>(() => GpServicesRules.AssessInterface(scores)).Fault;
        return (fault.Code, fault.Field);
    }
}

using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K02Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K02");

    [Theory, MemberData(nameof(Examples))]
    public void GoodOrBetter_Example_KeepsTheUnratedInTheWhole(ExampleRow row)
    {
        var share = GpServicesRules.GoodOrBetter([
            (CqcRating.Outstanding, row.Count("outstanding")), (CqcRating.Good, row.Count("good")), (CqcRating.RequiresImprovement, row.Count("requires improvement")),
            (CqcRating.Inadequate, row.Count("inadequate")), (CqcRating.Unrated, row.Count("unrated"))]).Value;
        Assert.Equal(new CountedShare(row.Count("numerator"), row.Count("denominator")), share);
        Assert.Equal(row.DecimalOrNone("percent"), share.Percent(0));
    }
}

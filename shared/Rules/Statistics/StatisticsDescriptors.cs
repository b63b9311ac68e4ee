using static EdgeHub.Rules.Statistics.StatisticsArticles;

namespace EdgeHub.Rules.Statistics;

/// <summary>Indices and intervals as a person can try them on figures of their own.</summary>
public static class StatisticsDescriptors
{
    private const long MostEvents = 1_000_000_000;
    private static readonly RuleInput Decimals = RuleInput.Count("decimals", "decimals", "4", 10);
    private static readonly RuleInput Z = RuleInput.Number("z", "standard deviations", "1.959964", 10m) with { Lowest = 0.1m };

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        new(
            "statistics.continuity", new("连续性指标", "Kontinuitetsindex", "Indices of continuity"), [S1],
            [
                RuleInput.List("visits", [RuleInput.Text("provider", "A")], ["A"], ["A"], ["A"], ["B"]),
                RuleInput.Count("minimum", "visits", "3", 1_000) with { Lowest = 2 }, Decimals,
            ],
            Continuity),
        new(
            "statistics.count-interval", new("计数的置信区间", "Konfidensintervall för ett antal", "Interval of a count"), [S2],
            [RuleInput.Count("observed", "events", "9", MostEvents), Z, RuleInput.Rate("tail", "0.025") with { Lowest = 0.0001m, Highest = 0.4m }, Decimals],
            i => Told("interval", i, S2.Gives(
                ConfidenceInterval.OfCount(i.Count("observed"), i.Number("z"), i.Rate("tail").Value), ("observed", i.Count("observed")), ("z", i.Number("z")), ("tail", i.Rate("tail"))))),
        new(
            "statistics.share-interval", new("比例的置信区间", "Konfidensintervall för en andel", "Interval of a share"), [S3],
            [RuleInput.Count("part", "cases", "140", MostEvents), RuleInput.Count("whole", "cases", "177", MostEvents) with { Lowest = 1 }, Z, Decimals],
            Share),
    ];

    private static RuleResult Continuity(RuleInputs i)
    {
        var (visits, minimum, decimals) = (i.List("visits").Select(row => row.Text("provider")).ToList(), i.Whole("minimum"), i.Whole("decimals"));
        var indices = S1.Gives(
            new[]
            {
                ("coc", ContinuityIndices.ContinuityOfCare(visits, minimum)), ("upc", ContinuityIndices.UsualProvider(visits, minimum)),
                ("slicc", ContinuityIndices.Sequential(visits, minimum)), ("mmci", ContinuityIndices.ModifiedModified(visits, minimum)),
            },
            ("visits", string.Join(' ', visits)), ("minimum", minimum));
        return RuleResult.Of("indices", indices, [.. indices.Value.SelectMany(each => new[]
        {
            new RuleValue(each.Item1, each.Item2?.Rounded(decimals)), new RuleValue(each.Item1 + "Exact", each.Item2?.ToString()),
        })]);
    }

    private static RuleResult Share(RuleInputs i)
    {
        var (part, whole) = (i.Count("part"), i.Count("whole"));
        return part > whole
            ? throw new FaultException(new Fault(Codes.BadNumber, "part", Article.Written(part), $"at most {Article.Written(whole)}, the whole"))
            : Told("interval", i, S3.Gives(ConfidenceInterval.OfShare(part, whole, i.Number("z")), ("part", part), ("whole", whole), ("z", i.Number("z"))));
    }

    private static RuleResult Told(string step, RuleInputs i, Cited<Interval> interval)
    {
        var printed = interval.Value.Rounded(i.Whole("decimals"));
        return RuleResult.Of(step, interval, new RuleValue("value", printed.Value), new RuleValue("lower", printed.Lower), new RuleValue("upper", printed.Upper));
    }
}

using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Hub.Settlement;

/// <summary>One settlement with what is decided of it.</summary>
public sealed record JudgedFact(SettledFact Fact, Judgement Judgement);

/// <summary>The scheme year of the persons who hang together by one account, decided whole: every settlement in the total order,
/// and each person's accumulators after the last.</summary>
public sealed record PersonYearResult(IReadOnlyList<JudgedFact> Judged, IReadOnlyDictionary<string, AccumulatorState> After)
{
    public AccumulatorState AfterOf(string person) => After.TryGetValue(person, out var state) ? state : AccumulatorState.Empty;
}

/// <summary>Computes a scheme year from stored totals on true accumulators, for one person or for those whom a family's account
/// joins. Pure: the same facts in any order of arrival give the same decisions. Source: B20, B24; data.md, Accumulators and recompute.</summary>
public static class PersonYear
{
    /// <param name="facts">All settlements of the persons and the year, in any order.</param>
    public static PersonYearResult Recompute(IReadOnlyList<SettledFact> facts, PolicyShelf shelf)
    {
        var counted = facts.Where(f => f.Standing is not (Standing.Repeated or Standing.Waits)).OrderBy(f => f.Order).ToList();
        var year = new YearRun(counted, shelf);
        var judged = new List<JudgedFact>(counted.Count);
        foreach (var fact in counted)
        {
            judged.Add(new JudgedFact(fact, fact.Standing switch
            {
                Standing.Reversed => Judgement.Undone(BenefitArticles.B21),
                Standing.Duplicate => Judgement.Refuse(Codes.Duplicate, BenefitArticles.B22),
                _ => year.Judge(fact),
            }));
        }
        return new PersonYearResult(judged, year.After());
    }
}

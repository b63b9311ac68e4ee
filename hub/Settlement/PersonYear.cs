using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Hub.Settlement;

/// <summary>One settlement with what is decided of it.</summary>
public sealed record JudgedFact(SettledFact Fact, Judgement Judgement);

/// <summary>The scheme year of the persons who hang together by one account, decided whole: every settlement in the total order,
/// and each person's accumulators after the last.</summary>
public sealed record PersonYearResult(IReadOnlyList<JudgedFact> Judged, IReadOnlyDictionary<string, AccumulatorState> After)
{
    private readonly HashSet<string> _lastWords =
        [.. Judged.GroupBy(judged => judged.Fact.Settlement).Select(same => same.MinBy(judged => (judged.Fact.Standing == Standing.Duplicate, judged.Fact.Order))!.Fact.Entry)];

    /// <summary>Whether a row has the last word on what is owed for its settlement id: of several of one id the one that is no duplicate.</summary>
    public bool HasLastWord(SettledFact fact) => _lastWords.Contains(fact.Entry);

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
                Standing.Withdrawn => Judgement.Refuse(Codes.Withdrawn, BenefitArticles.B21),
                Standing.Duplicate => Judgement.Refuse(Codes.Duplicate, BenefitArticles.B22),
                _ => year.Judge(fact),
            }));
        }
        return new PersonYearResult(Spared(judged, facts, shelf), year.After());
    }

    /// <summary>An institution owes no more than it would without a book that was let loose after its settlement: that it could not
    /// know, whatever else it did. The package bears it, as all that a retroactive run makes of a person's too little.</summary>
    private static IReadOnlyList<JudgedFact> Spared(List<JudgedFact> judged, IReadOnlyList<SettledFact> facts, PolicyShelf shelf)
    {
        for (var i = 0; i < judged.Count; i++)
        {
            var (fact, judgement) = judged[i];
            if (judgement.OwnFault > 0 && shelf.AsKnownAt(fact.EffectiveMs) is { } known
                && Recompute(facts, known).Judged.Single(each => each.Fact.Entry == fact.Entry).Judgement.OwnFault is var own && own < judgement.OwnFault)
            {
                judged[i] = new JudgedFact(fact, own > 0
                    ? judgement with { OwnFault = own }
                    : judgement with { OwnFault = 0, Bears = Judgement.Package, Cause = Codes.RetroactivePolicy });
            }
        }
        return judged;
    }
}

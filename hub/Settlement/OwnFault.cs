using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Settlement;

/// <summary>What an institution's own faults alone made of what was paid too much: what it claimed of all payers less what it would
/// have claimed with these corrected, on its own stated accumulators, book, person and lines. The rest is of stale data, and the
/// package's. Source: data.md, "Who bears".</summary>
internal static class OwnFault
{
    /// <summary>Minor units, never below zero.</summary>
    /// <param name="holds">The book that holds; used where the site's own is not known, or where it ignored this one.</param>
    public static long Of(SettledFact fact, IReadOnlyList<SettledFact> year, PolicyShelf shelf, ShelvedBook holds)
    {
        var stated = Corrected(fact);
        var book = Causes.IgnoredPolicy(fact, year, shelf, holds) ? holds : shelf.ByHash(fact.PolicyHash) ?? holds;
        if (RowChoice.Of(book.Book, stated.Visit, stated.Person) is not RowChoice.Chosen choice)
        {
            // No row of its own gives anything.
            return fact.Claimed.ToInstitution;
        }
        var balance = HadBeenTold(fact) ? fact.AccountBalance : fact.ClaimedAccountBalance;
        var share = BenefitRules.Share(stated, choice.Row, Before(fact, year), new Money(balance, fact.Unit), fact.ClaimedUseAccount);
        var right = YearRun.Sums(share.Shares);
        // What was not taken of the account at the counter is not taken later.
        return Math.Max(0, checked(fact.Claimed.ToInstitution - right.Fund - right.Catastrophic - right.Assistance - Math.Min(right.Account, fact.ClaimedAccount)));
    }

    /// <summary>The same of a person whose cover had a fault: the fund's shares where the site had been told, else only what it
    /// computed otherwise.</summary>
    public static long OfUncovered(SettledFact fact, IReadOnlyList<SettledFact> year, PolicyShelf shelf)
    {
        if (!fact.CoverIgnored)
        {
            return shelf.ByHash(fact.PolicyHash) is { } book ? Of(fact, year, shelf, book) : fact.Claimed.ToInstitution;
        }
        if (!Causes.Reproduces(fact, shelf))
        {
            return fact.Claimed.ToInstitution;
        }
        return checked(fact.Claimed.ToInstitution - (HadBeenTold(fact) ? Math.Min(fact.AccountBalance, fact.ClaimedAccount) : fact.ClaimedAccount));
    }

    private static bool HadBeenTold(SettledFact fact) => ClaimIntake.WasTold(fact.KnownBy, fact.FeedMembers, fact.MemberVersion);

    /// <summary>The case as the site stated it, but with what it had been told of the person and of the items, and in or
    /// out of area as the pooling area says.</summary>
    private static ShareCase Corrected(SettledFact fact)
    {
        var (stated, known) = (fact.ClaimedCase, fact.TrueCase);
        var person = HadBeenTold(fact) ? known.Person : stated.Person;
        var visit = HadBeenTold(fact) ? stated.Visit with { PoolingArea = known.Visit.PoolingArea } : stated.Visit;
        if (!fact.IsReimbursement)
        {
            visit = visit with { OutOfArea = visit.PoolingArea != fact.Region };
        }
        return new ShareCase(visit, person, fact.SplitCause == Codes.CatalogueIgnored ? fact.ToldTotals : stated.Totals);
    }

    /// <summary>The accumulators that it stated, at least as its own settlement before had left them.</summary>
    private static AccumulatorState Before(SettledFact fact, IReadOnlyList<SettledFact> year)
    {
        var stated = MoveText.Read(fact.ClaimedMoves).ToDictionary(m => m.Key, m => Math.Max(0, m.Before), StringComparer.Ordinal);
        foreach (var (key, left) in Causes.LeftByItsOwn(fact, year))
        {
            stated[key] = Math.Max(left, stated.GetValueOrDefault(key));
        }
        return MoveText.Before([.. stated.Select(each => new SettledMove(each.Key, each.Value, each.Value))], fact.Unit);
    }
}

using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Settlement;

/// <summary>Why a claim differs from what is right.</summary>
/// <param name="Honest">The site computed rightly with what it could know; what the fund then paid too much is the package's.</param>
public sealed record Cause(string Code, bool Honest);

/// <summary>Finds the cause of a difference, in a fixed order of precedence, from stored facts alone.</summary>
public static class Causes
{
    /// <summary>All that may be the cause, by precedence; the last one is nobody's fault.</summary>
    /// <param name="year">All settlements of the persons whom the account joins.</param>
    /// <param name="trueMoves">The accumulators as they truly stood.</param>
    public static IEnumerable<Cause> Of(
        SettledFact fact, IReadOnlyList<SettledFact> year, PolicyShelf shelf, ShelvedBook book, int row, IReadOnlyList<AccumulatorMove> trueMoves)
    {
        if (!Reproduces(fact, shelf))
        {
            yield return new Cause(Codes.ComputedOtherwise, Honest: false);
        }
        if (ForgotItsOwn(fact, year))
        {
            yield return new Cause(Codes.AccumulatorsIgnored, Honest: false);
        }
        if (fact.SplitCause.Length > 0 && fact.SplitCause != Codes.SiteStale)
        {
            yield return new Cause(fact.SplitCause, Honest: fact.SplitCause == Codes.CatalogueStale);
        }
        if (fact.PolicyHash != book.Book.Reference.Hash)
        {
            yield return IsLaterReleased(fact, book) ? new Cause(Codes.RetroactivePolicy, Honest: true)
                : IgnoredPolicy(fact, year, shelf, book) ? new Cause(Codes.PolicyIgnored, Honest: false)
                : new Cause(Codes.PolicyStale, Honest: true);
        }
        if (OtherFacts(fact))
        {
            yield return OfMember(fact);
        }
        if (fact.Level != fact.ClaimedLevel || fact.InstitutionType != fact.ClaimedType)
        {
            // No feed tells a site of its own level and kind: what changed at the hub, the site could not know.
            yield return new Cause(Codes.SiteStale, Honest: true);
        }
        if (fact.PolicyRow != row)
        {
            yield return OfMember(fact);
        }
        yield return new Cause(SawAReversedOne(fact, year, trueMoves) ? Codes.EarlierVisitReversed : Codes.AccumulatorsStale, Honest: true);
    }

    /// <summary>Whether the site used another book though it had been told of the one that holds, and its own was not right on its day.</summary>
    public static bool IgnoredPolicy(SettledFact fact, IReadOnlyList<SettledFact> year, PolicyShelf shelf, ShelvedBook book) =>
        fact.PolicyHash != book.Book.Reference.Hash && !IsLaterReleased(fact, book) && fact.FeedPolicies >= book.FeedVersion && !RightOnItsDay(fact, year, shelf);

    private static bool IsLaterReleased(SettledFact fact, ShelvedBook book) => book.ReleasedMs is { } released && fact.EffectiveMs <= released;

    /// <summary>Whether the site's own stated inputs give the site's own result: its book, its totals, its person, its
    /// accumulators before.</summary>
    public static bool Reproduces(SettledFact fact, PolicyShelf shelf)
    {
        var stated = fact.ClaimedCase;
        if (!fact.IsReimbursement && stated.Visit.OutOfArea != (stated.Visit.PoolingArea != fact.Region))
        {
            // No feed says in or out of area: it follows from the pooling area that the site itself states.
            return false;
        }
        if (shelf.ByHash(fact.PolicyHash) is not { } book || RowChoice.Of(book.Book, stated.Visit, stated.Person) is not RowChoice.Chosen choice)
        {
            return false;
        }
        var before = MoveText.Before(MoveText.Read(fact.ClaimedMoves), fact.Unit);
        if (before.Amounts.Values.Any(amount => amount.IsNegative))
        {
            return false;
        }
        var share = BenefitRules.Share(stated, choice.Row, before, new Money(fact.ClaimedAccountBalance, fact.Unit), fact.ClaimedUseAccount);
        return choice.Row.Id == fact.PolicyRow
            && YearRun.Sums(share.Shares) == fact.Claimed
            && share.Deductible.MinorUnits == fact.ClaimedDeductible;
    }

    private static Cause OfMember(SettledFact fact) => ClaimIntake.WasTold(fact.KnownBy, fact.FeedMembers, fact.MemberVersion)
        ? new Cause(Codes.MemberIgnored, Honest: false)
        : new Cause(Codes.MemberStale, Honest: true);

    /// <summary>Whether the site's book is the one that held as known on its own civil day, among those that it had been told of: near
    /// midnight the hub may count the next, what is carried into a new epoch is filed late, and what was let loose since it could not know. What a partial refund left
    /// rests on the book of its forerunner's day.</summary>
    private static bool RightOnItsDay(SettledFact fact, IReadOnlyList<SettledFact> year, PolicyShelf shelf)
    {
        var first = fact.Replaces is null ? fact : year.FirstOrDefault(f => f.DeviceNo == fact.PlaceDeviceNo && f.Epoch == fact.PlaceEpoch && f.Seq == fact.PlaceSeq) ?? fact;
        try
        {
            return shelf.AsTold(fact.FeedPolicies).On(fact.ServiceDay, first.CivilDay).Book.Reference.Hash == fact.PolicyHash;
        }
        catch (Exception none) when (none is RuleGap or RuleConflict)
        {
            return false;
        }
    }

    /// <summary>Whether the site began lower than its own settlement before had left the accumulator: it forgot a limit that it had.</summary>
    private static bool ForgotItsOwn(SettledFact fact, IReadOnlyList<SettledFact> year)
    {
        var left = LeftByItsOwn(fact, year);
        return MoveText.Read(fact.ClaimedMoves).Any(m => left.TryGetValue(m.Key, out var after) && m.Before < after);
    }

    /// <summary>What the site's own settlement before had left each accumulator at, with no newer accumulators from the hub between the
    /// two; empty where it may rightly begin lower. What a partial refund left begins where its forerunner began. A person known by a
    /// look at the hub gets newer accumulators without the feed's version moving, and while a run of the feed's pages was not through
    /// there was no version: there it may.</summary>
    public static IReadOnlyDictionary<string, long> LeftByItsOwn(SettledFact fact, IReadOnlyList<SettledFact> year)
    {
        var last = year
            .Where(f => f.Person == fact.Person && f.DeviceNo == fact.PlaceDeviceNo && f.Epoch == fact.PlaceEpoch && f.Seq < fact.PlaceSeq
                && f is { Standing: Standing.Stands, IsReimbursement: false })
            .MaxBy(f => f.Seq);
        return last is null || last.FeedAccumulators != fact.FeedAccumulators || fact.FeedAccumulators == FeedNames.Mixed
            || last.KnownBy != SettledWords.Feed || fact.KnownBy != SettledWords.Feed || TookBackSinceFed(fact, year)
            ? new Dictionary<string, long>()
            : MoveText.Read(last.ClaimedMoves).ToDictionary(m => m.Key, m => m.After, StringComparer.Ordinal);
    }

    /// <summary>Whether the site, with the accumulators that it had from the hub then, took back something that may have used the same
    /// ones, be it another family member's: then it may rightly begin lower. Be it before its settlement before, too: agents once took
    /// more back than was there, where the hub had cut down what they took back, and forgot so much of what they settled next.</summary>
    private static bool TookBackSinceFed(SettledFact fact, IReadOnlyList<SettledFact> year)
    {
        var fed = year.Where(f => f.DeviceNo == fact.PlaceDeviceNo && f.PlaceMs < fact.PlaceMs && f.FeedAccumulators != fact.FeedAccumulators)
            .Select(f => f.PlaceMs).DefaultIfEmpty(long.MinValue).Max();
        return year.Any(f => f.Standing == Standing.Reversed && f.Site == fact.Site && f.ReversedMs >= fed && f.ReversedMs <= fact.PlaceMs);
    }

    /// <summary>Whether the hub knows the person or the account otherwise than the site stated.</summary>
    private static bool OtherFacts(SettledFact fact) =>
        (fact.PoolingArea, fact.InsuranceType, fact.PersonType, fact.BirthDate)
            != (fact.ClaimedPoolingArea, fact.ClaimedCover, fact.ClaimedPersonType, fact.ClaimedBirthDate)
        || (fact.ClaimedAccount > 0 && fact.AccountBalance != fact.ClaimedAccountBalance);

    /// <summary>Whether the site had counted more than is true, and an earlier settlement that it could see was reversed afterwards.</summary>
    private static bool SawAReversedOne(SettledFact fact, IReadOnlyList<SettledFact> year, IReadOnlyList<AccumulatorMove> trueMoves)
    {
        var truth = trueMoves.ToDictionary(m => m.Key.ToString(), m => m.Before.MinorUnits, StringComparer.Ordinal);
        var countedMore = MoveText.Read(fact.ClaimedMoves).Any(m => m.Before > truth.GetValueOrDefault(m.Key));
        return countedMore && year.Any(f => f.Standing == Standing.Reversed && (f.Person == fact.Person || f.AccountPerson == fact.AccountPerson) && f.Order.CompareTo(fact.Order) < 0 && f.ReversedMs > fact.EffectiveMs);
    }
}

using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Hub.Settlement;

/// <summary>One settlement with what is decided of it.</summary>
public sealed record JudgedFact(SettledFact Fact, Judgement Judgement);

/// <summary>A person's scheme year, decided whole: every settlement in the total order, and the accumulators after the last.</summary>
public sealed record PersonYearResult(IReadOnlyList<JudgedFact> Judged, AccumulatorState After);

/// <summary>Computes a person's scheme year from stored totals on true accumulators. Pure: the same facts in any order of
/// arrival give the same decisions. Source: B20, B24; data.md, Accumulators and recompute.</summary>
public static class PersonYear
{
    /// <param name="facts">All settlements of the person and year, in any order.</param>
    public static PersonYearResult Recompute(IReadOnlyList<SettledFact> facts, PolicyShelf shelf)
    {
        var ordered = facts.Where(f => f.Standing != Standing.Repeated).OrderBy(f => f.Order).ToList();
        var judged = new List<JudgedFact>(ordered.Count);
        var state = AccumulatorState.Empty;
        foreach (var fact in ordered)
        {
            var judgement = fact.Standing switch
            {
                Standing.Reversed => Judgement.Undone(BenefitArticles.B21),
                Standing.Duplicate => Judgement.Refuse(Codes.Duplicate, BenefitArticles.B22),
                _ => Judge(fact, ordered, shelf, ref state),
            };
            judged.Add(new JudgedFact(fact, judgement));
        }
        return new PersonYearResult(judged, state);
    }

    private static Judgement Judge(SettledFact fact, IReadOnlyList<SettledFact> year, PolicyShelf shelf, ref AccumulatorState state)
    {
        if (fact.CoverFault == Codes.UnknownPerson)
        {
            return Judgement.Refuse(Codes.UnknownPerson, BenefitArticles.B01);
        }
        if (fact.CoverFault.Length > 0)
        {
            return Uncovered(fact, year, shelf, ref state);
        }
        ShelvedBook book;
        try
        {
            book = shelf.On(fact.ServiceDay, fact.KnownOn);
        }
        catch (RuleGap)
        {
            return Judgement.Refuse(Codes.NoPolicy, BenefitArticles.B01);
        }
        catch (RuleConflict)
        {
            return Judgement.Refuse(Codes.PolicyConflict, BenefitArticles.B01);
        }
        var truth = fact.TrueCase;
        if (RowChoice.Of(book.Book, truth.Visit, truth.Person) is not RowChoice.Chosen choice)
        {
            var refused = (RowChoice.Refused)RowChoice.Of(book.Book, truth.Visit, truth.Person);
            return Judgement.Refuse(refused.Code, refused.Article);
        }
        var spent = state.Of(BenefitKeys.Of(fact.ServiceDay).AccountSpentOfYear, fact.Unit);
        var share = BenefitRules.Share(truth, choice.Row, state, AccountThatMayPay(fact, spent), fact.ClaimedAccount > 0);
        var judgement = Compared(
            fact, share.Shares, share.Deductible.MinorUnits, share.Moves,
            () => Causes.Of(fact, year, shelf, book, choice.Row.Id, share.Moves));
        state = state.With(share.Moves);
        return judgement with { Policy = $"{book.Book.Reference.Id}/{book.Book.Reference.Version}", PolicyRow = choice.Row.Id };
    }

    /// <summary>Not covered or blacklisted: the fund pays nothing; what it paid is borne by the package or the institution. What
    /// the account paid is spent all the same, so that nothing pays with it again.</summary>
    private static Judgement Uncovered(SettledFact fact, IReadOnlyList<SettledFact> year, PolicyShelf shelf, ref AccumulatorState state)
    {
        var key = BenefitKeys.Of(fact.ServiceDay).AccountSpentOfYear;
        var spent = state.Of(key, fact.Unit);
        var total = new Money(fact.Total, fact.Unit);
        var account = Money.Min(total, (AccountThatMayPay(fact, spent) - spent).NotBelowZero());
        var shares = new Shares(Money.Zero(fact.Unit), account, total - account);
        IReadOnlyList<AccumulatorMove> moves = account.MinorUnits == 0 ? [] : [new AccumulatorMove(key, spent, spent + account)];
        state = state.With(moves);
        return Compared(fact, shares, 0, moves, () => new Cause(fact.CoverFault, Honest: !fact.CoverIgnored && Causes.Reproduces(fact, shelf)));
    }

    /// <summary>A balance with which the account pays what was claimed of it, but not more than is really left: money that was
    /// not taken from the account at the counter is not taken later.</summary>
    private static Money AccountThatMayPay(SettledFact fact, Money spent)
    {
        var left = (new Money(fact.AccountBalance, fact.Unit) - spent).NotBelowZero();
        return spent + Money.Min(left, new Money(fact.ClaimedAccount, fact.Unit));
    }

    private static Judgement Compared(
        SettledFact fact, Shares shares, long deductible, IReadOnlyList<AccumulatorMove> moves, Func<Cause> causeOf)
    {
        var (fund, account, cash) = (shares.Fund.MinorUnits, shares.Account.MinorUnits, shares.Cash.MinorUnits);
        var accepted = fund == fact.ClaimedFund && account == fact.ClaimedAccount && cash == fact.ClaimedCash;
        if (accepted)
        {
            return new Judgement(
                Judgement.Accepted, "", "", BenefitArticles.B09.Rule, BenefitArticles.B09.Clause,
                fund, account, cash, deductible, 0, Judgement.Nobody, "", 0, MoveText.Of(moves));
        }
        var cause = causeOf();
        var difference = checked(fact.ClaimedCash - cash);
        var bears = difference switch
        {
            0 => Judgement.Nobody,
            > 0 => Judgement.Person,
            _ => cause.Honest ? Judgement.Package : Judgement.Institution,
        };
        return new Judgement(
            Judgement.Adjusted, "", cause.Code, BenefitArticles.B24.Rule, BenefitArticles.B24.Clause,
            fund, account, cash, deductible, difference, bears, "", 0, MoveText.Of(moves));
    }
}

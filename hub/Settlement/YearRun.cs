using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Hub.Settlement;

/// <summary>A scheme year while it is computed: the accumulators of each person as they go on from settlement to settlement. What was
/// spent of an account stands once, under its owner.</summary>
/// <param name="year">The settlements in the total order.</param>
internal sealed class YearRun(IReadOnlyList<SettledFact> year, PolicyShelf shelf)
{
    private readonly Dictionary<string, Dictionary<AccumulatorKey, Money>> _amounts = new(StringComparer.Ordinal);

    /// <summary>Settlements on the spot, for finding invoices of the same visit: person, institution and day of those that stand.</summary>
    private readonly HashSet<(string, string, DateOnly)> _onTheSpot =
        [.. year.Where(f => !f.IsReimbursement && f.Standing == Standing.Stands).Select(SameDay)];

    /// <summary>Every total that was ever settled on the spot, taken back since or not: a refund of 1.00 makes no other visit of it.</summary>
    private readonly HashSet<((string, string, DateOnly), long)> _everOnTheSpot =
        [.. year.Where(f => !f.IsReimbursement).Select(f => (SameDay(f), f.Total))];

    public IReadOnlyDictionary<string, AccumulatorState> After() =>
        _amounts.ToDictionary(each => each.Key, each => new AccumulatorState(each.Value), StringComparer.Ordinal);

    public Judgement Judge(SettledFact fact)
    {
        if (fact.CoverFault == Codes.UnknownPerson)
        {
            return Judgement.Refuse(Codes.UnknownPerson, BenefitArticles.B01);
        }
        if (fact is { IsReimbursement: true, DoubleReleased: false } && _onTheSpot.Contains(SameDay(fact)) && _everOnTheSpot.Contains((SameDay(fact), fact.Total)))
        {
            return Judgement.Refuse(Codes.PossibleDouble, BenefitArticles.B22);
        }
        if (fact.CoverFault.Length > 0)
        {
            return fact.IsReimbursement ? Judgement.Refuse(fact.CoverFault, BenefitArticles.B01) : Uncovered(fact);
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
        var account = AccountOf(fact);
        var own = new AccumulatorState(AmountsOf(fact.Person));
        var before = fact.AccountOwner.Length == 0 ? own : own.With([new AccumulatorMove(account.Key, account.Spent, account.Spent)]);
        var share = BenefitRules.Share(truth, choice.Row, before, account.Spent + account.MayPay, fact.ClaimedUseAccount);
        var moves = Named(fact, share.Moves);
        var judgement = Compared(fact, Sums(share.Shares), share.Deductible.MinorUnits, moves, Causes.Of(fact, year, shelf, book, choice.Row.Id, moves),
            () => OwnFault.Of(fact, year, shelf, book));
        Apply(fact, share.Moves);
        return judgement with { Policy = $"{book.Book.Reference.Id}/{book.Book.Reference.Version}", PolicyRow = choice.Row.Id };
    }

    /// <summary>Not covered or blacklisted: the fund pays nothing; what it paid is borne by the package or the institution. What
    /// the account paid is spent all the same, so that nothing pays with it again.</summary>
    private Judgement Uncovered(SettledFact fact)
    {
        var account = AccountOf(fact);
        var paid = Math.Min(fact.Total, account.MayPay.MinorUnits);
        IReadOnlyList<AccumulatorMove> moves = paid == 0 ? [] : [new AccumulatorMove(account.Key, account.Spent, account.Spent + new Money(paid, fact.Unit))];
        Apply(fact, moves);
        return Compared(
            fact, new ShareSums(0, 0, 0, paid, fact.Total - paid), 0, Named(fact, moves),
            [new Cause(fact.CoverFault, Honest: !fact.CoverIgnored && Causes.Reproduces(fact, shelf)), new Cause(fact.CoverFault, Honest: true)],
            () => OwnFault.OfUncovered(fact, year, shelf));
    }

    /// <summary>What was spent of the account that pays, and what it may pay: what was claimed of it, but not more than is really
    /// left, and nothing where the patient did not want it used. Money that was not taken from the account at the counter is not taken later.</summary>
    private (AccumulatorKey Key, Money Spent, Money MayPay) AccountOf(SettledFact fact)
    {
        var key = BenefitKeys.Of(fact.ServiceDay).AccountSpentOfYear;
        var spent = new AccumulatorState(AmountsOf(fact.AccountPerson)).Of(key, fact.Unit);
        var left = (new Money(fact.AccountBalance, fact.Unit) - spent).NotBelowZero();
        return (key, spent, fact.ClaimedUseAccount ? Money.Min(left, new Money(fact.ClaimedAccount, fact.Unit)) : Money.Zero(fact.Unit));
    }

    /// <summary>The moves go to the person, those of the account to its owner.</summary>
    private void Apply(SettledFact fact, IReadOnlyList<AccumulatorMove> moves)
    {
        foreach (var move in moves)
        {
            AmountsOf(move.Key.Kind == AccumulatorKind.AccountSpent ? fact.AccountPerson : fact.Person)[move.Key] = move.After;
        }
    }

    private Dictionary<AccumulatorKey, Money> AmountsOf(string person)
    {
        if (!_amounts.TryGetValue(person, out var amounts))
        {
            _amounts.Add(person, amounts = []);
        }
        return amounts;
    }

    /// <summary>The moves as a settlement names them: a family member's account with its owner.</summary>
    private static IReadOnlyList<AccumulatorMove> Named(SettledFact fact, IReadOnlyList<AccumulatorMove> moves) => fact.AccountOwner.Length == 0
        ? moves
        : [.. moves.Select(move => move.Key.Kind == AccumulatorKind.AccountSpent ? move with { Key = BenefitKeys.AccountSpent(fact.ServiceDay, fact.AccountOwner) } : move)];

    private Judgement Compared(SettledFact fact, ShareSums truth, long deductible, IReadOnlyList<AccumulatorMove> moves, IEnumerable<Cause> causes, Func<long> ownFault)
    {
        if (truth == fact.Claimed)
        {
            return Judged(Judgement.Accepted, "", BenefitArticles.B09, truth, deductible, 0, Judgement.Nobody, moves);
        }
        var difference = checked(fact.ClaimedCash - truth.Cash);
        if (fact.IsReimbursement)
        {
            return Judged(Judgement.Adjusted, Codes.ManualReimbursement, CountyPackageArticles.Z20, truth, deductible, difference, Judgement.Person, moves);
        }
        var (code, own) = difference < 0 ? Blamed(fact, -difference, fact.ClaimedAccount - truth.Account, causes, ownFault) : (causes.First().Code, 0);
        var bears = difference switch
        {
            0 => Judgement.Nobody,
            > 0 => Judgement.Person,
            _ => own == 0 ? Judgement.Package : Judgement.Institution,
        };
        return Judged(Judgement.Adjusted, code, BenefitArticles.B24, truth, deductible, difference, bears, moves) with { OwnFault = own };
    }

    /// <summary>Why so much was paid too much, and how much of it the institution's own faults alone made: at most that is its own.
    /// Where they made nothing, the cause is the first one that is nobody's fault.</summary>
    private (string Code, long Own) Blamed(SettledFact fact, long tooMuch, long overdrawn, IEnumerable<Cause> causes, Func<long> ownFault)
    {
        var cause = causes.First();
        var own = cause.Honest ? 0 : Math.Min(tooMuch, ownFault());
        cause = own > 0 ? cause : causes.First(each => each.Honest);
        // With the limit kept, so much less would have been paid.
        var beyond = Math.Min(tooMuch, IgnoredLimits.Beyond(fact, year, overdrawn));
        return beyond <= own ? (cause.Code, own) : (cause.Honest ? Codes.LimitIgnored : cause.Code, beyond);
    }

    private static Judgement Judged(
        string status, string cause, Article article, ShareSums truth, long deductible, long difference, string bears, IReadOnlyList<AccumulatorMove> moves) => new(
        status, "", cause, article.Rule, article.Clause, truth.Fund, truth.Catastrophic, truth.Assistance, truth.Account, truth.Cash,
        deductible, difference, bears, "", 0, MoveText.Of(moves));

    public static ShareSums Sums(Shares shares) => new(
        shares.Fund.MinorUnits, shares.Catastrophic.MinorUnits, shares.Assistance.MinorUnits, shares.Account.MinorUnits, shares.Cash.MinorUnits);

    private static (string, string, DateOnly) SameDay(SettledFact fact) => (fact.Person, fact.Institution, fact.ServiceDay);
}

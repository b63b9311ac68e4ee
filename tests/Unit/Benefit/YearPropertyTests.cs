using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>What holds for every person's year, whatever the row says.</summary>
public sealed class YearPropertyTests
{
    /// <summary>Hundreds of yuan and whole per cent, so that no rate rounds; nothing that begins anew with each settlement.</summary>
    private static readonly Gen<(PolicyRow Row, IReadOnlyList<long> Bills)> EvenYears =
        from rate in Gen.Choose(0, 100)
        from deductible in Gen.Choose(1, 60)
        from yearly in Gen.Elements(true, false)
        from first in Gen.Choose(0, 100)
        from rest in Gen.Choose(0, 100)
        from bound in Gen.Choose(1, 300)
        from threshold in Gen.Choose(0, 300)
        from helpedFrom in Gen.Choose(0, 200)
        from helped in Gen.Choose(0, 100)
        from cap in Gen.Choose(0, 400)
        from capped in Gen.Elements(true, false)
        from count in Gen.Choose(1, 6)
        from bills in Gen.Choose(0, 200).ArrayOf(count)
        select (
            Cases.Row(yearly ? DeductibleMode.Year : DeductibleMode.None, yearly ? deductible * 10_000L : 0, rate / 100m) with
            {
                Catastrophic = new CatastrophicTerms(
                    Money.Fen(threshold * 10_000L), new RateTiers(new RateTier(Money.Fen(bound * 10_000L), Rate.Percent(first)), new RateTier(null, Rate.Percent(rest))),
                    capped ? Money.Fen(cap * 10_000L) : null),
                Assistance = new AssistanceTerms(Money.Fen(helpedFrom * 10_000L), Rate.Percent(helped), capped ? Money.Fen(cap * 5_000L) : null),
            },
            (IReadOnlyList<long>)[.. bills.Select(bill => bill * 10_000L)]);

    [Fact]
    public void Share_AYearInOneBillOrMany_PaysTheSameByEachPayer() => Prop.ForAll(Arb.From(EvenYears), year =>
    {
        var split = Paid(year.Row, year.Bills);
        var halves = Paid(year.Row, [.. year.Bills.SelectMany(bill => new[] { bill / 2, bill - bill / 2 })]);
        Assert.Equal(Paid(year.Row, [year.Bills.Sum()]), split);
        Assert.Equal(split, halves);
    }).QuickCheckThrowOnFailure();

    /// <summary>A deductible of each settlement is borne as often as there are settlements: only there a split year costs the patient more.</summary>
    [Fact]
    public void Share_ADeductiblePerVisit_ASplitYearPaysTheFundNoMore() => Prop.ForAll(Arb.From(EvenYears), year =>
    {
        var perVisit = year.Row with { DeductibleMode = DeductibleMode.Visit, Deductible = Money.Fen(200_000), Catastrophic = null, Assistance = null };
        var whole = Paid(perVisit, [year.Bills.Sum()]);
        var split = Paid(perVisit, year.Bills);
        Assert.True(split.Fund <= whole.Fund && split.Patient >= whole.Patient, $"{split} in {year.Bills.Count} bills, {whole} in one");
    }).QuickCheckThrowOnFailure();

    /// <summary>With any rates and caps too: the layers' year is that of its whole base, though the fund's own shares were rounded.</summary>
    [Fact]
    public void Share_LayersOfAYear_AreThoseOfTheYearsWholeBase() => Prop.ForAll(Arb.From(BenefitGen.Persons), person =>
    {
        foreach (var year in person.Shares().GroupBy(each => each.Visit.Day.Year))
        {
            var own = year.Aggregate(Money.Fen(0), (sum, each) => sum + Money.Fen(each.Visit.Eligible) - each.Share.Shares.Fund);
            var catastrophic = Sum(year, each => each.Catastrophic);
            if (person.Row.Catastrophic is { } insured)
            {
                var due = insured.Tiers.Of((own - insured.Threshold).NotBelowZero());
                Assert.Equal(insured.Cap is { } cap ? Money.Min(due, cap) : due, catastrophic);
            }
            if (person.Row.Assistance is { } helped)
            {
                var due = (own - catastrophic - helped.Threshold).NotBelowZero().Times(helped.Rate, MidpointRounding.AwayFromZero);
                Assert.Equal(helped.Cap is { } cap ? Money.Min(due, cap) : due, Sum(year, each => each.Assistance));
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Share_APersonsYear_StaysBelowEachCapAndBearsEachDeductibleOnce() => Prop.ForAll(Arb.From(BenefitGen.Persons), person =>
    {
        var (shares, policy) = (person.Shares(), person.Policy);
        Below(shares.GroupBy(each => (object)each.Share), policy.VisitCap);
        Below(shares.GroupBy(each => (object)each.Visit.Day), policy.DailyCap);
        Below(shares.GroupBy(each => (object)(each.Visit.Day.Year, each.Visit.Day.Month)), policy.MonthCap);
        Below(shares.GroupBy(each => (object)(each.Visit.Day.Year, (each.Visit.Day.Month - 1) / 3)), policy.QuarterCap);
        Below(shares.Where(each => each.Visit.Disease is not null).GroupBy(each => (object)(each.Visit.Day.Year, each.Visit.Disease)), policy.DiseaseCap);
        Below(shares.GroupBy(each => (object)(each.Visit.Day.Year, each.Visit.Institution)), policy.InstitutionCap);
        Below(shares.GroupBy(each => (object)each.Visit.Day.Year), policy.AnnualCap);
        foreach (var span in shares.GroupBy(each => policy.Mode == "visit" ? each.Share : Span(policy.Mode, each.Visit)))
        {
            var borne = policy.Mode == "none" ? 0 : Math.Min(span.Sum(each => each.Visit.Eligible), policy.Deductible);
            Assert.Equal(borne, span.Sum(each => each.Share.Deductible.MinorUnits));
        }
        foreach (var account in shares.GroupBy(each => (each.Visit.Day.Year, each.Visit.Owner)))
        {
            Assert.True(account.Sum(each => each.Share.Shares.Account.MinorUnits) <= person.Balance);
        }
    }).QuickCheckThrowOnFailure();

    /// <summary>Every move starts where the state stands, ends at it plus the settlement's own amount, and a key moves once.</summary>
    [Fact]
    public void Share_Moves_MakeTheNextState() => Prop.ForAll(Arb.From(BenefitGen.Persons), person =>
    {
        var amounts = new Dictionary<AccumulatorKey, Money>();
        var state = AccumulatorState.Empty;
        foreach (var (visit, share) in person.Shares())
        {
            Assert.All(share.Moves, move => Assert.Equal(state.Of(move.Key, Currency.Cny), move.Before));
            Assert.All(share.Moves, move => Assert.Contains(
                (move.After - move.Before).MinorUnits,
                new[]
                {
                    share.Deductible.MinorUnits, share.Shares.Fund.MinorUnits, share.Shares.Catastrophic.MinorUnits, share.Shares.Assistance.MinorUnits,
                    share.Shares.Account.MinorUnits, visit.Eligible - share.Shares.Fund.MinorUnits, visit.Eligible - (share.Shares.Fund + share.Shares.Catastrophic).MinorUnits,
                }));
            Assert.Equal(share.Moves.Count, share.Moves.Select(move => move.Key).Distinct().Count());
            var before = state;
            state = state.With(share.Moves);
            Assert.Equal(amounts.OrderBy(each => each.Key.ToString()), before.Amounts.OrderBy(each => each.Key.ToString()));
            foreach (var move in share.Moves)
            {
                amounts[move.Key] = move.After;
            }
            Assert.Equal(amounts.OrderBy(each => each.Key.ToString()), state.Amounts.OrderBy(each => each.Key.ToString()));
        }
    }).QuickCheckThrowOnFailure();

    /// <summary>What a settlement read stands in its moves: on them alone it computes the same again, as the hub does.</summary>
    [Fact]
    public void Share_OnTheMovesBeforeAlone_GivesTheSame() => Prop.ForAll(Arb.From(BenefitGen.Persons), person =>
    {
        foreach (var (visit, share) in person.Shares())
        {
            var before = new AccumulatorState(share.Moves.ToDictionary(move => move.Key, move => move.Before));
            var again = BenefitRules.Share(visit.Case, person.Row, before, person.AccountOf(visit), visit.UseAccount);
            Assert.Equal((share.Shares, share.Deductible), (again.Shares, again.Deductible));
            Assert.Equal(share.Moves, again.Moves);
            Assert.Equal(share.Limits, again.Limits);
        }
    }).QuickCheckThrowOnFailure();

    private static object Span(string mode, DrawnVisit visit) => mode switch
    {
        "institutionYear" => (visit.Day.Year, visit.Institution),
        "quarter" => (visit.Day.Year, (visit.Day.Month - 1) / 3),
        "month" => (visit.Day.Year, visit.Day.Month),
        _ => visit.Day.Year,
    };

    private static void Below(IEnumerable<IGrouping<object, (DrawnVisit Visit, BillShare Share)>> spans, long? cap) =>
        Assert.All(spans, span => Assert.True(cap is null || span.Sum(each => each.Share.Shares.Fund.MinorUnits) <= cap));

    private static Money Sum(IEnumerable<(DrawnVisit Visit, BillShare Share)> year, Func<Shares, Money> of) =>
        year.Aggregate(Money.Fen(0), (sum, each) => sum + of(each.Share.Shares));

    private static Shares Paid(PolicyRow row, IReadOnlyList<long> bills)
    {
        var state = AccumulatorState.Empty;
        var none = Money.Fen(0);
        var sum = new Shares(none, none, none, none, none);
        foreach (var bill in bills)
        {
            var share = BenefitRules.Share(Cases.Share(bill), row, state, none, useAccount: false);
            state = state.With(share.Moves);
            var by = share.Shares;
            sum = new Shares(sum.Fund + by.Fund, sum.Catastrophic + by.Catastrophic, sum.Assistance + by.Assistance, sum.Account + by.Account, sum.Cash + by.Cash);
        }
        return sum;
    }
}

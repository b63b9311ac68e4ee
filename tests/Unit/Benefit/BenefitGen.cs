using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>A line before it is a bill's: whole numbers, so that the slow reading has the same input.</summary>
internal sealed record DrawnLine(char Class, long PriceMillionths, long QuantityTenThousandths, int AmountOff, long? LimitMillionths, long ShareMillionths, int Category)
{
    /// <summary>The product in fen, rounded, and moved by at most what B16 allows.</summary>
    public long AmountFen
    {
        get
        {
            var product = PriceMillionths / 1_000_000m * (QuantityTenThousandths / 10_000m) * 100m;
            var fen = (long)Math.Round(product, MidpointRounding.AwayFromZero);
            return fen + AmountOff >= 0 && Math.Abs(fen + AmountOff - product) <= 1m ? fen + AmountOff : fen;
        }
    }

    public BillLine Line(int no) => new(
        no, $"ITEM{no}", (ExpenseCategory)Category, Enum.Parse<CatalogueClass>(Class.ToString()), PriceMillionths / 1_000_000m, QuantityTenThousandths / 10_000m,
        Money.Fen(AmountFen), LimitMillionths / 1_000_000m, new Rate(ShareMillionths / 1_000_000m));
}

/// <summary>One settlement of a person's year, before the policy.</summary>
internal sealed record DrawnVisit(int DayNumber, long SelfPay, long Eligible, bool UseAccount)
{
    public string Institution { get; init; } = "A";
    public string? Disease { get; init; }
    public bool Irregular { get; init; }

    /// <summary>Whose account pays; blank: the person's own.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Under the person's second row, where there is one.</summary>
    public bool BySecond { get; init; }

    public DateOnly Day => DateOnly.FromDayNumber(DayNumber);

    public ShareCase Case => new(
        Cases.Visit(Day, disease: Disease) with { Institution = Institution, Referral = Irregular ? Referral.Irregular : Referral.Regular },
        Cases.Person, Cases.Totals(Eligible, SelfPay));

    public SlowBenefit.Visit Slow => new(Day, Eligible + SelfPay, Eligible, Institution, Disease, Irregular, UseAccount, Owner);
}

internal sealed record DrawnPerson(SlowBenefit.Policy Policy, long Balance, IReadOnlyList<DrawnVisit> Visits)
{
    public SlowBenefit.Policy? Second { get; init; }

    public PolicyRow Row => RowOf(Policy);

    public SlowBenefit.Policy PolicyOf(DrawnVisit visit) => visit.BySecond && Second is { } second ? second : Policy;

    public AccountFacts AccountOf(DrawnVisit visit) => new(Money.Fen(Balance), visit.Owner);

    /// <summary>Each visit with its share, the accumulators going on.</summary>
    public List<(DrawnVisit Visit, BillShare Share)> Shares()
    {
        var state = AccumulatorState.Empty;
        var results = new List<(DrawnVisit, BillShare)>();
        foreach (var visit in Visits)
        {
            var share = BenefitRules.Share(visit.Case, RowOf(PolicyOf(visit)), state, AccountOf(visit), visit.UseAccount);
            state = state.With(share.Moves);
            results.Add((visit, share));
        }
        return results;
    }

    public static PolicyRow RowOf(SlowBenefit.Policy policy) => Cases.Row(
        Enum.Parse<DeductibleMode>(policy.Mode, ignoreCase: true), policy.Deductible, policy.RateMillionths / 1_000_000m, policy.DailyCap, policy.AnnualCap) with
    {
        Scope = policy.Scope == "all" ? AccumulatorKey.Everywhere : policy.Scope,
        Caps = new SpanCaps(Fen(policy.VisitCap), Fen(policy.MonthCap), Fen(policy.QuarterCap), Fen(policy.InstitutionCap)),
        DiseaseCap = Fen(policy.DiseaseCap),
        Tiers = policy.Tiers is { } tiers ? TiersOf(tiers) : null,
        ReferralReduction = new Rate(policy.ReferralMillionths / 1_000_000m),
        Catastrophic = policy.Catastrophic is { } insured ? new CatastrophicTerms(Money.Fen(insured.Threshold), TiersOf(insured.Tiers), Fen(insured.Cap)) : null,
        Assistance = policy.Assistance is { } helped ? new AssistanceTerms(Money.Fen(helped.Threshold), new Rate(helped.RateMillionths / 1_000_000m), Fen(helped.Cap)) : null,
    };

    private static RateTiers TiersOf(IReadOnlyList<SlowBenefit.Tier> tiers) =>
        new([.. tiers.Select(tier => new RateTier(Fen(tier.UpTo), new Rate(tier.RateMillionths / 1_000_000m)))]);

    private static Money? Fen(long? fen) => fen is { } amount ? Money.Fen(amount) : null;
}

/// <summary>Generators that stay near the boundaries: few days, small caps, shares that round at half a fen.</summary>
internal static class BenefitGen
{
    private static readonly Gen<long> Shares = Gen.OneOf(
        Gen.Elements(0L, 1_000_000L, 500_000L, 600_000L, 333_333L, 50_000L), Gen.Choose(0, 1_000_000).Select(share => (long)share));

    private static readonly Gen<DrawnLine> Lines =
        from @class in Gen.Elements('A', 'B', 'B', 'C')
        from price in Gen.OneOf(Gen.Choose(0, 2_000).Select(fen => fen * 10_000L), Gen.Choose(0, 200_000_000).Select(each => (long)each))
        from quantity in Gen.OneOf(Gen.Choose(1, 30).Select(each => each * 10_000L), Gen.Choose(1, 500_000).Select(each => (long)each))
        from off in Gen.Choose(-1, 1)
        from hasLimit in Gen.Elements(true, false)
        from below in Gen.Choose(-3_000_000, 3_000_000)
        from share in Shares
        from category in Gen.Choose(1, 14)
        select new DrawnLine(
            @class, price, quantity, off, hasLimit ? Math.Max(0, price - below) : null, @class switch { 'A' => 0, 'C' => 1_000_000, _ => share }, category);

    public static readonly Gen<IReadOnlyList<DrawnLine>> Bills =
        from count in Gen.Choose(1, 12)
        from lines in Lines.ArrayOf(count)
        where lines.Sum(line => line.AmountFen) > 0
        select (IReadOnlyList<DrawnLine>)lines;

    /// <summary>A person under one row; the draw stays near the boundaries.</summary>
    public static readonly Gen<DrawnPerson> Persons = Gen.Choose(0, int.MaxValue).Select(seed => new BenefitDraw(seed).Person());

    public static Bill Bill(this IReadOnlyList<DrawnLine> lines) => Cases.Bill([.. lines.Select((line, i) => line.Line(i + 1))]);

    public static PolicyBook Book(this DrawnPerson person) => Cases.Book(person.Row);
}

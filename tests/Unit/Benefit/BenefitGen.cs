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
internal sealed record DrawnVisit(int DayOfYear, int Year, long Eligible, long SelfPay, bool UseAccount)
{
    public DateOnly Day => new DateOnly(Year, 1, 1).AddDays(DayOfYear);

    public ShareCase Case => Cases.Share(Eligible, SelfPay, Day);
}

internal sealed record DrawnPerson(SlowBenefit.Policy Policy, long Balance, IReadOnlyList<DrawnVisit> Visits)
{
    public PolicyRow Row => Cases.Row(
        Enum.Parse<DeductibleMode>(Policy.Mode, ignoreCase: true), Policy.Deductible, Policy.RateMillionths / 1_000_000m, Policy.DailyCap, Policy.AnnualCap);
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

    private static readonly Gen<long> Amounts = Gen.OneOf(Gen.Constant(0L), Gen.Choose(1, 300).Select(fen => (long)fen), Gen.Choose(1, 200_000).Select(fen => (long)fen));

    private static readonly Gen<SlowBenefit.Policy> Policies =
        from mode in Gen.Elements("none", "visit", "year")
        from deductible in Gen.OneOf(Gen.Choose(1, 300), Gen.Choose(1, 60_000))
        from rate in Shares
        from hasDay in Gen.Elements(true, false)
        from day in Gen.OneOf(Gen.Choose(0, 300), Gen.Choose(0, 50_000))
        from hasYear in Gen.Elements(true, false)
        from year in Gen.OneOf(Gen.Choose(0, 1_000), Gen.Choose(0, 300_000))
        select new SlowBenefit.Policy(mode, mode == "none" ? 0 : deductible, rate, hasDay ? day : null, hasYear ? year : null);

    private static readonly Gen<DrawnVisit> Visits =
        from day in Gen.Choose(363, 366)
        from eligible in Amounts
        from selfPay in Amounts
        from use in Gen.Elements(true, false)
        select new DrawnVisit(day, 2025, eligible, selfPay, use);

    public static readonly Gen<DrawnPerson> Persons =
        from policy in Policies
        from balance in Amounts
        from count in Gen.Choose(1, 6)
        from visits in Visits.ArrayOf(count)
        select new DrawnPerson(policy, balance, visits);

    public static Bill Bill(this IReadOnlyList<DrawnLine> lines) => Cases.Bill([.. lines.Select((line, i) => line.Line(i + 1))]);

    public static PolicyBook Book(this DrawnPerson person) => Cases.Book(person.Row);
}

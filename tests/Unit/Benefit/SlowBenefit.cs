using System.Numerics;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>A second reading of the requirement's arithmetic, plain and slow, on whole numbers only: fen, millionths of a yuan
/// for prices, ten-thousandths for quantities, millionths for shares. It shares no code with the rules.</summary>
internal sealed class SlowBenefit
{
    private const long Million = 1_000_000;

    // What a person has used so far, by words that name the span.
    private readonly Dictionary<string, BigInteger> _used = [];

    /// <summary>A policy row in plain numbers.</summary>
    public sealed record Policy(string Mode, long Deductible, long RateMillionths, long? DailyCap, long? AnnualCap)
    {
        public string Scope { get; init; } = "all";
        public IReadOnlyList<Tier>? Tiers { get; init; }
        public long ReferralMillionths { get; init; }
        public long? VisitCap { get; init; }
        public long? MonthCap { get; init; }
        public long? QuarterCap { get; init; }
        public long? DiseaseCap { get; init; }
        public long? InstitutionCap { get; init; }
        public Insured? Catastrophic { get; init; }
        public Helped? Assistance { get; init; }
    }

    /// <param name="UpTo">Null: the rest.</param>
    public sealed record Tier(long? UpTo, long RateMillionths);

    public sealed record Insured(long Threshold, IReadOnlyList<Tier> Tiers, long? Cap);

    public sealed record Helped(long Threshold, long RateMillionths, long? Cap);

    public sealed record Visit(DateOnly Day, long Total, long Eligible, string Institution, string? Disease, bool Irregular, bool UseAccount, string Owner);

    public sealed record Paid(BigInteger Deductible, BigInteger Fund, BigInteger Catastrophic, BigInteger Assistance, BigInteger Account, BigInteger Cash);

    /// <summary>"Over-limit = max(0, price - limit) x quantity; pre-self-pay = share x (amount - over-limit); both rounded per line."</summary>
    public static (BigInteger Full, BigInteger Over, BigInteger First, BigInteger Eligible) Line(
        char @class, long priceMillionths, long quantityTenThousandths, long amountFen, long? limitMillionths, long shareMillionths)
    {
        if (@class == 'C')
        {
            return (amountFen, 0, 0, 0);
        }
        BigInteger over = 0;
        if (limitMillionths is { } limit && priceMillionths > limit)
        {
            over = HalfUp((BigInteger)(priceMillionths - limit) * quantityTenThousandths, 100_000_000);
            if (over > amountFen)
            {
                over = amountFen;
            }
        }
        var first = HalfUp((amountFen - over) * shareMillionths, 1_000_000);
        return (0, over, first, amountFen - over - first);
    }

    /// <summary>"deductible -> tiers (summed unrounded, rounded once) -> reduction for irregular referral in percentage points -> daily cap ->
    /// disease cap -> annual cap -> catastrophic (cumulative in-scope own pay above a threshold, tiered) -> assistance -> account -> cash",
    /// with the caps of visit, month, quarter and institution where README.md puts them.</summary>
    public Paid Settle(Visit visit, Policy policy, long balance)
    {
        var year = $"{visit.Day.Year}";
        var (month, quarter) = ($"{year} month {visit.Day.Month}", $"{year} quarter {(visit.Day.Month - 1) / 3}");
        var deductible = Deductible(visit, policy, year, quarter, month);
        var above = visit.Eligible - deductible;
        var fund = Tiered(above, policy.Tiers ?? [new Tier(null, policy.RateMillionths)], visit.Irregular ? policy.ReferralMillionths : 0);

        List<(string Span, long Cap)> caps = [];
        void Capped(string span, long? cap)
        {
            if (cap is { } most)
            {
                caps.Add((span, most));
                fund = Smaller(fund, Left(most, span));
            }
        }
        Capped("this visit only", policy.VisitCap);
        Capped($"fund {visit.Day} {policy.Scope}", policy.DailyCap);
        Capped($"fund {month} {policy.Scope}", policy.MonthCap);
        Capped($"fund {quarter} {policy.Scope}", policy.QuarterCap);
        Capped($"fund {year} for {visit.Disease}", visit.Disease is null ? null : policy.DiseaseCap);
        Capped($"fund {year} at {visit.Institution} {policy.Scope}", policy.InstitutionCap);
        var ofYear = $"fund {year} {policy.Scope}";
        if (policy.AnnualCap is { } annual)
        {
            fund = Smaller(fund, Left(annual, ofYear));
        }
        foreach (var (span, _) in caps.Where(cap => cap.Span != "this visit only"))
        {
            Use(span, fund);
        }
        Use(ofYear, fund);

        var (catastrophic, assistance) = Layers(policy, year, visit.Eligible - fund);
        BigInteger account = 0;
        if (visit.UseAccount)
        {
            account = Smaller(visit.Total - fund - catastrophic - assistance, Left(balance, $"account {year} of {visit.Owner}"));
            Use($"account {year} of {visit.Owner}", account);
        }
        return new Paid(deductible, fund, catastrophic, assistance, account, visit.Total - fund - catastrophic - assistance - account);
    }

    private BigInteger Deductible(Visit visit, Policy policy, string year, string quarter, string month)
    {
        var span = policy.Mode switch
        {
            "year" => year,
            "institutionYear" => $"{year} at {visit.Institution}",
            "quarter" => quarter,
            "month" => month,
            _ => null,
        };
        if (policy.Mode == "none")
        {
            return 0;
        }
        if (span is null)
        {
            return Smaller(visit.Eligible, policy.Deductible);
        }
        var name = $"deductible {span} {policy.Scope}";
        var taken = Smaller(visit.Eligible, Left(policy.Deductible, name));
        Use(name, taken);
        return taken;
    }

    /// <summary>A layer's year is computed from its beginning each time: with this bill, less without it.</summary>
    private (BigInteger Catastrophic, BigInteger Assistance) Layers(Policy policy, string year, BigInteger own)
    {
        BigInteger catastrophic = 0, assistance = 0;
        if (policy.Catastrophic is { } insured)
        {
            var before = Used($"own pay {year}");
            catastrophic = Tiered(Over(before + own, insured.Threshold), insured.Tiers, 0) - Tiered(Over(before, insured.Threshold), insured.Tiers, 0);
            catastrophic = insured.Cap is { } cap ? Smaller(catastrophic, Left(cap, $"catastrophic {year}")) : catastrophic;
            Use($"own pay {year}", own);
            Use($"catastrophic {year}", catastrophic);
        }
        if (policy.Assistance is { } helped)
        {
            var (before, left) = (Used($"own pay left {year}"), own - catastrophic);
            assistance = HalfUp(Over(before + left, helped.Threshold) * helped.RateMillionths, Million) - HalfUp(Over(before, helped.Threshold) * helped.RateMillionths, Million);
            assistance = helped.Cap is { } cap ? Smaller(assistance, Left(cap, $"assistance {year}")) : assistance;
            Use($"own pay left {year}", left);
            Use($"assistance {year}", assistance);
        }
        return (catastrophic, assistance);
    }

    /// <summary>From the top down: what is above a tier's lower bound gets its rate.</summary>
    private static BigInteger Tiered(BigInteger amount, IReadOnlyList<Tier> tiers, long lessMillionths)
    {
        BigInteger sum = 0;
        for (var i = tiers.Count - 1; i >= 0; i--)
        {
            var lower = i == 0 ? 0 : tiers[i - 1].UpTo!.Value;
            if (amount > lower)
            {
                sum += (amount - lower) * Math.Max(0, tiers[i].RateMillionths - lessMillionths);
                amount = lower;
            }
        }
        return HalfUp(sum, Million);
    }

    private static BigInteger Over(BigInteger amount, long threshold) => amount > threshold ? amount - threshold : 0;

    private static BigInteger Smaller(BigInteger a, BigInteger b) => a < b ? a : b;

    private BigInteger Left(long limit, string of) => Used(of) > limit ? 0 : limit - Used(of);

    private BigInteger Used(string of) => _used.TryGetValue(of, out var sum) ? sum : 0;

    private void Use(string of, BigInteger amount) => _used[of] = Used(of) + amount;

    /// <summary>A fraction of nothing negative, rounded: half goes up.</summary>
    private static BigInteger HalfUp(BigInteger numerator, BigInteger denominator) => (2 * numerator + denominator) / (2 * denominator);
}

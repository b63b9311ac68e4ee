using System.Numerics;
using EdgeHub.Rules;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Payment;
using EdgeHub.Rules.Schemes.GpServices;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.GpServices;

/// <summary>Every formula of the briefing that carries money agrees with the slow second reading, and keeps what must not change.</summary>
public sealed class SlowBriefingTests
{
    private static readonly YearMonth October = new(2024, 10);

    private static readonly Gen<(bool IsGp, long Salary, long OnCosts)> Claims =
        from isGp in Gen.Elements(true, false) from salary in Gen.Choose(0, 900_000) from onCosts in Gen.Choose(0, 200_000) select (isGp, (long)salary, (long)onCosts);

    private static readonly Gen<(bool Suspended, int Achieved, int Kept)> Indicators =
        from suspended in Gen.Elements(true, false) from achieved in Gen.Choose(0, 5_000) from kept in Gen.Choose(0, 5_000) select (suspended, achieved, kept);

    [Fact]
    public void ArrsPositions_AnyClaims_AgreeWithPayingThemOneByOne() => Prop.ForAll(Arb.From(Claims.ListOf()), Arb.From(Gen.Choose(0, 4_000_000)), Arb.From(Gen.Choose(0, 4_000_000)), (drawn, roles, gps) =>
    {
        ArrsClaim[] claims = [.. drawn.Select((each, i) => Claim(each, i))];
        var positions = Of(claims);
        foreach (var position in positions)
        {
            var isGp = position.Budget is ArrsBudget.NewlyQualifiedGps;
            var slow = SlowBriefing.Budget(drawn, isGp, isGp ? gps : roles);
            Assert.Equal(slow, (position.Claimed.MinorUnits, position.Payable.MinorUnits, position.Left.MinorUnits));
            Assert.Equal(Pence(isGp ? gps : roles), position.Payable + position.Left);
        }
        Assert.Equal(positions, Of([.. claims.Reverse()]));

        IReadOnlyList<ArrsPosition> Of(IReadOnlyList<ArrsClaim> some) => GpServicesRules.ArrsPositions(some, Pence(roles), Pence(gps), October).Value;
    }).QuickCheckThrowOnFailure();

    /// <summary>A claim in two halves is one claim, and a higher claim is never paid less.</summary>
    [Fact]
    public void ArrsPositions_ClaimSplitOrRaised_IsTheSameOrMore() => Prop.ForAll(Arb.From(Gen.Choose(0, 900_000)), Arb.From(Gen.Choose(0, 900_000)), Arb.From(Gen.Choose(0, 1_500_000)), (first, second, budget) =>
    {
        var whole = Payable((long)first + second);
        Assert.Equal(whole, Payable(first, second));
        Assert.True(Payable((long)first + second + 1) >= whole);

        Money Payable(params long[] salaries) =>
            GpServicesRules.ArrsPositions([.. salaries.Select((salary, i) => Claim((false, salary, 0), i))], Pence(budget), Pence(0), October).Value[0].Payable;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void BackdatedUplift_AnyMonths_AgreesWithWalkingMonthByMonth() => Prop.ForAll(Arb.From(Gen.Choose(0, 900_000)), Arb.From(Gen.Choose(0, 90_000)), Arb.From(Gen.Choose(0, 40)), (before, more, months) =>
    {
        var (from, first) = (new YearMonth(2024, 4), new YearMonth(2024, 4).AddMonths(months - 3));
        var uplift = GpServicesRules.BackdatedUplift(Pence(before), Pence(before + more), from, first).Value;
        Assert.Equal(SlowBriefing.Uplift(before, before + more, 2024, 4, first.Year, first.Month), (BigInteger)uplift.MinorUnits);
        Assert.Equal(uplift.Times(3), GpServicesRules.BackdatedUplift(Pence(before * 3L), Pence((before + more) * 3L), from, first).Value);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void CaipPoolAndCaip_AnyFund_AgreeWithWholePence() => Prop.ForAll(Arb.From(Gen.Choose(0, 1_000_000_000)), Arb.From(Gen.Choose(0, 1_000)), Arb.From(Gen.Choose(0, 7)), (fund, thousandths, domains) =>
    {
        var pool = GpServicesRules.CaipPool(Pence(fund), new Rate(thousandths / 1000m)).Value;
        Assert.Equal(SlowBriefing.Pool(fund, thousandths), (BigInteger)pool.MinorUnits);
        Assert.Equal(SlowBriefing.Domains(pool.MinorUnits, (domains & 1) != 0, (domains & 2) != 0, (domains & 4) != 0), (BigInteger)Paid(domains).MinorUnits);
        Assert.True(Paid(domains | 2) >= Paid(domains), "a domain more never pays less");
        Assert.Equal(pool, Paid(7));

        Money Paid(int some) => GpServicesRules.Caip(pool, [.. Declared(some)], new DateOnly(2025, 3, 31)).Value.Total;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void QofPay_AnyIndicators_AgreesWithWholePence() => Prop.ForAll(Arb.From(Indicators.ListOf()), Arb.From(Gen.Choose(0, 30_000)), (drawn, perPoint) =>
    {
        QofIndicator[] indicators = [.. drawn.Select((each, i) => new QofIndicator($"I{i}", each.Suspended, each.Achieved / 100m, each.Kept / 100m))];
        var pay = GpServicesRules.QofPay(indicators, Pence(perPoint)).Value;
        Assert.Equal(SlowBriefing.Quality(drawn, perPoint), (pay.Protected.MinorUnits, pay.Measured.MinorUnits));
        Assert.Equal(pay.Total, pay.Protected + pay.Measured);
        Assert.Equal(pay, GpServicesRules.QofPay([.. indicators.Reverse()], Pence(perPoint)).Value);
        Assert.Equal(pay.Protected, GpServicesRules.QofPay([.. indicators.Select(each => each.IsSuspended ? each with { AchievedPoints = 0 } : each)], Pence(perPoint)).Value.Protected);
    }).QuickCheckThrowOnFailure();

    /// <summary>The contract's sum is what each clause gives by the slow reading, and each model is what stands in it.</summary>
    [Fact]
    public void Contract_AnyNetworkYear_IsTheSumOfTheSlowReadings() => Prop.ForAll(Arb.From(Claims.ListOf()), Arb.From(Indicators.ListOf()), Arb.From(Gen.Choose(0, 60_000)), (claims, indicators, registered) =>
    {
        var (perPatient, budget, access, perPoint, domains) = (10_428 + (registered % 7), 3_000_000L, 6_000_001L + registered, 22_049L, registered % 8);
        var year = new NetworkYear(
            registered, Pence(perPatient), [.. claims.Select(Claim)], Pence(budget), Pence(budget / 2), Pence(access), [.. Declared(domains)],
            [.. indicators.Select((each, i) => new QofIndicator($"I{i}", each.Suspended, each.Achieved / 100m, each.Kept / 100m))], Pence(perPoint));
        var paid = GpServicesRules.Contract(year, October, new DateOnly(2025, 3, 31)).Value;
        BigInteger core = 0;
        for (var i = 0; i < registered; i++)
        {
            core += perPatient;
        }
        var quality = SlowBriefing.Quality(indicators, perPoint);
        var acts = SlowBriefing.Budget(claims, gps: false, budget).Paid + SlowBriefing.Budget(claims, gps: true, budget / 2).Paid;
        var goals = quality.Measured + SlowBriefing.Domains(access, (domains & 1) != 0, (domains & 2) != 0, (domains & 4) != 0);
        Assert.Equal(
            (core, acts, goals, quality.Protected),
            (paid.Of(PaymentModel.Capitation).MinorUnits, paid.Of(PaymentModel.FeeForService).MinorUnits, paid.Of(PaymentModel.GoalRelated).MinorUnits, paid.Of(PaymentModel.BlockGrant).MinorUnits));
        Assert.Equal(core + acts + goals + quality.Protected, (BigInteger)paid.Total.MinorUnits);
    }).QuickCheckThrowOnFailure();

    private static Money Pence(long pence) => new(pence, Currency.Gbp);

    private static ArrsClaim Claim((bool IsGp, long Salary, long OnCosts) each, int i) =>
        new("role", each.IsGp ? ArrsBudget.NewlyQualifiedGps : ArrsBudget.Roles, October.AddMonths(i % 6), 0.5m, Pence(each.Salary), Pence(each.OnCosts));

    private static IEnumerable<CaipDeclaration> Declared(int domains) =>
        Enum.GetValues<CaipDomain>().Where(domain => (domains & (1 << (int)domain)) != 0).Select(domain => new CaipDeclaration(domain, new DateOnly(2025, 3, 31), true));
}

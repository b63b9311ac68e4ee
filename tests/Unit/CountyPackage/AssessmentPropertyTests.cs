using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.CountyPackage;

/// <summary>What holds of every assessment, deduction and mechanism: agreement with the slow second reading, conservation, order.</summary>
public sealed class AssessmentPropertyTests
{
    private static readonly DateOnly Day = new(2025, 1, 1);
    private static readonly ClearingIndicatorTerms Terms = ClearingIndicatorTerms.From(SchemeParameters.Shipped(CountyPackageScheme.Name).On(Day, Day));
    private static readonly Rate Half = new(0.5m);

    /// <summary>Fen: some small, where halves are odd, some as large as a county's.</summary>
    private static readonly Gen<int> Amounts = Gen.OneOf(Gen.Choose(0, 60), Gen.Choose(0, 2_000_000_000));

    private sealed record Found(long Quota, int SatisfactionTenths, int Refusals, HospitalLevel Level, long Outside, long Inpatient, int NotReimbursed, int Split);

    private static readonly Gen<Found> Findings =
        from quota in Amounts
        from satisfaction in Gen.OneOf(Gen.Constant(-1), Gen.Choose(0, 1_000), Gen.Choose(780, 810))
        from refusals in Gen.OneOf(Gen.Choose(0, 5), Gen.Choose(0, 130))
        from level in Gen.Elements(Enum.GetValues<HospitalLevel>())
        from inpatient in Amounts
        from thousandths in Gen.OneOf(Gen.Choose(0, 1_000), Gen.Choose(40, 120))
        from notReimbursed in Gen.Choose(0, 40)
        from split in Gen.Choose(0, 40)
        select new Found(quota, satisfaction, refusals, level, (long)inpatient * thousandths / 1_000, inpatient, notReimbursed, split);

    [Fact]
    public void Deposit_AnyQuotaAndGrade_AgreesWithTheSlowReadingAndConserves() => Prop.ForAll(
        Arb.From(Amounts), Arb.From(Gen.Choose(0, 1_000)), Arb.From(Gen.Elements(Enum.GetValues<AssessmentGrade>())), (quota, share, grade) =>
    {
        var deposit = CountyPackageRules.QualityDeposit(Money.Fen(quota), new Rate(share / 1_000m)).Value;
        Assert.Equal(SlowCountyAssessment.Deposit(quota, share), deposit.MinorUnits);
        var release = CountyPackageRules.ReleaseDeposit(deposit, grade, Half).Value;
        Assert.Equal(SlowCountyAssessment.Release(deposit.MinorUnits, (int)grade), (release.Paid.MinorUnits, release.ToReserve.MinorUnits));
        Assert.Equal(deposit, release.Paid + release.ToReserve);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ReleaseDeposit_WorseGrade_NeverPaysMore() => Prop.ForAll(Arb.From(Amounts), fen =>
    {
        var paid = Enum.GetValues<AssessmentGrade>().Select(grade => CountyPackageRules.ReleaseDeposit(Money.Fen(fen), grade, Half).Value.Paid).ToList();
        Assert.Equal(paid.OrderDescending(), paid);
        Assert.Equal((Money.Fen(fen), Money.Fen(0)), (paid[0], paid[^1]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Grade_MorePoints_NeverWorse() => Prop.ForAll(Arb.From(Gen.Choose(0, 1_000)), Arb.From(Gen.Choose(0, 1_000)), (one, other) =>
    {
        Assert.True(Of(Math.Max(one, other)) <= Of(Math.Min(one, other)));

        static AssessmentGrade Of(int tenths) => CountyPackageRules.Grade(tenths / 10m, new GradeThresholds(90, 80, 70, 60)).Value;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void NetTransfer_AnyYear_AgreesWithTheSlowReadingAndPaysTheYearOnce() => Prop.ForAll(Arb.From(Gen.Choose(0, 1_000_000_000).ArrayOf(5)), fen =>
    {
        var net = CountyPackageRules.NetTransfer(new NetTransferParts(Money.Fen(fen[0] - 1_000_000L), Money.Fen(fen[1]), Money.Fen(fen[2]), Money.Fen(fen[3]), Money.Fen(fen[4]))).Value;
        Assert.Equal(SlowCountyAssessment.Net(fen[0] - 1_000_000L, fen[1], fen[2], fen[3], fen[4]), net.MinorUnits);
        Assert.Equal((long)fen[0] - 1_000_000L + fen[1], net.MinorUnits + fen[2] + fen[3] + fen[4]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ShareOverrun_AnyOverrun_AgreesWithTheSlowReadingAndConserves() => Prop.ForAll(Arb.From(Amounts), fen =>
    {
        var shared = CountyPackageRules.ShareOverrun(Money.Fen(fen), 3, 7).Value;
        Assert.Equal(SlowCountyAssessment.Overrun(fen), (shared.City.MinorUnits, shared.County.MinorUnits));
        Assert.Equal(Money.Fen(fen), shared.City + shared.County);
        Assert.Equal((Money.Fen(3L * fen), Money.Fen(7L * fen)), Told(CountyPackageRules.ShareOverrun(Money.Fen(10L * fen), 3, 7).Value));

        static (Money, Money) Told(ReserveShare share) => (share.City, share.County);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void SurplusRate_AnyYear_AgreesWithTheSlowReading() => Prop.ForAll(Arb.From(Gen.Choose(1, 2_000_000_000)), Arb.From(Gen.Choose(0, 2_000_000_000)), Arb.From(Gen.Choose(-3, 8)), (funding, far, near) =>
    {
        // Half of the years lie at the limit itself.
        var spent = near > 3 ? far : Math.Max(0, funding - (funding / 10) + near);
        var test = CountyPackageRules.SurplusRate(Money.Fen(funding), Money.Fen(spent), new Rate(0.1m)).Value;
        var slow = SlowCountyAssessment.SurplusRate(funding, spent);
        Assert.Equal(((decimal)slow.Hundredths / 100m, slow.Holds), (test.Percent!.Value, test.Holds!.Value));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void DeductByIndicators_AnyFindings_AgreesWithTheSlowReadingAndConserves() => Prop.ForAll(Arb.From(Findings), found =>
    {
        var made = Deduct(found);
        var limit = found.Level switch { HospitalLevel.One => 5, HospitalLevel.Two => 8, HospitalLevel.TwoA => 9, _ => 10 };
        Assert.Equal(
            SlowCountyAssessment.Deducted(found.Quota, found.SatisfactionTenths, found.Refusals, limit, found.Outside, found.Inpatient, found.NotReimbursed, found.Split),
            made.Deducted.MinorUnits);
        Assert.Equal(Money.Fen(found.Quota), made.Deducted + made.Adjusted);
        Assert.False(made.Adjusted.IsNegative);
        Assert.Equal(found.SatisfactionTenths < 0, made.SatisfactionMissing);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void DeductByIndicators_WorseFindings_NeverDeductLess() => Prop.ForAll(Arb.From(Findings), found =>
    {
        var deducted = Deduct(found).Deducted;
        Assert.True(Deduct(found with { Refusals = found.Refusals + 1 }).Deducted >= deducted);
        Assert.True(Deduct(found with { NotReimbursed = found.NotReimbursed + 1 }).Deducted >= deducted);
        Assert.True(Deduct(found with { Split = found.Split + 1 }).Deducted >= deducted);
        Assert.True(Deduct(found with { Outside = Math.Min(found.Inpatient, found.Outside + 1) }).Deducted >= deducted);
        Assert.True(found.SatisfactionTenths < 1 || Deduct(found with { SatisfactionTenths = found.SatisfactionTenths - 1 }).Deducted >= deducted);
    }).QuickCheckThrowOnFailure();

    /// <summary>Rates of whole thousandths: a quota of whole thousands of fen is deducted without rounding, and scales.</summary>
    [Fact]
    public void DeductByIndicators_QuotaOfWholeThousands_Scales() => Prop.ForAll(Arb.From(Findings), Arb.From(Gen.Choose(1, 500)), (found, times) => Assert.Equal(
        Deduct(found with { Quota = found.Quota * 1_000 }).Deducted.Times(times), Deduct(found with { Quota = found.Quota * 1_000 * times }).Deducted)).QuickCheckThrowOnFailure();

    [Fact]
    public void SplitSurplus_AnySurplus_AgreesWithTheSlowReadingAndTheReservesInflow() => Prop.ForAll(Arb.From(Amounts), fen =>
    {
        var split = CountyPackageRules.SplitSurplus(Money.Fen(fen), Half).Value;
        Assert.Equal(SlowCountyAssessment.Surplus(fen), (split.Carry.MinorUnits, split.ToReserve.MinorUnits));
        Assert.Equal(Money.Fen(fen), split.Carry + split.ToReserve);
        Assert.Equal(split.ToReserve, CountyPackageRules.ReserveInflows(Money.Fen(fen), Half, Money.Fen(0), Money.Fen(0)).Value.Total);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ClawBack_AnyAmount_AgreesWithTheSlowReadingAndConserves() => Prop.ForAll(Arb.From(Amounts), Arb.From(Amounts), Arb.From(Gen.Choose(-2, 3)), (amount, far, near) =>
    {
        var remaining = near > 2 ? far : amount + near;
        var clawed = CountyPackageRules.ClawBack(Money.Fen(amount), Money.Fen(remaining)).Value;
        Assert.Equal(SlowCountyAssessment.ClawBack(amount, remaining), (clawed.Now.MinorUnits, clawed.NextYear.MinorUnits));
        Assert.Equal(Money.Fen(amount), clawed.Now + clawed.NextYear);
        Assert.True(!clawed.Now.IsNegative && clawed.Now <= Money.Fen(remaining).NotBelowZero());
    }).QuickCheckThrowOnFailure();

    private static ClearingDeductions Deduct(Found found) => CountyPackageRules.DeductByIndicators(
        Money.Fen(found.Quota),
        new ClearingFindings(
            found.SatisfactionTenths < 0 ? null : found.SatisfactionTenths / 10m, found.Refusals, found.Level, Money.Fen(found.Outside), Money.Fen(found.Inpatient), found.NotReimbursed, found.Split),
        Terms).Value;
}

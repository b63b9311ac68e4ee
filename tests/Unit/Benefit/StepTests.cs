using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

public sealed class B02Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B02");

    [Theory, MemberData(nameof(Examples))]
    public void DeductibleLeft_Example_GivesWhatIsStillBorne(BenefitRow row)
    {
        var policy = Cases.Row(row.Word<DeductibleMode>("mode"), row.Yuan("deductible").MinorUnits, 0.5m);
        var left = ShareRules.DeductibleLeft(policy, row.Yuan("taken this year"));
        Assert.Equal((row.Yuan("left"), BenefitArticles.B02), (left.Value, left.Article));
    }

    [Fact]
    public void DeductibleLeft_UnknownMode_Throws() =>
        Assert.Throws<InvalidOperationException>(() => ShareRules.DeductibleLeft(Cases.Row((DeductibleMode)9, 0, 0.5m), Money.Fen(0)));
}

public sealed class B03Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B03");

    [Theory, MemberData(nameof(Examples))]
    public void Deductible_Example_TakesAtMostTheEligible(BenefitRow row)
    {
        var taken = ShareRules.Deductible(row.Yuan("eligible"), row.Yuan("left"));
        Assert.Equal((row.Yuan("deductible"), BenefitArticles.B03), (taken.Value, taken.Article));
    }
}

public sealed class B04Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B04");

    [Theory, MemberData(nameof(Examples))]
    public void AtRate_Example_RoundsOnceHalfAwayFromZero(BenefitRow row)
    {
        var share = ShareRules.AtRate(row.Yuan("eligible"), row.Yuan("deductible"), new Rate(row.Number("rate")));
        Assert.Equal((row.Yuan("share"), BenefitArticles.B04), (share.Value, share.Article));
    }
}

public sealed class B05Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B05");

    [Theory, MemberData(nameof(Examples))]
    public void DailyCap_Example_AtMostWhatIsLeft(BenefitRow row)
    {
        var capped = ShareRules.DailyCap(row.Yuan("share"), row.YuanOrNone("left"));
        Assert.Equal((row.Yuan("result"), BenefitArticles.B05), (capped.Value, capped.Article));
    }

    [Theory]
    [InlineData(3000, 1800, 1200)]
    [InlineData(3000, 3000, 0)]
    [InlineData(3000, 4000, 0)]
    public void CapLeft_Paid_IsNeverBelowZero(long cap, long paid, long left) => Assert.Equal(Money.Fen(left), ShareRules.CapLeft(Money.Fen(cap), Money.Fen(paid)));
}

public sealed class B06Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B06");

    [Theory, MemberData(nameof(Examples))]
    public void AnnualCap_Example_AtMostWhatIsLeft(BenefitRow row)
    {
        var capped = ShareRules.AnnualCap(row.Yuan("share"), row.YuanOrNone("left"));
        Assert.Equal((row.Yuan("result"), BenefitArticles.B06), (capped.Value, capped.Article));
    }
}

public sealed class B07Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B07");

    [Theory, MemberData(nameof(Examples))]
    public void Account_Example_PaysFromThePatientsShare(BenefitRow row)
    {
        var account = ShareRules.Account(row.Yuan("patient"), row.Yuan("left"), row.Yes("use"));
        Assert.Equal((row.Yuan("account"), BenefitArticles.B07), (account.Value, account.Article));
    }
}

public sealed class B09Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B09");

    [Theory, MemberData(nameof(Examples))]
    public void Cash_Example_IsWhatNobodyElsePays(BenefitRow row)
    {
        var cash = ShareRules.Cash(row.Yuan("total"), row.Yuan("fund"), row.Yuan("account"));
        Assert.Equal((row.Yuan("cash"), BenefitArticles.B09), (cash.Value, cash.Article));
    }
}

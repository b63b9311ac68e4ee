using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>B26: tiers of what is above the deductible.</summary>
public sealed class B26Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B26");

    [Theory, MemberData(nameof(Examples))]
    public void AtTiers_Example_SumsUnroundedAndRoundsOnce(BenefitRow row)
    {
        var share = ShareRules.AtTiers(row.Yuan("eligible"), row.Yuan("deductible"), RateTiers.Parse(row["tiers"], Currency.Cny, "tiers"));
        Assert.Equal((row.Yuan("share"), BenefitArticles.B26), (share.Value, share.Article));
    }
}

/// <summary>B27: caps by the spans that the deductible knows.</summary>
public sealed class B27Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B27");

    [Theory, MemberData(nameof(Examples))]
    public void SpanCap_Example_AtMostWhatIsLeft(BenefitRow row)
    {
        var left = ShareRules.CapLeft(row.Yuan("cap"), row.Yuan("paid"));
        var capped = ShareRules.SpanCap(row.Word<CapSpan>("span"), row.Yuan("share"), left);
        Assert.Equal((row.Yuan("left"), row.Yuan("result"), BenefitArticles.B27), (left, capped.Value, capped.Article));
    }
}

/// <summary>B28: the year's cap for a disease.</summary>
public sealed class B28Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B28");

    [Theory, MemberData(nameof(Examples))]
    public void DiseaseCap_Example_AtMostWhatIsLeft(BenefitRow row)
    {
        var capped = ShareRules.DiseaseCap(row.Yuan("share"), ShareRules.CapLeft(row.Yuan("cap"), row.Yuan("paid")));
        Assert.Equal((row.Yuan("result"), BenefitArticles.B28), (capped.Value, capped.Article));
    }
}

/// <summary>B32: a family member's account pays.</summary>
public sealed class B32Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B32");

    [Theory, MemberData(nameof(Examples))]
    public void FamilyAccount_Example_PaysWhatTheOwnerHasLeft(BenefitRow row)
    {
        var pays = ShareRules.FamilyAccount(row.Yuan("patient"), ShareRules.AccountLeft(row.Yuan("balance"), row.Yuan("spent")), row.Yes("use"), "parent");
        Assert.Equal((row.Yuan("account"), BenefitArticles.B32), (pays.Value, pays.Article));
        Assert.Contains(new CitedInput("account of", "parent"), pays.Inputs);
    }
}

/// <summary>Z30: an irregular referral lowers the rate.</summary>
public sealed class Z30Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("Z30");

    [Theory, MemberData(nameof(Examples))]
    public void AfterReferral_Example_TakesPercentagePointsOffEachRate(BenefitRow row)
    {
        var share = ShareRules.AfterReferral(
            row.Yuan("eligible"), row.Yuan("deductible"), RateTiers.Parse(row["tiers"], Currency.Cny, "tiers"), new Rate(row.Number("points")));
        Assert.Equal((row.Yuan("share"), BenefitArticles.Z30), (share.Value, share.Article));
    }
}

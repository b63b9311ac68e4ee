using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>B29: catastrophic insurance on the year's in-scope own pay.</summary>
public sealed class B29Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B29");

    [Theory, MemberData(nameof(Examples))]
    public void Catastrophic_Example_PaysByTiersAboveTheThreshold(BenefitRow row)
    {
        var terms = new CatastrophicTerms(row.Yuan("threshold"), RateTiers.Parse(row["tiers"], Currency.Cny, "tiers"), row.YuanOrNone("cap"));
        var pays = LayerRules.Catastrophic(terms, row.Yuan("base before"), row.Yuan("own pay"), row.Yuan("paid before"));
        Assert.Equal((row.Yuan("pays"), BenefitArticles.B29), (pays.Value, pays.Article));
    }
}

/// <summary>B30: medical assistance on what then remains.</summary>
public sealed class B30Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B30");

    [Theory, MemberData(nameof(Examples))]
    public void Assistance_Example_PaysItsRateAboveTheThreshold(BenefitRow row)
    {
        var terms = new AssistanceTerms(row.Yuan("threshold"), new Rate(row.Number("rate")), row.YuanOrNone("cap"));
        var pays = LayerRules.Assistance(terms, row.Yuan("base before"), row.Yuan("left"), row.Yuan("paid before"));
        Assert.Equal((row.Yuan("pays"), BenefitArticles.B30), (pays.Value, pays.Article));
    }
}

/// <summary>B31: what the person bears in scope.</summary>
public sealed class B31Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B31");

    [Theory, MemberData(nameof(Examples))]
    public void OwnPay_Example_IsEligibleLessFundThenLessCatastrophic(BenefitRow row)
    {
        var own = LayerRules.OwnPay(row.Yuan("eligible"), row.Yuan("fund"));
        var left = LayerRules.OwnPayLeft(own.Value, row.Yuan("catastrophic"));
        Assert.Equal((row.Yuan("own pay"), row.Yuan("left"), BenefitArticles.B31, BenefitArticles.B31), (own.Value, left.Value, own.Article, left.Article));
    }
}

/// <summary>Z4: catastrophic insurance and assistance never hit an indicator.</summary>
public sealed class Z04ShareTests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("Z04");

    [Theory, MemberData(nameof(Examples))]
    public void ChargedToPackage_Example_IsTheFundsShareAlone(BenefitRow row)
    {
        var shares = new Shares(row.Yuan("fund"), row.Yuan("catastrophic"), row.Yuan("assistance"), Money.Fen(0), Money.Fen(100));
        var charged = LayerRules.ChargedToPackage(shares);
        Assert.Equal((row.Yuan("charged"), BenefitArticles.Z04), (charged.Value, charged.Article));
    }
}

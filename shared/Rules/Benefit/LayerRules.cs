using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>Catastrophic insurance and medical assistance: layers above the fund, apart from the package. Each counts the year's
/// own pay, so that a year's sum does not depend on how the year was split into settlements. Minor units.</summary>
public static class LayerRules
{
    /// <summary>What the person bears of the eligible amount: the deductible, what the rate leaves and what a cap cuts. Source: B31.</summary>
    public static Cited<Money> OwnPay(Money eligible, Money fund) => B31.Gives(eligible - fund, ("eligible amount", eligible), ("fund", fund));

    /// <summary>What catastrophic insurance pays now: the tiers on the year's in-scope own pay above the threshold, with this
    /// settlement less without it, each rounded once; at most what is left of its cap. Source: B29.</summary>
    /// <param name="baseBefore">The year's in-scope own pay before this settlement. <paramref name="paidBefore"/>: what it paid in the year.</param>
    public static Cited<Money> Catastrophic(CatastrophicTerms terms, Money baseBefore, Money ownPay, Money paidBefore)
    {
        var due = terms.Tiers.Of((baseBefore + ownPay - terms.Threshold).NotBelowZero()) - terms.Tiers.Of((baseBefore - terms.Threshold).NotBelowZero());
        return B29.Gives(
            Capped(due, terms.Cap, paidBefore), ("in-scope own pay", ownPay), ("own pay of the year before", baseBefore), ("threshold", terms.Threshold),
            ("tiers", terms.Tiers), ("cap", terms.Cap), ("paid this year", paidBefore));
    }

    /// <summary>What remains of the in-scope own pay after catastrophic insurance. Source: B31.</summary>
    public static Cited<Money> OwnPayLeft(Money ownPay, Money catastrophic) =>
        B31.Gives(ownPay - catastrophic, ("in-scope own pay", ownPay), ("catastrophic", catastrophic));

    /// <summary>What medical assistance pays now, the same way on what remains, at one rate. Source: B30.</summary>
    /// <param name="baseBefore">What remained in the year before this settlement. <paramref name="paidBefore"/>: what it paid in the year.</param>
    public static Cited<Money> Assistance(AssistanceTerms terms, Money baseBefore, Money ownPayLeft, Money paidBefore)
    {
        var due = Rated(terms, baseBefore + ownPayLeft) - Rated(terms, baseBefore);
        return B30.Gives(
            Capped(due, terms.Cap, paidBefore), ("own pay left", ownPayLeft), ("own pay left of the year before", baseBefore), ("threshold", terms.Threshold),
            ("rate", terms.Rate), ("cap", terms.Cap), ("paid this year", paidBefore));
    }

    /// <summary>What of the shares is charged to the package: the pooled fund's alone. Catastrophic insurance and assistance settle
    /// separately and never hit an indicator. Source: Z4.</summary>
    public static Cited<Money> ChargedToPackage(Shares shares) => Z04.Gives(
        shares.Fund, ("fund", shares.Fund), ("catastrophic", shares.Catastrophic), ("assistance", shares.Assistance));

    private static Money Rated(AssistanceTerms terms, Money ownPayOfYear) =>
        (ownPayOfYear - terms.Threshold).NotBelowZero().Times(terms.Rate, MidpointRounding.AwayFromZero);

    private static Money Capped(Money due, Money? cap, Money paidBefore) => cap is { } limit ? Money.Min(due, ShareRules.CapLeft(limit, paidBefore)) : due;
}

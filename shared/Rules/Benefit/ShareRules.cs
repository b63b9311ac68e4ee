using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>The steps on the eligible amount, one pure function each, in minor units; the rates alone round, once, half away
/// from zero. Their order is B20; what catastrophic insurance and assistance pay is in <see cref="LayerRules"/>.</summary>
public static class ShareRules
{
    /// <summary>What the patient still bears before the fund pays: the whole deductible for each visit, or what its span (year,
    /// year at the institution, quarter, month) has not taken yet. Source: B2.</summary>
    public static Cited<Money> DeductibleLeft(PolicyRow row, Money takenInSpan)
    {
        var left = row.DeductibleMode switch
        {
            DeductibleMode.None => Money.Zero(row.Deductible.Currency),
            DeductibleMode.Visit => row.Deductible,
            DeductibleMode.Year or DeductibleMode.InstitutionYear or DeductibleMode.Quarter or DeductibleMode.Month => (row.Deductible - takenInSpan).NotBelowZero(),
            _ => throw new InvalidOperationException($"Row {row.Id} has the unknown deductible mode {row.DeductibleMode}."),
        };
        return B02.Gives(left, ("mode", row.DeductibleMode), ("deductible", row.Deductible), (Taken(row.DeductibleMode), takenInSpan));
    }

    /// <summary>The part of the eligible amount that the deductible takes. Source: B3.</summary>
    public static Cited<Money> Deductible(Money eligible, Money deductibleLeft) => B03.Gives(
        Money.Min(eligible, deductibleLeft), ("eligible amount", eligible), ("deductible left", deductibleLeft));

    /// <summary>The fund's share of what is above the deductible. Source: B4.</summary>
    public static Cited<Money> AtRate(Money eligible, Money deductible, Rate fundRate) => B04.Gives(
        (eligible - deductible).Times(fundRate, MidpointRounding.AwayFromZero),
        ("eligible amount", eligible), ("deductible", deductible), ("reimbursement rate", fundRate));

    /// <summary>The same by tiers of what this settlement has above the deductible: summed unrounded, rounded once. Source: B26.</summary>
    public static Cited<Money> AtTiers(Money eligible, Money deductible, RateTiers tiers) => B26.Gives(
        tiers.Of(eligible - deductible), ("eligible amount", eligible), ("deductible", deductible), ("tiers", tiers));

    /// <summary>The share where the referral was irregular: each rate less the row's percentage points and never below zero, on the
    /// same amount, rounded once. Source: Z30; its place in the order: B20.</summary>
    public static Cited<Money> AfterReferral(Money eligible, Money deductible, RateTiers tiers, Rate reduction) => Z30.Gives(
        Money.Rounded(tiers.Unrounded(eligible - deductible, reduction), eligible.Currency, MidpointRounding.AwayFromZero),
        ("eligible amount", eligible), ("deductible", deductible), ("tiers", tiers), ("percentage points off", reduction));

    /// <summary>What is left of a cap: never below zero, though a cap may have been lowered below what was paid.</summary>
    public static Money CapLeft(Money cap, Money paid) => (cap - paid).NotBelowZero();

    /// <summary>The share, at most what is left of the day's cap; null: no cap. Source: B5.</summary>
    public static Cited<Money> DailyCap(Money share, Money? capLeft) => B05.Gives(
        capLeft is { } left ? Money.Min(share, left) : share, ("share", share), ("left of the daily cap", capLeft));

    /// <summary>The share, at most what is left of the year's cap; null: no cap. Source: B6.</summary>
    public static Cited<Money> AnnualCap(Money share, Money? capLeft) => B06.Gives(
        capLeft is { } left ? Money.Min(share, left) : share, ("share", share), ("left of the annual cap", capLeft));

    /// <summary>The share, at most what is left of the cap of a settlement, a month, a quarter, or a year at the institution. Source: B27.</summary>
    public static Cited<Money> SpanCap(CapSpan span, Money share, Money capLeft) =>
        B27.Gives(Money.Min(share, capLeft), ("span", span), ("share", share), ("left of the cap", capLeft));

    /// <summary>The share, at most what is left of the year's cap for the visit's disease. Source: B28.</summary>
    public static Cited<Money> DiseaseCap(Money share, Money capLeft) =>
        B28.Gives(Money.Min(share, capLeft), ("share", share), ("left of the disease cap", capLeft));

    /// <summary>What is left of the household account: the year's balance less what the year spent.</summary>
    public static Money AccountLeft(Money balance, Money spentThisYear) => (balance - spentThisYear).NotBelowZero();

    /// <summary>What the household account pays of the patient's share, where the patient wants it used. Source: B7.</summary>
    public static Cited<Money> Account(Money patientShare, Money accountLeft, bool useAccount) => B07.Gives(
        useAccount ? Money.Min(patientShare, accountLeft) : Money.Zero(patientShare.Currency),
        ("patient's share", patientShare), ("left of the account", accountLeft), ("use account", useAccount));

    /// <summary>What a family member's account pays of the patient's share, where the patient wants it used. Source: B32.</summary>
    public static Cited<Money> FamilyAccount(Money patientShare, Money accountLeft, bool useAccount, string owner) => B32.Gives(
        useAccount ? Money.Min(patientShare, accountLeft) : Money.Zero(patientShare.Currency),
        ("patient's share", patientShare), ("left of the account", accountLeft), ("use account", useAccount), ("account of", owner));

    /// <summary>What the patient pays in cash: total - fund - account. Source: B9.</summary>
    public static Cited<Money> Cash(Money total, Money fund, Money account) => B09.Gives(
        total - fund - account, ("total", total), ("fund", fund), ("account", account));

    /// <summary>The same where catastrophic insurance or assistance may pay too. Source: B9.</summary>
    public static Cited<Money> Cash(Money total, Money fund, Money catastrophic, Money assistance, Money account) => B09.Gives(
        total - fund - catastrophic - assistance - account,
        ("total", total), ("fund", fund), ("catastrophic", catastrophic), ("assistance", assistance), ("account", account));

    private static string Taken(DeductibleMode mode) => mode switch
    {
        DeductibleMode.InstitutionYear => "taken this year at the institution",
        DeductibleMode.Quarter => "taken this quarter",
        DeductibleMode.Month => "taken this month",
        _ => "taken this year",
    };
}

/// <summary>The spans of <see cref="SpanCaps"/>.</summary>
public enum CapSpan { Visit, Month, Quarter, InstitutionYear }

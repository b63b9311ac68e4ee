using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>The steps on the eligible amount, one pure function each, in minor units; the rate alone rounds, once, half away
/// from zero. Their order is B20.</summary>
public static class ShareRules
{
    /// <summary>What the patient still bears before the fund pays: the whole deductible for each visit, or what the year has
    /// not taken yet. Source: B2.</summary>
    public static Cited<Money> DeductibleLeft(PolicyRow row, Money takenThisYear)
    {
        var left = row.DeductibleMode switch
        {
            DeductibleMode.None => Money.Zero(row.Deductible.Currency),
            DeductibleMode.Visit => row.Deductible,
            DeductibleMode.Year => (row.Deductible - takenThisYear).NotBelowZero(),
            _ => throw new InvalidOperationException($"Row {row.Id} has the unknown deductible mode {row.DeductibleMode}."),
        };
        return B02.Gives(left, ("mode", row.DeductibleMode), ("deductible", row.Deductible), ("taken this year", takenThisYear));
    }

    /// <summary>The part of the eligible amount that the deductible takes. Source: B3.</summary>
    public static Cited<Money> Deductible(Money eligible, Money deductibleLeft) => B03.Gives(
        Money.Min(eligible, deductibleLeft), ("eligible amount", eligible), ("deductible left", deductibleLeft));

    /// <summary>The fund's share of what is above the deductible. Source: B4.</summary>
    public static Cited<Money> AtRate(Money eligible, Money deductible, Rate fundRate) => B04.Gives(
        (eligible - deductible).Times(fundRate, MidpointRounding.AwayFromZero),
        ("eligible amount", eligible), ("deductible", deductible), ("reimbursement rate", fundRate));

    /// <summary>What is left of a cap: never below zero, though a cap may have been lowered below what was paid.</summary>
    public static Money CapLeft(Money cap, Money paid) => (cap - paid).NotBelowZero();

    /// <summary>The share, at most what is left of the day's cap; null: no cap. Source: B5.</summary>
    public static Cited<Money> DailyCap(Money share, Money? capLeft) => B05.Gives(
        capLeft is { } left ? Money.Min(share, left) : share, ("share", share), ("left of the daily cap", capLeft));

    /// <summary>The share, at most what is left of the year's cap; null: no cap. Source: B6.</summary>
    public static Cited<Money> AnnualCap(Money share, Money? capLeft) => B06.Gives(
        capLeft is { } left ? Money.Min(share, left) : share, ("share", share), ("left of the annual cap", capLeft));

    /// <summary>What is left of the household account: the year's balance less what the year spent.</summary>
    public static Money AccountLeft(Money balance, Money spentThisYear) => (balance - spentThisYear).NotBelowZero();

    /// <summary>What the household account pays of the patient's share, where the patient wants it used. Source: B7.</summary>
    public static Cited<Money> Account(Money patientShare, Money accountLeft, bool useAccount) => B07.Gives(
        useAccount ? Money.Min(patientShare, accountLeft) : Money.Zero(patientShare.Currency),
        ("patient's share", patientShare), ("left of the account", accountLeft), ("use account", useAccount));

    /// <summary>What the patient pays in cash: total - fund - account. Source: B9.</summary>
    public static Cited<Money> Cash(Money total, Money fund, Money account) => B09.Gives(
        total - fund - account, ("total", total), ("fund", fund), ("account", account));
}

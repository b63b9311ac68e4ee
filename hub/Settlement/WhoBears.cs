namespace EdgeHub.Hub.Settlement;

/// <summary>Who pays a bill, in minor units, as claimed or as it truly is.</summary>
public sealed record ShareSums(long Fund, long Catastrophic, long Assistance, long Account, long Cash)
{
    public static readonly ShareSums Zero = new(0, 0, 0, 0, 0);

    public long Total => checked(Fund + Catastrophic + Assistance + Account + Cash);

    /// <summary>What an institution gets of it: all but the patient's cash.</summary>
    public long ToInstitution => checked(Fund + Catastrophic + Assistance + Account);
}

/// <summary>What one payer bears of a settlement, in minor units. Its true share is <see cref="Paid"/> + <see cref="Owed"/>.</summary>
/// <param name="Paid">Of its true share, what goes to the institution.</param>
/// <param name="Owed">Of its true share, what goes to the person, who paid too much.</param>
/// <param name="Overpaid">What the institution took in this payer's name beyond all true shares: not a part of any share.</param>
/// <param name="Faulty">Of that, what the institution's own faults made.</param>
public sealed record PayerPart(long Paid, long Owed, long Overpaid, long Faulty = 0)
{
    /// <summary>Of what was paid too much, what stale data made.</summary>
    public long Stale => Overpaid - Faulty;
}

/// <summary>A settlement's money by payer. The account pays its true share and no more.</summary>
public sealed record Borne(PayerPart Fund, PayerPart Catastrophic, PayerPart Assistance, long Account)
{
    public static readonly Borne Nothing = WhoBears.Of(ShareSums.Zero, ShareSums.Zero);

    public long Owed => checked(Fund.Owed + Catastrophic.Owed + Assistance.Owed);

    public long Overpaid => checked(Fund.Overpaid + Catastrophic.Overpaid + Assistance.Overpaid);

    public long Faulty => checked(Fund.Faulty + Catastrophic.Faulty + Assistance.Faulty);
}

/// <summary>Who bears a difference between what was claimed and what is right: every payer pays exactly its true share, the
/// institution gets exactly what it claimed of them all, and what the patient paid too much is owed by those whose true share
/// exceeds the claimed one, the fund first, then catastrophic insurance, then assistance. What all of them together would have paid
/// too much stands apart, in the name of the fund as far as fund and account were claimed too high, then of catastrophic insurance,
/// then of assistance: so nothing of these two ever comes to a package or an indicator. Source: Z2, Z4; data.md, "Who bears".</summary>
public static class WhoBears
{
    /// <param name="claimed">As the institution settled it.</param>
    /// <param name="truth">As it is right; of the account at most what was claimed: what was not taken at the counter is not taken later.</param>
    /// <param name="ownFault">Of what was paid too much, what the institution's own faults made: in the fund's name first.</param>
    /// <exception cref="ArgumentException">The totals differ, an amount is negative, or the true account exceeds the claimed one.</exception>
    public static Borne Of(ShareSums claimed, ShareSums truth, long ownFault = 0)
    {
        Check(claimed, truth);
        var owed = Math.Max(0, claimed.Cash - truth.Cash);
        var over = Math.Max(0, truth.Cash - claimed.Cash);
        var fundOwes = Least(owed, truth.Fund - claimed.Fund);
        var catastrophicOwes = Least(owed - fundOwes, truth.Catastrophic - claimed.Catastrophic);
        var assistanceOwes = owed - fundOwes - catastrophicOwes;
        var fundOver = Least(over, Math.Max(0, claimed.Fund - truth.Fund) + (claimed.Account - truth.Account));
        var catastrophicOver = Least(over - fundOver, claimed.Catastrophic - truth.Catastrophic);
        var assistanceOver = over - fundOver - catastrophicOver;
        var ofFund = Least(ownFault, fundOver);
        var ofCatastrophic = Least(ownFault - ofFund, catastrophicOver);
        return new Borne(
            new PayerPart(truth.Fund - fundOwes, fundOwes, fundOver, ofFund),
            new PayerPart(truth.Catastrophic - catastrophicOwes, catastrophicOwes, catastrophicOver, ofCatastrophic),
            new PayerPart(truth.Assistance - assistanceOwes, assistanceOwes, assistanceOver, Least(ownFault - ofFund - ofCatastrophic, assistanceOver)),
            truth.Account);
    }

    /// <summary>At most the excess, never below zero.</summary>
    private static long Least(long wanted, long excess) => Math.Min(wanted, Math.Max(0, excess));

    private static void Check(ShareSums claimed, ShareSums truth)
    {
        if (claimed.Total != truth.Total)
        {
            throw new ArgumentException($"The claimed shares sum to {claimed.Total}, the true ones to {truth.Total}.", nameof(truth));
        }
        if (Least(claimed) < 0 || Least(truth) < 0)
        {
            throw new ArgumentException($"A share is below zero: claimed {claimed}, true {truth}.", nameof(claimed));
        }
        if (truth.Account > claimed.Account)
        {
            throw new ArgumentException($"The account pays {truth.Account}, more than the {claimed.Account} that was taken of it.", nameof(truth));
        }
    }

    private static long Least(ShareSums shares) =>
        Math.Min(Math.Min(Math.Min(shares.Fund, shares.Catastrophic), Math.Min(shares.Assistance, shares.Account)), shares.Cash);
}

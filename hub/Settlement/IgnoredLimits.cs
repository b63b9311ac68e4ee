using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Settlement;

/// <summary>Which offline limits a site broke though it had them. A limit counts as had where the site's version of the parameters
/// is not older than the row's; one that changed since is not known as it was, and nothing is held against the site. Source: B23;
/// data.md, "Who bears".</summary>
/// <param name="Code">The refusal that would have been right; blank: none.</param>
/// <param name="DayFund">Minor units; -1: no such limit that the site surely had.</param>
/// <param name="DayCount">A number; -1 alike.</param>
/// <param name="DayAccount">Minor units of the account's share; -1 alike.</param>
/// <param name="Fund">With a broken limit on one settlement: how much of the fund it left; minor units.</param>
internal sealed record IgnoredLimits(string Code, long DayFund, long DayCount, long DayAccount = -1, long Fund = 0)
{
    public static readonly IgnoredLimits None = new("", -1, -1);

    public static IgnoredLimits Of(ReferenceCache known, Claim claim)
    {
        var (body, offline) = (claim.Body, claim.Body.Offline);
        // Who is known by the county's index alone has a limit of its own, offline or not.
        var byIndex = body.KnownBy == SettledWords.Index;
        if (claim.Kind == FactKind.Reimbursement || (!offline.Offline && !byIndex) || !offline.Feeds.TryGetValue(FeedNames.Parameters, out var version))
        {
            return None;
        }
        var had = known.Parameters.Where(row => row.Version <= version && !row.Removed).ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal);
        var changed = known.Parameters.Where(row => row.Version > version).Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        OfflineLimits limits;
        try
        {
            limits = OfflineLimitsReader.Read(had, Currency.Parse(body.Currency));
        }
        catch (FaultException)
        {
            // A value that no site can use either: it has no limits to ignore.
            return None;
        }
        if (byIndex && !changed.Contains(OfflineLimitNames.OutsideCatchmentFund) && body.Shares.Fund > limits.OutsideCatchmentFund.MinorUnits)
        {
            return new IgnoredLimits(Codes.OfflineAmountPerVisit, -1, -1, Fund: limits.OutsideCatchmentFund.MinorUnits);
        }
        if (!offline.Offline || changed.Contains(OfflineLimitNames.InpatientVisitTypes))
        {
            return None;
        }
        var inpatient = limits.IsInpatient(body.VisitType);
        var (name, most, code) = inpatient
            ? (OfflineLimitNames.InpatientFundPerSettlement, limits.InpatientFundPerSettlement, Codes.OfflineInpatientAmount)
            : (OfflineLimitNames.OutpatientFundPerSettlement, limits.OutpatientFundPerSettlement, Codes.OfflineAmountPerVisit);
        var age = offline.SnapshotAgeSeconds is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, int.MaxValue)) : TimeSpan.MaxValue;
        var broken = !changed.Contains(OfflineLimitNames.SnapshotRefuseDays) && age.Days >= limits.SnapshotRefuseDays ? Codes.SnapshotTooOld
            : !changed.Contains(name) && body.Shares.Fund > most.MinorUnits ? code
            : "";
        return new IgnoredLimits(
            broken,
            inpatient || changed.Contains(OfflineLimitNames.OutpatientFundPerPersonDay) ? -1 : limits.OutpatientFundPerPersonDay.MinorUnits,
            inpatient || changed.Contains(OfflineLimitNames.OutpatientCountPerPersonDay) ? -1 : limits.OutpatientCountPerPersonDay,
            inpatient || changed.Contains(OfflineLimitNames.OutpatientAccountPerPersonDay) ? -1 : limits.OutpatientAccountPerPersonDay.MinorUnits,
            broken == code ? most.MinorUnits : 0);
    }

    /// <summary>How much beyond a limit that its site had the settlement took, minor units; 0: no limit was broken. Beyond an amount: the
    /// fund's share above it. Beyond a number, or with a snapshot that was too old: everything that payers paid. A day's limits count
    /// the person's outpatient settlements of the day that the site made offline. Beyond the account's: at most what was not there any more.</summary>
    /// <param name="overdrawn">What was claimed of the account beyond what it could pay, minor units.</param>
    public static long Beyond(SettledFact fact, IReadOnlyList<SettledFact> year, long overdrawn)
    {
        var beyond = fact.LimitIgnored.Length == 0 ? 0
            : fact.LimitIgnored == Codes.SnapshotTooOld ? fact.Claimed.ToInstitution
            : Math.Max(0, fact.ClaimedFund - fact.FundLimit);
        if (fact is { DayFundLimit: < 0, DayCountLimit: < 0, DayAccountLimit: < 0 })
        {
            return beyond;
        }
        var before = year.Where(f =>
            f.Person == fact.Person && f.DeviceNo == fact.DeviceNo && f.Epoch == fact.Epoch && f.ServiceDay == fact.ServiceDay && f.Seq < fact.Seq
            && f is { Offline: true, Standing: Standing.Stands } && (f.DayFundLimit >= 0 || f.DayCountLimit >= 0 || f.DayAccountLimit >= 0)).ToList();
        if (fact.DayCountLimit >= 0 && before.Count >= fact.DayCountLimit)
        {
            return fact.Claimed.ToInstitution;
        }
        var beyondDay = fact.DayFundLimit < 0 ? 0 : checked(before.Sum(f => f.ClaimedFund) + fact.ClaimedFund - fact.DayFundLimit);
        var beyondAccount = fact.DayAccountLimit < 0 ? 0 : checked(before.Sum(f => f.ClaimedAccount) + fact.ClaimedAccount - fact.DayAccountLimit);
        return checked(Math.Max(beyond, Math.Min(fact.ClaimedFund, Math.Max(0, beyondDay))) + Math.Min(overdrawn, Math.Max(0, beyondAccount)));
    }
}

using System.Security.Cryptography;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Makes the fact of a settlement's line: the claim, and beside it what the hub knows when the line comes in.</summary>
internal static class ClaimIntake
{
    /// <exception cref="FaultException">The lines cannot be divided.</exception>
    public static SettledFact Of(StoreSession session, SettlementSettings settings, WaitingEntry entry, VisitSettled body, ReadOnlySpan<byte> bytes)
    {
        var region = settings.Region;
        var member = ReferenceStore.Member(session, region, body.Person);
        var institution = ReferenceStore.Institution(session, region, entry.Site);
        var level = institution?.Level ?? body.InstitutionLevel;
        var split = TrueSplit.Of(session, region, body, level);
        var (fault, ignored) = CoverOf(session, region, body, member);
        return new SettledFact
        {
            Region = region, DeviceNo = entry.DeviceNo, Epoch = entry.Epoch, Seq = entry.Seq, Site = entry.Site,
            EffectiveMs = entry.EffectiveMs, CivilDay = entry.CivilDay, KnownOn = settings.DayOf(entry.EffectiveMs),
            Settlement = body.Settlement, Visit = body.Visit, Ordinal = body.Ordinal, Person = body.Person,
            SchemeYear = BenefitKeys.SchemeYear(body.ServiceDay), ServiceDay = body.ServiceDay, Currency = body.Currency,
            Content = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            VisitType = body.VisitType, OutOfArea = body.OutOfArea, Disease = body.Disease,
            ClaimedPoolingArea = body.PoolingArea, ClaimedLevel = body.InstitutionLevel, ClaimedType = body.InstitutionType,
            ClaimedCover = body.Cover, ClaimedPersonType = body.PersonType, ClaimedBirthDate = body.BirthDate, ClaimedAccountBalance = body.AccountBalance,
            ClaimedUseAccount = body.UseAccount,
            Total = body.Totals.Total, ClaimedFullSelfPay = body.Totals.FullSelfPay, ClaimedOverPriceLimit = body.Totals.OverPriceLimit,
            ClaimedPreSelfPay = body.Totals.PreSelfPay, ClaimedEligible = body.Totals.Eligible, ClaimedDeductible = body.Totals.Deductible,
            ClaimedFund = body.Shares.Fund, ClaimedAccount = body.Shares.Account, ClaimedCash = body.Shares.Cash, ClaimedMoves = MoveText.Of(body.Accumulators),
            PolicyId = body.Policy.Id, PolicyVersion = body.Policy.Version, PolicyHash = body.Policy.Hash, PolicyRow = body.Policy.Row,
            FeedMembers = TrueSplit.FeedVersion(body, FeedNames.Members), FeedAccumulators = TrueSplit.FeedVersion(body, FeedNames.Accumulators),
            FeedPolicies = TrueSplit.FeedVersion(body, FeedNames.Policies), FeedCatalogue = TrueSplit.FeedVersion(body, FeedNames.Catalogue),
            FeedBlacklist = TrueSplit.FeedVersion(body, FeedNames.Blacklist),
            FullSelfPay = split.Totals.FullSelfPay.MinorUnits, OverPriceLimit = split.Totals.OverPriceLimit.MinorUnits,
            PreSelfPay = split.Totals.PreSelfPay.MinorUnits, Eligible = split.Totals.Eligible.MinorUnits, SplitCause = split.Cause,
            Level = level, InstitutionType = institution?.Type ?? body.InstitutionType, Alliance = institution?.Alliance ?? "",
            PoolingArea = member?.PoolingArea ?? body.PoolingArea, InsuranceType = member?.InsuranceType ?? body.Cover,
            PersonType = member?.PersonType ?? body.PersonType, BirthDate = member?.BirthDate ?? body.BirthDate,
            AccountBalance = member?.Account ?? 0, CoverFault = fault, CoverIgnored = ignored, MemberVersion = member?.Version ?? 0,
        };
    }

    /// <summary>Why the fund pays nothing for this person and day, and whether the site had been told. A stop carries no day of its
    /// own, so it counts only where the site had been told of it.</summary>
    private static (string Fault, bool Ignored) CoverOf(StoreSession session, string region, VisitSettled body, KnownMember? member)
    {
        if (member is null)
        {
            return (Codes.UnknownPerson, true);
        }
        var told = TrueSplit.FeedVersion(body, FeedNames.Members) >= member.Version;
        if (member.Removed || body.ServiceDay < member.CoverFirst || (member.CoverEnd.Length > 0 && body.ServiceDay >= Day(member.CoverEnd)))
        {
            return (Codes.NotCovered, told);
        }
        if (member.Status != KnownMember.InOrder && told)
        {
            return (Codes.BenefitStopped, true);
        }
        var listed = ReferenceStore.Blacklist(session, region, body.Person)
            .Where(row => body.ServiceDay >= row.First && (row.Ends.Length == 0 || body.ServiceDay < Day(row.Ends)))
            .MinBy(row => row.Version);
        return listed is null ? ("", false) : (Codes.Blacklisted, TrueSplit.FeedVersion(body, FeedNames.Blacklist) >= listed.Version);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

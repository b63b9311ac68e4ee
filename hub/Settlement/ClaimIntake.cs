using System.Security.Cryptography;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Settlement;

/// <summary>Makes the fact of a claim: the claim, and beside it what the hub knows when the line comes in.</summary>
internal static class ClaimIntake
{
    /// <exception cref="FaultException">The lines cannot be divided.</exception>
    public static SettledFact Of(ReferenceCache known, SettlementSettings settings, WaitingEntry entry, Claim claim, ReadOnlySpan<byte> bytes)
    {
        var body = claim.Body;
        var institution = known.Institution(body.Institution);
        var level = institution?.Level ?? body.InstitutionLevel;
        var split = TrueSplit.Of(known, body, level);
        var limits = IgnoredLimits.Of(known, claim);
        return WithMember(known, settings, new SettledFact
        {
            Region = settings.Region, DeviceNo = entry.DeviceNo, Epoch = entry.Epoch, Seq = entry.Seq, Site = entry.Site, Kind = claim.Kind,
            Institution = body.Institution, KeySite = claim.KeySite, Replaces = claim.Replaces,
            PlaceMs = entry.EffectiveMs, PlaceDeviceNo = entry.DeviceNo, PlaceEpoch = entry.Epoch, PlaceSeq = entry.Seq,
            EffectiveMs = entry.EffectiveMs, CivilDay = entry.CivilDay, KnownOn = settings.DayOf(entry.EffectiveMs),
            Settlement = body.Settlement, Visit = body.Visit, Ordinal = body.Ordinal, Person = body.Person,
            SchemeYear = BenefitKeys.SchemeYear(body.ServiceDay), ServiceDay = body.ServiceDay, Currency = body.Currency,
            Content = ContentOf(bytes),
            Standing = claim.Replaces is null ? Standing.Stands : Standing.Waits,
            VisitType = body.VisitType, OutOfArea = body.OutOfArea, Disease = body.Disease, Referral = body.Referral,
            Admitted = body.Admitted is { } admitted ? Article.Written(admitted) : "", AccountOwner = Owner(body), KnownBy = body.KnownBy,
            ClaimedPoolingArea = body.PoolingArea, ClaimedLevel = body.InstitutionLevel, ClaimedType = body.InstitutionType,
            ClaimedCover = body.Cover, ClaimedPersonType = body.PersonType, ClaimedBirthDate = body.BirthDate, ClaimedAccountBalance = body.AccountBalance,
            ClaimedUseAccount = body.UseAccount,
            Total = body.Totals.Total, ClaimedFullSelfPay = body.Totals.FullSelfPay, ClaimedOverPriceLimit = body.Totals.OverPriceLimit,
            ClaimedPreSelfPay = body.Totals.PreSelfPay, ClaimedEligible = body.Totals.Eligible, ClaimedDeductible = body.Totals.Deductible,
            ClaimedFund = body.Shares.Fund, ClaimedCatastrophic = body.Shares.Catastrophic, ClaimedAssistance = body.Shares.Assistance,
            ClaimedAccount = body.Shares.Account, ClaimedCash = body.Shares.Cash, ClaimedMoves = MoveText.Of(body.Accumulators),
            PolicyId = body.Policy.Id, PolicyVersion = body.Policy.Version, PolicyHash = body.Policy.Hash, PolicyRow = body.Policy.Row,
            FeedMembers = TrueSplit.FeedVersion(body, FeedNames.Members), FeedAccumulators = TrueSplit.FeedVersion(body, FeedNames.Accumulators),
            FeedPolicies = TrueSplit.FeedVersion(body, FeedNames.Policies), FeedCatalogue = TrueSplit.FeedVersion(body, FeedNames.Catalogue),
            FeedBlacklist = TrueSplit.FeedVersion(body, FeedNames.Blacklist), FeedParameters = TrueSplit.FeedVersion(body, FeedNames.Parameters),
            Offline = body.Offline.Offline, LimitIgnored = limits.Code, FundLimit = limits.Fund, DayFundLimit = limits.DayFund, DayCountLimit = limits.DayCount,
            DayAccountLimit = limits.DayAccount,
            FullSelfPay = split.Totals.FullSelfPay.MinorUnits, OverPriceLimit = split.Totals.OverPriceLimit.MinorUnits,
            PreSelfPay = split.Totals.PreSelfPay.MinorUnits, Eligible = split.Totals.Eligible.MinorUnits, SplitCause = split.Cause,
            ToldFullSelfPay = split.Told.FullSelfPay.MinorUnits, ToldOverPriceLimit = split.Told.OverPriceLimit.MinorUnits,
            ToldPreSelfPay = split.Told.PreSelfPay.MinorUnits, ToldEligible = split.Told.Eligible.MinorUnits,
            Level = level, InstitutionType = institution?.Type ?? body.InstitutionType, Alliance = institution?.Alliance ?? "",
            PoolingArea = body.PoolingArea, InsuranceType = body.Cover, PersonType = body.PersonType, BirthDate = body.BirthDate,
            AccountBalance = 0, CoverFault = "", CoverIgnored = false, MemberVersion = 0,
        });
    }

    /// <summary>A claim with what is loaded now of its person, for its service day; where nobody of the number is, as it was claimed.</summary>
    public static SettledFact WithMember(ReferenceCache known, SettlementSettings settings, SettledFact fact)
    {
        var member = MemberOn.Of(known.Members(fact.Person), fact.ServiceDay, settings.DayOf);
        var (fault, ignored) = CoverOf(known, fact, member);
        return fact with
        {
            PoolingArea = member?.PoolingArea ?? fact.ClaimedPoolingArea, InsuranceType = member?.InsuranceType ?? fact.ClaimedCover,
            PersonType = member?.PersonType ?? fact.ClaimedPersonType, BirthDate = member?.BirthDate ?? fact.ClaimedBirthDate,
            AccountBalance = member is not null && member.AccountOwner == fact.AccountOwner ? member.Account : 0,
            CoverFault = fault, CoverIgnored = ignored, MemberVersion = member?.Version ?? 0,
        };
    }

    /// <summary>By what a settlement sealed again in a new epoch is known: the hash of its body, without place and time.</summary>
    public static string ContentOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>Whose account pays; blank: the person's own, however that was written.</summary>
    public static string Owner(VisitSettled body) => body.AccountOwner == body.Person ? "" : body.AccountOwner;

    /// <summary>Whether a site had been told of a member as the member is now. Who is known by another way than the feed need not
    /// have been told of what changed since.</summary>
    public static bool WasTold(string knownBy, long feedMembers, long memberVersion) => knownBy == SettledWords.Feed && feedMembers >= memberVersion;

    /// <summary>Why the fund pays nothing for this person and day, and whether the site had been told. A stop carries no day of its
    /// own, so it counts only where the site had been told of it.</summary>
    private static (string Fault, bool Ignored) CoverOf(ReferenceCache known, SettledFact fact, KnownMember? member)
    {
        if (member is null)
        {
            return (Codes.UnknownPerson, true);
        }
        var told = WasTold(fact.KnownBy, fact.FeedMembers, member.Version);
        if (member.Removed || fact.ServiceDay < member.CoverFirst || (member.CoverEnd.Length > 0 && fact.ServiceDay >= Day(member.CoverEnd)))
        {
            return (Codes.NotCovered, told);
        }
        if (member.Status != KnownMember.InOrder && told)
        {
            return (Codes.BenefitStopped, true);
        }
        var listed = known.Blacklist(fact.Person)
            .Where(row => fact.ServiceDay >= row.First && (row.Ends.Length == 0 || fact.ServiceDay < Day(row.Ends)))
            .MinBy(row => row.Version);
        return listed is null ? ("", false) : (Codes.Blacklisted, fact.FeedBlacklist >= listed.Version);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Hub.Settlement;

/// <summary>How a settlement stands among those of its visit part.</summary>
public static class Standing
{
    public const string Stands = "Stands";
    public const string Reversed = "Reversed";

    /// <summary>Another unreversed settlement of the same visit part, or of the same id, comes before it.</summary>
    public const string Duplicate = "Duplicate";

    /// <summary>The same settlement by the same device once more, sealed again in a new epoch: nothing to decide.</summary>
    public const string Repeated = "Repeated";
}

/// <summary>One settlement as claimed, with what the hub knew of the person, the institution and the catalogue when the line
/// came in. Amounts are minor units of <see cref="Currency"/>.</summary>
public sealed record SettledFact
{
    public required string Region { get; init; }
    public required long DeviceNo { get; init; }
    public required long Epoch { get; init; }
    public required long Seq { get; init; }

    /// <summary>The site's code, which is the institution's.</summary>
    public required string Site { get; init; }

    /// <summary>Hub time of the capture, monotone per device.</summary>
    public required long EffectiveMs { get; init; }

    /// <summary>The civil day of the capture: policies known later do not hold for it.</summary>
    public required DateOnly KnownOn { get; init; }
    /// <summary>The site's own day of the capture.</summary>
    public required DateOnly CivilDay { get; init; }
    public required Guid Settlement { get; init; }
    public required string Visit { get; init; }
    public required long Ordinal { get; init; }
    public required string Person { get; init; }
    public required long SchemeYear { get; init; }
    public required DateOnly ServiceDay { get; init; }
    public required string Currency { get; init; }

    /// <summary>SHA-256 of the body, hexadecimal: tells a line sealed again from another one.</summary>
    public required string Content { get; init; }
    public string Standing { get; init; } = "Stands";

    /// <summary>When it was reversed, as effective time; 0: it was not.</summary>
    public long ReversedMs { get; init; }
    public required string VisitType { get; init; }
    public required bool OutOfArea { get; init; }
    public string? Disease { get; init; }
    public required string ClaimedPoolingArea { get; init; }
    public required long ClaimedLevel { get; init; }
    public required string ClaimedType { get; init; }
    public required string ClaimedCover { get; init; }
    public required string ClaimedPersonType { get; init; }
    public required DateOnly ClaimedBirthDate { get; init; }
    public required long ClaimedAccountBalance { get; init; }
    public required bool ClaimedUseAccount { get; init; }
    public required long Total { get; init; }
    public required long ClaimedFullSelfPay { get; init; }
    public required long ClaimedOverPriceLimit { get; init; }
    public required long ClaimedPreSelfPay { get; init; }
    public required long ClaimedEligible { get; init; }
    public required long ClaimedDeductible { get; init; }
    public required long ClaimedFund { get; init; }
    public required long ClaimedAccount { get; init; }
    public required long ClaimedCash { get; init; }

    /// <summary>The accumulators that it says it saw and left, as <see cref="MoveText"/> writes them.</summary>
    public required string ClaimedMoves { get; init; }
    public required string PolicyId { get; init; }
    public required long PolicyVersion { get; init; }
    public required string PolicyHash { get; init; }
    public required long PolicyRow { get; init; }
    public required long FeedMembers { get; init; }
    public required long FeedAccumulators { get; init; }
    public required long FeedPolicies { get; init; }
    public required long FeedCatalogue { get; init; }
    public required long FeedBlacklist { get; init; }

    // By the hub's own catalogue, institutions and members
    public required long FullSelfPay { get; init; }
    public required long OverPriceLimit { get; init; }
    public required long PreSelfPay { get; init; }
    public required long Eligible { get; init; }

    /// <summary>Why the hub divides the lines otherwise: blank, CatalogueStale, CatalogueIgnored or SiteStale.</summary>
    public required string SplitCause { get; init; }
    public required long Level { get; init; }
    public required string InstitutionType { get; init; }

    /// <summary>How the institution belongs to the alliance, as loaded: lead, member, private; blank where that is not known.</summary>
    public string Alliance { get; init; } = "";
    public required string PoolingArea { get; init; }
    public required string InsuranceType { get; init; }
    public required string PersonType { get; init; }
    public required DateOnly BirthDate { get; init; }
    public required long AccountBalance { get; init; }

    /// <summary>Why the fund pays nothing: blank, UnknownPerson, NotCovered, BenefitStopped or Blacklisted.</summary>
    public required string CoverFault { get; init; }

    /// <summary>The site had been told of the cover's fault.</summary>
    public required bool CoverIgnored { get; init; }
    public required long MemberVersion { get; init; }
    public Guid? Decision { get; init; }
    public long DecisionVersion { get; init; }
    public long FeedVersion { get; init; }

    public Currency Unit => Rules.Currency.Parse(Currency);

    /// <summary>The total order at the hub: service day, effective time, site, device, epoch, sequence.</summary>
    public (DateOnly, long, string, long, long, long) Order => (ServiceDay, EffectiveMs, Site, DeviceNo, Epoch, Seq);

    /// <summary>Names the entry, for causes and cases.</summary>
    public string Entry => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{DeviceNo}/{Epoch}/{Seq}");

    /// <summary>The case as the site stated it.</summary>
    public ShareCase ClaimedCase => Case(
        ClaimedPoolingArea, ClaimedLevel, ClaimedType, ClaimedCover, ClaimedPersonType, ClaimedBirthDate,
        ClaimedFullSelfPay, ClaimedOverPriceLimit, ClaimedPreSelfPay, ClaimedEligible);

    /// <summary>The case as the hub knows it.</summary>
    public ShareCase TrueCase => Case(
        PoolingArea, Level, InstitutionType, InsuranceType, PersonType, BirthDate, FullSelfPay, OverPriceLimit, PreSelfPay, Eligible);

    private ShareCase Case(
        string area, long level, string type, string insurance, string personType, DateOnly born, long full, long over, long pre, long eligible) => new(
        new VisitFacts(area, VisitType, OutOfArea, Site, checked((int)level), type, ServiceDay, Disease),
        new PersonFacts(insurance, personType, born),
        new BillTotals(Amount(Total), Amount(full), Amount(over), Amount(pre), Amount(eligible)));

    private Money Amount(long minorUnits) => new(minorUnits, Unit);
}

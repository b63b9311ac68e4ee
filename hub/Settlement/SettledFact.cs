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

    /// <summary>People took an invoice back: another claim of it may come.</summary>
    public const string Withdrawn = "Withdrawn";

    /// <summary>What a partial refund left of a settlement that the hub does not have: it counts when that comes.</summary>
    public const string Waits = "Waits";
}

/// <summary>How a claim came about.</summary>
public static class FactKind
{
    public const string Settled = "Settled";

    /// <summary>What a partial refund left; it stands at the place of the settlement that it replaces (B21).</summary>
    public const string Remainder = "Remainder";

    /// <summary>An invoice that the patient had paid in full (Z20).</summary>
    public const string Reimbursement = "Reimbursement";
}

/// <summary>What the total order counts by within a service day: a settlement's own effective time and entry, a remainder's
/// those of its forerunner.</summary>
/// <param name="KnownOn">Policies known later do not hold at this place.</param>
public readonly record struct FactPlace(long Ms, long DeviceNo, long Epoch, long Seq, DateOnly KnownOn);

/// <summary>One settlement as claimed, with what the hub knew of the person, the institution and the catalogue when the line
/// came in. Amounts are minor units of <see cref="Currency"/>.</summary>
public sealed record SettledFact
{
    public required string Region { get; init; }
    public required long DeviceNo { get; init; }
    public required long Epoch { get; init; }
    public required long Seq { get; init; }

    /// <summary>The code of the site whose device wrote it.</summary>
    public required string Site { get; init; }
    public string Kind { get; init; } = FactKind.Settled;

    /// <summary>Who treated: the site itself; of a reimbursement any institution, its name where it has no code here.</summary>
    public required string Institution { get; init; }

    /// <summary>With visit and ordinal the business key: the site; of a reimbursement its invoice's issuer.</summary>
    public required string KeySite { get; init; }

    /// <summary>The settlement that a remainder replaces.</summary>
    public Guid? Replaces { get; init; }

    /// <summary>Hub time of the capture, monotone per device.</summary>
    public required long EffectiveMs { get; init; }

    /// <summary>The civil day of the capture, of a remainder that of its forerunner: policies known later do not hold for it.</summary>
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

    /// <summary>NotNeeded, Regular or Irregular (Z30).</summary>
    public string Referral { get; init; } = nameof(Rules.Benefit.Referral.NotNeeded);

    /// <summary>The day that a stay began, yyyy-MM-dd; blank: no stay.</summary>
    public string Admitted { get; init; } = "";

    /// <summary>The person whose account pays; blank: the insured person's own.</summary>
    public string AccountOwner { get; init; } = "";

    /// <summary>How the site knew the person's cover: feed, lookup, index.</summary>
    public string KnownBy { get; init; } = "feed";
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
    public long ClaimedCatastrophic { get; init; }
    public long ClaimedAssistance { get; init; }
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
    public long FeedParameters { get; init; }

    /// <summary>Settled without the hub.</summary>
    public bool Offline { get; init; }

    // By the hub's own catalogue, institutions and members
    public required long FullSelfPay { get; init; }
    public required long OverPriceLimit { get; init; }
    public required long PreSelfPay { get; init; }
    public required long Eligible { get; init; }

    // As the site would have divided the lines by what it had been told: its own lines but for the items that it ignored
    public required long ToldFullSelfPay { get; init; }
    public required long ToldOverPriceLimit { get; init; }
    public required long ToldPreSelfPay { get; init; }
    public required long ToldEligible { get; init; }

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

    /// <summary>The offline limit on one settlement, or on the age of what was known, that it broke though the site had it: the
    /// refusal's code; blank: none.</summary>
    public string LimitIgnored { get; init; } = "";

    /// <summary>With such a limit on an amount: how much of the fund it left, minor units.</summary>
    public long FundLimit { get; init; }

    /// <summary>The site's limit on the fund's share of a person's outpatient settlements of a day, made offline; -1: none that it surely had.</summary>
    public long DayFundLimit { get; init; } = -1;

    /// <summary>The limit on their number; -1 alike.</summary>
    public long DayCountLimit { get; init; } = -1;

    /// <summary>The limit on the account's share of them, minor units; -1 alike.</summary>
    public long DayAccountLimit { get; init; } = -1;

    /// <summary>People said that it is not the same visit as one that was settled on the spot.</summary>
    public bool DoubleReleased { get; init; }

    /// <summary>People withdrew this claim of an invoice.</summary>
    public bool Withdrawn { get; init; }
    public Guid? Decision { get; init; }
    public long DecisionVersion { get; init; }
    public long FeedVersion { get; init; }

    public Currency Unit => Rules.Currency.Parse(Currency);

    public long PlaceMs { get; init; }
    public long PlaceDeviceNo { get; init; }
    public long PlaceEpoch { get; init; }
    public long PlaceSeq { get; init; }

    public FactPlace Place => new(PlaceMs, PlaceDeviceNo, PlaceEpoch, PlaceSeq, KnownOn);

    /// <summary>Its own effective time and entry.</summary>
    public FactPlace OwnPlace => new(EffectiveMs, DeviceNo, Epoch, Seq, KnownOn);

    /// <summary>The total order at the hub: service day, effective time, site, device, epoch, sequence; of several at one place,
    /// the one written first.</summary>
    public (DateOnly, long, string, long, long, long, (long, long, long)) Order => OrderAt(Place);

    public (DateOnly, long, string, long, long, long, (long, long, long)) OrderAt(FactPlace place) =>
        (ServiceDay, place.Ms, Site, place.DeviceNo, place.Epoch, place.Seq, (DeviceNo, Epoch, Seq));

    /// <summary>The person whose account pays, the insured one where nobody else is named.</summary>
    public string AccountPerson => AccountOwner.Length == 0 ? Person : AccountOwner;

    public bool IsReimbursement => Kind == FactKind.Reimbursement;

    /// <summary>An invoice of somebody who is not covered, as far as is known: another claim of the same invoice goes before it.</summary>
    public bool IsUnpayableInvoice => IsReimbursement && CoverFault.Length > 0;

    public ShareSums Claimed => new(ClaimedFund, ClaimedCatastrophic, ClaimedAssistance, ClaimedAccount, ClaimedCash);

    /// <summary>What is in question where it is refused: the payers' shares, of a reimbursement the invoice.</summary>
    public long AtStake => IsReimbursement ? Total : checked(ClaimedFund + ClaimedCatastrophic + ClaimedAssistance);

    /// <summary>Names the entry, for causes and cases.</summary>
    public string Entry => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{DeviceNo}/{Epoch}/{Seq}");

    /// <summary>The case as the site stated it.</summary>
    public ShareCase ClaimedCase => Case(
        OutOfArea, ClaimedPoolingArea, ClaimedLevel, ClaimedType, ClaimedCover, ClaimedPersonType, ClaimedBirthDate,
        ClaimedFullSelfPay, ClaimedOverPriceLimit, ClaimedPreSelfPay, ClaimedEligible);

    /// <summary>The case as the hub knows it. In or out of area follows from where the person is pooled; the word of a desk counts for
    /// an invoice alone, which is of an institution that the hub does not know.</summary>
    public ShareCase TrueCase => Case(
        IsReimbursement ? OutOfArea : PoolingArea != Region,
        PoolingArea, Level, InstitutionType, InsuranceType, PersonType, BirthDate, FullSelfPay, OverPriceLimit, PreSelfPay, Eligible);

    /// <summary>The bill as the site would have divided it by the items that it had been told of.</summary>
    public BillTotals ToldTotals => new(Amount(Total), Amount(ToldFullSelfPay), Amount(ToldOverPriceLimit), Amount(ToldPreSelfPay), Amount(ToldEligible));

    private ShareCase Case(
        bool outOfArea, string area, long level, string type, string insurance, string personType, DateOnly born, long full, long over, long pre, long eligible) => new(
        new VisitFacts(area, VisitType, outOfArea, Institution, checked((int)level), type, ServiceDay, Disease)
        {
            Referral = Enum.Parse<Referral>(Referral),
            Admitted = Admitted.Length == 0 ? null : DateOnly.ParseExact(Admitted, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        },
        new PersonFacts(insurance, personType, born),
        new BillTotals(Amount(Total), Amount(full), Amount(over), Amount(pre), Amount(eligible)));

    private Money Amount(long minorUnits) => new(minorUnits, Unit);
}

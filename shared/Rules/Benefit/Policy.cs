namespace EdgeHub.Rules.Benefit;

/// <summary>When the deductible starts anew: with each settlement, or with each year, year at an institution, quarter, month. Source: B2.</summary>
public enum DeductibleMode { None, Visit, Year, InstitutionYear, Quarter, Month }

/// <summary>For which cases a policy row holds; null matches any.</summary>
/// <param name="AgeFrom">Full years on the service day, included; <paramref name="AgeTo"/> not included.</param>
public sealed record PolicyKey(
    string PoolingArea, string? InsuranceType, string? VisitType, bool? OutOfArea, int? InstitutionLevel, string? InstitutionType,
    string? PersonType, int? AgeFrom, int? AgeTo, string? Disease, DateRange Effective);

/// <summary>One row of a benefit policy: its key and what it gives. Caps are null where there is none.</summary>
/// <param name="Id">Number of the row in its book, for citations and faults.</param>
public sealed record PolicyRow(
    int Id, PolicyKey Key, DeductibleMode DeductibleMode, Money Deductible, Rate FundRate, Money? DailyCap, Money? AnnualCap)
{
    /// <summary>Rows of one scope share the year's deductible and the caps: "*" where the book says nothing, else a name such as
    /// "inpatient", so that a stay in hospital does not use up the outpatient cap.</summary>
    public string Scope { get; init; } = AccumulatorKey.Everywhere;

    /// <summary>Caps of the fund's pay by the spans that the deductible knows too, beside <see cref="DailyCap"/> and <see cref="AnnualCap"/>.</summary>
    public SpanCaps Caps { get; init; } = SpanCaps.None;

    /// <summary>Cap of what the fund pays in a year for the visit's disease; null: none. A visit without a disease has no such cap.</summary>
    public Money? DiseaseCap { get; init; }

    /// <summary>Rates by parts of what one settlement has above the deductible; null: <see cref="FundRate"/> for all of it.</summary>
    public RateTiers? Tiers { get; init; }

    /// <summary>Percentage points (0.1: ten) by which an irregular referral lowers each rate, never below zero. Source: Z30.</summary>
    public Rate ReferralReduction { get; init; } = Rate.Zero;

    /// <summary>Catastrophic insurance on what the person bears in scope; null: none.</summary>
    public CatastrophicTerms? Catastrophic { get; init; }

    /// <summary>Medical assistance on what then remains; null: none.</summary>
    public AssistanceTerms? Assistance { get; init; }
}

/// <summary>Identity of the book that a settlement was computed with.</summary>
/// <param name="Hash">SHA-256 of the book's bytes, hexadecimal.</param>
public sealed record PolicyReference(string Id, int Version, string Hash);

/// <summary>A benefit policy book: envelope and rows. Loading refuses two rows that match the same case.</summary>
/// <param name="Source">The document that the rates come from; "sample" where they are made up.</param>
public sealed record PolicyBook(
    PolicyReference Reference, DateRange Effective, DateOnly KnownFrom, string Source, Currency Currency, IReadOnlyList<PolicyRow> Rows)
{
    /// <summary>The region that the book is for, for example 530924; blank where a book was made in memory.</summary>
    public string Region { get; init; } = "";

    /// <summary>Cases that the book declares to leave no gap in; checked when it was read.</summary>
    public IReadOnlyList<PolicyKey> Covers { get; init; } = [];
}

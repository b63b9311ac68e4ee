namespace EdgeHub.Rules.Benefit;

/// <summary>Caps of the fund's pay by span, minor units; null: none. The day's and the year's stand in the row itself. Source: B27.</summary>
/// <param name="Visit">Of each settlement. <paramref name="InstitutionYear"/>: of a year at one institution.</param>
public sealed record SpanCaps(Money? Visit = null, Money? Month = null, Money? Quarter = null, Money? InstitutionYear = null)
{
    public static readonly SpanCaps None = new();
}

/// <summary>Catastrophic insurance (大病保险): what the person bears in scope is added up over the year; above the threshold the
/// tiers pay. Source: B29.</summary>
/// <param name="Threshold">Of the year's in-scope own pay.</param>
/// <param name="Tiers">Rates by parts of what is above the threshold.</param>
/// <param name="Cap">Of what it pays in the year; null: none.</param>
public sealed record CatastrophicTerms(Money Threshold, RateTiers Tiers, Money? Cap);

/// <summary>Medical assistance (医疗救助): what remains of the in-scope own pay after catastrophic insurance is added up over the
/// year; above the threshold the rate pays. Source: B30.</summary>
/// <param name="Cap">Of what it pays in the year; null: none.</param>
public sealed record AssistanceTerms(Money Threshold, Rate Rate, Money? Cap);

using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>One part of an amount and its rate.</summary>
/// <param name="UpTo">Upper end of the part, included; null: the rest.</param>
public sealed record RateTier(Money? UpTo, Rate Rate);

/// <summary>Rates by parts of an amount, from below: the parts' products are summed unrounded and the sum is rounded once, by who
/// uses it. Equal where the tiers are. Source: B26.</summary>
public sealed record RateTiers
{
    public const int MaxTiers = 20;
    private const char Between = ';';
    private const char Within = ':';
    private const string Rest = "*";
    private const int RateDecimals = 6;
    private const string Expected = "bounds and rates from below, the last bound *, for example 5000:0.6;20000:0.7;*:0.8";

    private readonly RateTier[] _tiers;

    /// <exception cref="ArgumentException">Not 1 to 20 tiers with bounds above zero that grow, the last one open; or a rate outside 0 to 1.</exception>
    public RateTiers(params IReadOnlyList<RateTier> tiers)
    {
        _tiers = [.. tiers];
        var below = 0L;
        for (var i = 0; i < _tiers.Length; i++)
        {
            var (upTo, rate) = (_tiers[i].UpTo, _tiers[i].Rate);
            var last = i == _tiers.Length - 1;
            if (last ? upTo is not null : upTo is not { } bound || bound.MinorUnits <= below)
            {
                throw new ArgumentException($"Tier {i + 1} of {this}: {Expected}.", nameof(tiers));
            }
            if (rate < Rate.Zero || rate > Rate.One)
            {
                throw new ArgumentException($"Tier {i + 1} of {this} has the rate {rate}; it lies from 0 to 1.", nameof(tiers));
            }
            below = upTo?.MinorUnits ?? below;
        }
        if (_tiers.Length is 0 or > MaxTiers)
        {
            throw new ArgumentException($"{_tiers.Length} tiers; 1 to {MaxTiers} are right.", nameof(tiers));
        }
    }

    public IReadOnlyList<RateTier> All => _tiers;

    /// <summary>The sum of the parts' products, in minor units and not rounded.</summary>
    /// <param name="less">Percentage points off each rate; no rate falls below zero.</param>
    public decimal Unrounded(Money amount, Rate less)
    {
        var sum = 0m;
        var lower = 0L;
        foreach (var tier in _tiers)
        {
            var upper = tier.UpTo is { } bound ? Math.Min(bound.MinorUnits, amount.MinorUnits) : amount.MinorUnits;
            if (upper <= lower)
            {
                break;
            }
            sum += (upper - lower) * Math.Max(0m, tier.Rate.Value - less.Value);
            lower = upper;
        }
        return sum;
    }

    /// <summary>The sum of the parts' products, rounded once, half away from zero.</summary>
    public Money Of(Money amount) => Money.Rounded(Unrounded(amount, Rate.Zero), amount.Currency, MidpointRounding.AwayFromZero);

    /// <summary>Reads the form in which a policy book writes tiers, bounds in major units: 5000:0.6;20000:0.7;*:0.8.</summary>
    /// <exception cref="FaultException">Written otherwise, bounds that do not grow, or a rate outside 0 to 1 or with more than 6 decimals.</exception>
    public static RateTiers Parse(string text, Currency currency, string field)
    {
        var parts = text.Split(Between);
        var tiers = new List<RateTier>(parts.Length);
        foreach (var part in parts)
        {
            var cells = part.Split(Within);
            if (cells.Length != 2 || parts.Length > MaxTiers || (cells[0] == Rest) != (tiers.Count == parts.Length - 1))
            {
                throw Wrong(text, field);
            }
            var upTo = cells[0] == Rest ? (Money?)null : Money.Parse(cells[0], currency, field);
            var rate = Rate.ParseShare(cells[1], field);
            var below = tiers.Count == 0 ? 0 : tiers[^1].UpTo?.MinorUnits;
            if (upTo?.MinorUnits <= below || decimal.Round(rate.Value, RateDecimals) != rate.Value)
            {
                throw Wrong(text, field);
            }
            tiers.Add(new RateTier(upTo, rate));
        }
        return new RateTiers(tiers);
    }

    private static FaultException Wrong(string text, string field) => new(new Fault(Codes.BadRate, field, text, Expected));

    public bool Equals(RateTiers? other) => other is not null && _tiers.AsSpan().SequenceEqual(other._tiers);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var tier in _tiers)
        {
            hash.Add(tier);
        }
        return hash.ToHashCode();
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Join(Between, _tiers.Select(tier => string.Create(
        CultureInfo.InvariantCulture, $"{(tier.UpTo is { } bound ? bound.Major.ToString("0.00", CultureInfo.InvariantCulture) : Rest)}:{tier.Rate.Value:0.######}")));
}

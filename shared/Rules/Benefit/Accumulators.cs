using System.Collections.Immutable;

namespace EdgeHub.Rules.Benefit;

/// <summary>What is added up per person and scheme year. Base: the own pay that a layer counts; Pay: what the layer paid.</summary>
public enum AccumulatorKind { Deductible, FundPay, DiseaseFundPay, CatastrophicBase, AccountSpent, CatastrophicPay, AssistanceBase, AssistancePay }

/// <summary>The span that an accumulator covers.</summary>
public enum AccumulatorSpan { Day, Month, Quarter, Year }

/// <summary>Names one accumulator of a person.</summary>
/// <param name="Period">The day (2025-03-12), month (2025-03), quarter (2025-Q1) or scheme year (2025).</param>
/// <param name="Scope">"*" for all institutions, "institution:CODE" (with ":scope" where the row names one), "disease:CODE",
/// "account:OWNER" for a family member's account, or the scope that policy rows share.</param>
public sealed record AccumulatorKey(AccumulatorKind Kind, AccumulatorSpan Span, string Period, string Scope)
{
    public const string Everywhere = "*";

    /// <summary>Stable text, as stored and sent: Kind/Span/Period/Scope.</summary>
    public override string ToString() => $"{Kind}/{Span}/{Period}/{Scope}";

    /// <summary>Reads the one text form of a key, as <see cref="ToString"/> writes it: no other spelling is the same key.</summary>
    /// <exception cref="FaultException">Not four known parts, or written otherwise.</exception>
    public static AccumulatorKey Parse(string text)
    {
        var parts = text.Split('/', 4);
        return parts.Length == 4 && Enum.TryParse<AccumulatorKind>(parts[0], out var kind) && Enum.TryParse<AccumulatorSpan>(parts[1], out var span)
            && kind.ToString() == parts[0] && span.ToString() == parts[1] && Enum.IsDefined(kind) && Enum.IsDefined(span)
            ? new AccumulatorKey(kind, span, parts[2], parts[3])
            : throw new FaultException(new Fault(Codes.UnknownCode, "accumulator", text, "Kind/Span/Period/Scope, for example Deductible/Year/2025/*"));
    }
}

/// <summary>A change of one accumulator by one settlement. After is before plus the settlement's own amount.</summary>
public sealed record AccumulatorMove(AccumulatorKey Key, Money Before, Money After);

/// <summary>A person's accumulators as they stand before a settlement; what is absent is zero.</summary>
public sealed class AccumulatorState(IReadOnlyDictionary<AccumulatorKey, Money> amounts)
{
    public static readonly AccumulatorState Empty = new(new Dictionary<AccumulatorKey, Money>());

    public IReadOnlyDictionary<AccumulatorKey, Money> Amounts { get; } = amounts;

    public Money Of(AccumulatorKey key, Currency currency) => Amounts.TryGetValue(key, out var amount) ? amount : Money.Zero(currency);

    /// <summary>The state after the moves, each key set to its After. A year is many such steps: what does not move is shared with the
    /// state before and not copied.</summary>
    public AccumulatorState With(IEnumerable<AccumulatorMove> moves)
    {
        var next = (Amounts as ImmutableDictionary<AccumulatorKey, Money> ?? Amounts.ToImmutableDictionary()).ToBuilder();
        foreach (var move in moves)
        {
            next[move.Key] = move.After;
        }
        return new AccumulatorState(next.ToImmutable());
    }
}

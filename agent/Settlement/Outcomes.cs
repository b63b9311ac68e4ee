namespace EdgeHub.Agent.Settlement;

/// <summary>What came of a request that moves money, or that keeps a contact, under a key of its caller: the answer's exact bytes, or why not.</summary>
public abstract record MoneyOutcome
{
    private MoneyOutcome() { }

    /// <param name="Json">The answer as it is stored and sent, UTF-8.</param>
    /// <param name="Again">The same request came before; nothing was done this time.</param>
    public sealed record Done(byte[] Json, bool Again) : MoneyOutcome;

    public sealed record Refused(Refusal Why) : MoneyOutcome;
}

/// <summary>What a bill would give now.</summary>
public abstract record QuoteOutcome
{
    private QuoteOutcome() { }

    public sealed record Quoted(QuoteAnswer Answer) : QuoteOutcome;

    public sealed record Refused(Refusal Why) : QuoteOutcome;
}

/// <summary>What was found under an id.</summary>
public abstract record LookUp<T>
{
    private LookUp() { }

    public sealed record Found(T Value) : LookUp<T>;

    public sealed record Refused(Refusal Why) : LookUp<T>;
}

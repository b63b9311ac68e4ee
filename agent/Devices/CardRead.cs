namespace EdgeHub.Agent.Devices;

/// <summary>What a reader read from a card. No decision is made of it here. It never prints what is personal.</summary>
/// <param name="Device">The reader's name, as it stands in the evidence of a visit.</param>
/// <param name="CardNumber">Number of the social security card; null: not on this card.</param>
/// <param name="IdNumber">Social security number, which is the identity number; null: not on this card.</param>
/// <param name="At">When it was read, UTC.</param>
public sealed record CardRead(string Device, string? CardNumber, string? IdNumber, DateTimeOffset At)
{
    /// <summary>The name with what the card keeps of it in a further record; null: not on this card.</summary>
    public string? Name { get; init; }

    /// <summary>Which row of the table of card profiles read it; "simulated" for a card without a reader.</summary>
    public string Profile { get; init; } = SimulatedCardReader.ReaderName;

    /// <summary>The card's version, for example 2.00; null: not on this card.</summary>
    public string? Version { get; init; }

    /// <summary>The area that issued it: the first six digits of the card's id; null: not on this card.</summary>
    public string? IssuerArea { get; init; }

    /// <summary>Day of issue; null: not on this card.</summary>
    public DateOnly? Issued { get; init; }

    /// <summary>The last day on which it is valid; null: it does not say.</summary>
    public DateOnly? Expires { get; init; }

    /// <summary>Sex by GB/T 2261.1: 1 male, 2 female, 0 and 9 unknown; null: not on this card.</summary>
    public string? Sex { get; init; }

    public DateOnly? BirthDate { get; init; }

    public override string ToString() => $"a card in {Device}";
}

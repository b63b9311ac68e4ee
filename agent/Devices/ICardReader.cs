namespace EdgeHub.Agent.Devices;

/// <summary>What a reader read from a card. No decision is made of it here.</summary>
/// <param name="Device">The reader's name, as it stands in the evidence of a visit.</param>
/// <param name="CardNumber">Number of the social security card; null: not on this card.</param>
/// <param name="IdNumber">Identity number on the card; null: not on this card.</param>
/// <param name="At">When it was read, UTC.</param>
public sealed record CardRead(string Device, string? CardNumber, string? IdNumber, DateTimeOffset At);

/// <summary>A card came or went. Card: null when it was removed.</summary>
public sealed class CardChanged(CardRead? card) : EventArgs
{
    public CardRead? Card { get; } = card;
}

/// <summary>A reader of cards: simulated now, PC/SC behind the same face.</summary>
public interface ICardReader
{
    string Name { get; }

    /// <summary>The card that is in the reader now; null: none.</summary>
    CardRead? Current { get; }

    /// <summary>A card was inserted or removed.</summary>
    event EventHandler<CardChanged>? Changed;
}

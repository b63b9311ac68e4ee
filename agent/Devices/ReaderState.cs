namespace EdgeHub.Agent.Devices;

/// <summary>Where a reader stands. Faulty is the reader's own trouble; NotRead is the card's.</summary>
public enum ReaderStatus
{
    /// <summary>Not connected, or nothing is there to speak to readers with: Error says which.</summary>
    Absent,

    /// <summary>Waits for a card. An Error is what became of the last one.</summary>
    Ready,

    /// <summary>A card came and is not read yet.</summary>
    CardIn,

    /// <summary>It is being read.</summary>
    Reading,

    /// <summary>It was read: Card holds what it says.</summary>
    Read,

    /// <summary>A card is in that cannot be used, or could not be read: Error says why, Card what was read of it, if anything.</summary>
    NotRead,

    /// <summary>The reader does not do its work: Error says why.</summary>
    Faulty,
}

/// <summary>One reader as the desk sees it.</summary>
/// <param name="Name">As the platform calls it.</param>
/// <param name="Card">What was read; null: nothing.</param>
/// <param name="Error">Null: nothing is wrong.</param>
/// <param name="Since">UTC.</param>
public sealed record ReaderState(string Name, ReaderStatus Status, CardRead? Card, DeviceError? Error, DateTimeOffset Since)
{
    /// <summary>The same but for the time since when.</summary>
    public bool IsAs(ReaderState other) => this == other with { Since = Since };
}

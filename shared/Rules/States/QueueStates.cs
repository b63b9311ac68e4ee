namespace EdgeHub.Rules.States;

/// <summary>Where a patient stands in a day's queue of a site.</summary>
public enum QueueState
{
    /// <summary>Expected today; has no number yet.</summary>
    Booked,

    /// <summary>Here, with a number, waiting.</summary>
    CheckedIn,

    /// <summary>Called to a room or a desk.</summary>
    Called,

    WithDoctor,

    /// <summary>Seen; the bill is to be settled.</summary>
    ToPay,

    Done,

    /// <summary>Did not come, or left without being seen.</summary>
    NoShow,
}

/// <summary>The steps of a day's queue. The documents name none but booking and check-in; the rest is ours. A village doctor who does
/// everything alone may go from the waiting room to the bill at once; who was noted as absent and comes after all waits again.</summary>
public static class QueueStates
{
    public static readonly StateTable<QueueState> Table = new("queue",
        (QueueState.Booked, QueueState.CheckedIn), (QueueState.Booked, QueueState.NoShow),
        (QueueState.CheckedIn, QueueState.Called), (QueueState.CheckedIn, QueueState.WithDoctor), (QueueState.CheckedIn, QueueState.ToPay),
        (QueueState.CheckedIn, QueueState.Done), (QueueState.CheckedIn, QueueState.NoShow),
        (QueueState.Called, QueueState.Called), (QueueState.Called, QueueState.CheckedIn), (QueueState.Called, QueueState.WithDoctor),
        (QueueState.Called, QueueState.ToPay), (QueueState.Called, QueueState.Done), (QueueState.Called, QueueState.NoShow),
        (QueueState.WithDoctor, QueueState.CheckedIn), (QueueState.WithDoctor, QueueState.ToPay), (QueueState.WithDoctor, QueueState.Done),
        (QueueState.ToPay, QueueState.Called), (QueueState.ToPay, QueueState.WithDoctor), (QueueState.ToPay, QueueState.Done),
        (QueueState.Done, QueueState.ToPay), (QueueState.NoShow, QueueState.CheckedIn));
}

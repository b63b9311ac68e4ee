using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.States;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.CheckIn;

/// <summary>A place in today's queue as a desk shows it.</summary>
/// <param name="Name">The person's name; blank: not known who it is.</param>
/// <param name="Next">Steps that may follow.</param>
public sealed record QueueShown(QueueRow Row, string Name, IReadOnlyList<QueueState> Next);

/// <summary>What a waiting room's screen may show: a number and where to go, never a name.</summary>
public sealed record CallShown(int Number, string Room, DateTimeOffset At);

/// <summary>A day's queue at a site: one series of numbers, however many desks and kiosks. Kept here alone: that somebody came, was settled
/// or seen is an entry of the journal anyway; where somebody sat in between is not the hub's business, and is forgotten after 30 days.</summary>
public sealed class VisitQueue(AgentStore store, Bookings bookings, IEntropy entropy)
{
    /// <summary>Channel of a check-in by the clinic's own system.</summary>
    public const string OwnSystem = "system";

    public const string AtTheDesk = "desk";
    public const int MostShown = 300;
    public const int KeptDays = 30;
    private const int PlaceCharacters = 20;

    /// <summary>Today's queue, with names.</summary>
    public Task<IReadOnlyList<QueueShown>> Today() => store.Do<IReadOnlyList<QueueShown>>(session =>
        [.. QueueStore.OfDay(session, store.Clock.Today, MostShown).Select(row => Shown(session, row))]);

    public Task<QueueShown?> OfVisit(string visit) => store.Do(session => QueueStore.OfVisit(session, visit) is { } row ? Shown(session, row) : null);

    /// <summary>Numbers that are called now, the latest first.</summary>
    public Task<IReadOnlyList<CallShown>> Calls(int most) => store.Do<IReadOnlyList<CallShown>>(session =>
        [.. QueueStore.Called(session, store.Clock.Today, most).Select(row => new CallShown(row.Number ?? 0, row.Room, row.Called ?? store.Clock.Now))]);

    /// <summary>Calls who waits longest: two desks never call the same person.</summary>
    /// <param name="waiting">CheckedIn for a doctor, ToPay for a cashier.</param>
    public Task<QueueOutcome> CallNext(QueueState waiting, string room, string desk) => store.Do<QueueOutcome>(session =>
        QueueStore.Next(session, store.Clock.Today, waiting) is { } row
            ? Moved(session, row, QueueState.Called, room, desk)
            : new QueueOutcome.Refused(Refusal.Of(Codes.NobodyWaits, "queue", waiting.ToString(), "somebody who waits")));

    /// <summary>One step of one place; refused by name when it is not in <see cref="QueueStates.Table"/>.</summary>
    public Task<QueueOutcome> Move(string entry, QueueState to, string room = "", string desk = "") => store.Do<QueueOutcome>(session =>
    {
        if (QueueStore.Find(session, entry) is not { } row)
        {
            return new QueueOutcome.Refused(Refusal.Of(Codes.NotFound, "queue", entry, "a place in today's queue"));
        }
        return QueueStates.Table.May(row.State, to)
            ? Moved(session, row, to, room, desk)
            : new QueueOutcome.Refused(Refusal.Of(Codes.StepNotAllowed, "queue", $"{row.State} -> {to}", string.Join(", ", QueueStates.Table.After(row.State))));
    });

    /// <summary>A number for somebody of whom nothing is known yet: a kiosk hands over to the desk.</summary>
    /// <param name="note">Why, as a code.</param>
    public Task<QueueShown> HandOver(string channel, string note) => store.Do(session => Shown(session, Enter(session, store, new QueueRow(
        entropy.NewId(store.Clock.Now).ToString("D"), store.Clock.Today, null, QueueState.CheckedIn, null, null, channel, "", "", "", null, null, null, note))));

    /// <summary>A visit was opened: it takes the place that was kept for it, or a new one at the end. In the caller's transaction.</summary>
    internal static void Opened(StoreSession session, AgentStore store, Visit visit, CheckInRequest where)
    {
        var kept = where.Place is { } place && QueueStore.Find(session, place) is { Visit: null } found && found.Day == visit.CivilDay ? found : null;
        // Who took a number at a kiosk keeps it, whoever opens the visit.
        kept ??= QueueStore.OfPerson(session, visit.CivilDay, visit.Person).FirstOrDefault(
            each => each is { Visit: null, Number: not null, State: not (QueueState.Done or QueueState.NoShow) });
        var row = (kept ?? new QueueRow(
            visit.Id, visit.CivilDay, null, QueueState.CheckedIn, null, null, where.Channel ?? OwnSystem, "", "", "", null, null, null, "")) with
        {
            Visit = visit.Id, Person = visit.Person, VisitType = visit.VisitType,
        };
        if (row.Number is null)
        {
            Enter(session, store, row);
        }
        else
        {
            QueueStore.Change(session, row);
        }
    }

    /// <summary>Gives a place the day's next number, in the caller's transaction: at check-in, at a kiosk, from a booking that stands already.</summary>
    internal static QueueRow Enter(StoreSession session, AgentStore store, QueueRow row)
    {
        var number = QueueStore.NextNumber(session, row.Day);
        if (number == 1)
        {
            QueueStore.Forget(session, row.Day.AddDays(-KeptDays));
            DraftStore.Forget(session, store.Clock.Now.AddDays(-KeptDays));
        }
        var entered = row with { Number = number, Stored = QueueState.CheckedIn, Arrived = store.Clock.Now };
        if (QueueStore.Find(session, row.Entry) is null)
        {
            QueueStore.Add(session, entered);
        }
        else
        {
            QueueStore.Change(session, entered);
        }
        return entered;
    }

    /// <summary>The number of somebody who comes to a booked visit, in the caller's transaction.</summary>
    internal static int Booked(StoreSession session, AgentStore store, Booking booking, string channel) => Enter(session, store, new QueueRow(
        Bookings.PlaceOf(booking.Key), store.Clock.Today, null, QueueState.CheckedIn, null, booking.Person, channel, "", booking.Room, "", booking.Starts, null, null, ""))
        .Number ?? throw new InvalidOperationException("Whoever comes gets a number.");

    private QueueOutcome Moved(StoreSession session, QueueRow row, QueueState to, string room, string desk)
    {
        var moved = row with
        {
            Stored = to, Room = Short(room, row.Room), Desk = Short(desk, row.Desk),
            Called = to == QueueState.Called ? store.Clock.Now : row.Called,
            // Somebody who was booked and comes gets a number now.
            Number = to == QueueState.CheckedIn && row.Number is null ? QueueStore.NextNumber(session, row.Day) : row.Number,
            Arrived = to == QueueState.CheckedIn ? row.Arrived ?? store.Clock.Now : row.Arrived,
        };
        QueueStore.Change(session, moved);
        bookings.Follow(session, moved);
        return new QueueOutcome.Moved(Shown(session, moved));
    }

    private static string Short(string given, string before) =>
        given.Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, PlaceCharacters)] : before;

    private QueueShown Shown(StoreSession session, QueueRow row) => new(
        row, row.Person is { } person ? store.Members.ByPerson(session, person)?.Personal.Name ?? "" : "", QueueStates.Table.After(row.State));
}

public abstract record QueueOutcome
{
    private QueueOutcome() { }

    public sealed record Moved(QueueShown Place) : QueueOutcome;

    public sealed record Refused(Refusal Why) : QueueOutcome;
}

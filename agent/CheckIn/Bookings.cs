using System.Text.Json;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;
using EdgeHub.Rules.States;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.CheckIn;

/// <summary>A desk books a visit.</summary>
/// <param name="Starts">To the minute; from now to a year ahead.</param>
/// <param name="Minutes">How long it is to take, 1 to 1,440.</param>
public sealed record BookRequest(
    string? RequestKey, string? Person, DateTimeOffset? Starts, int? Minutes, string? Room, string? Profession, string? Staff, string? Operator);

/// <summary>A desk moves a booking to another moment; the rest of it stays where nothing is said.</summary>
public sealed record MoveRequest(string? RequestKey, DateTimeOffset? Starts, int? Minutes, string? Operator);

public sealed record BookedAnswer(string Booking, string Person, DateTimeOffset Starts, long Epoch, long Seq);

/// <summary>A booked visit went a step, or why not.</summary>
public abstract record StepOutcome
{
    private StepOutcome() { }

    public sealed record Went(Booking Booking) : StepOutcome;

    public sealed record Refused(Refusal Why) : StepOutcome;
}

/// <summary>Booked visits of this site: made and cancelled at the desk, led step by step. Each is an entry of the journal; the hub
/// merges what is told twice. Works without the network from what was fed. Source: O7.</summary>
public sealed class Bookings(AgentStore store, IEntropy entropy)
{
    public const string Operation = "booking";
    private const string QueuePlace = "booking/";
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <summary>A booking is kept so long behind its moment.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    /// <summary>The visits booked on the site's civil day, in their order.</summary>
    public Task<IReadOnlyList<Booking>> OnDay(DateOnly day) => store.Do(session => BookingStore.Between(session, Midnight(day), Midnight(day.AddDays(1))));

    /// <summary>A person's visits booked on the site's civil day.</summary>
    public Task<IReadOnlyList<Booking>> OfPerson(string person, DateOnly day) =>
        store.Do(session => BookingStore.OfPerson(session, person, Midnight(day), Midnight(day.AddDays(1))));

    public async Task<MoneyOutcome> Make(BookRequest request)
    {
        if (store.Site is null)
        {
            return new MoneyOutcome.Refused(Refusal.NotEnrolled());
        }
        var faults = new List<Fault>();
        var made = Read(request, faults);
        if (faults.Count > 0)
        {
            return new MoneyOutcome.Refused(new Refusal(faults, null));
        }
        var hash = RequestContent.Hash(Operation, "", request);
        return await store.Do(session => RequestContent.Before(session, store.Requests, made.RequestKey, Operation, hash) ?? Add(session, made.RequestKey, hash, made));
    }

    /// <summary>Moves a booking whose patient has not come: it is cancelled and made anew at the other moment, in one transaction, so that
    /// nobody ever sees two or none. What another system had booked is the desk's own from then on.</summary>
    public async Task<MoneyOutcome> Move(string key, MoveRequest request)
    {
        if (store.Site is null)
        {
            return new MoneyOutcome.Refused(Refusal.NotEnrolled());
        }
        var hash = RequestContent.Hash(Operation, key, request);
        return await store.Do(session =>
        {
            if (request.RequestKey is { } asked && RequestContent.Before(session, store.Requests, asked, Operation, hash) is { } before)
            {
                return before;
            }
            if (BookingStore.Find(session, key) is not { } booking)
            {
                return new MoneyOutcome.Refused(Refusal.Of(Codes.NotFound, "booking", key, "a visit that is booked here"));
            }
            var faults = new List<Fault>();
            var made = Read(new BookRequest(
                request.RequestKey, booking.Person, request.Starts, request.Minutes ?? booking.Minutes, booking.Room, booking.Profession, booking.Staff, request.Operator), faults);
            if (faults.Count > 0)
            {
                return new MoneyOutcome.Refused(new Refusal(faults, null));
            }
            return Cancelled(session, booking, $"moved: {made.Booking}", made.Operator) is StepOutcome.Refused refused
                ? new MoneyOutcome.Refused(refused.Why)
                : Add(session, made.RequestKey, hash, made);
        });
    }

    private BookingMade Read(BookRequest request, List<Fault> faults)
    {
        var key = Given.Text(request.RequestKey, "requestKey", Given.KeyCharacters, faults);
        var person = Given.Text(request.Person, "person", Given.NameCharacters, faults);
        var @operator = Given.Text(request.Operator, "operator", Given.NameCharacters, faults);
        var now = store.Clock.Now;
        var starts = Minute(request.Starts ?? DateTimeOffset.MinValue);
        if (starts < Minute(now) || starts > now + Furthest)
        {
            faults.Add(new Fault(Codes.BadDate, "starts", request.Starts is null ? "" : Instants.Write(starts), "a moment from now to a year ahead"));
        }
        var made = new BookingMade(
            BookingWords.DeskKey + entropy.NewId(now).ToString("N"), key, person, starts, request.Minutes ?? 0, request.Room?.Trim() ?? "", request.Profession?.Trim() ?? "",
            request.Staff?.Trim() ?? "", @operator);
        if (faults.Count == 0 && BookingWords.Wrong(made) is { } wrong)
        {
            faults.Add(wrong);
        }
        return made;
    }

    private MoneyOutcome Add(StoreSession session, string key, byte[] hash, BookingMade made)
    {
        if (store.Members.ByPerson(session, made.Person) is null)
        {
            return new MoneyOutcome.Refused(new Refusal(
                [new Fault(Codes.UnknownPerson, "person", made.Person, "a person of this catchment") { Personal = true }], null));
        }
        var at = store.Clock.Capture();
        BookingStore.DropBefore(session, at.At - Kept);
        BookingStore.Add(session, made);
        var head = store.Journal.Append(session, Kinds.BookingMade, made, at);
        var answer = JsonSerializer.SerializeToUtf8Bytes(new BookedAnswer(made.Booking, made.Person, made.Starts, head.Epoch, head.Seq), RequestContent.Json);
        store.Requests.Add(session, key, Operation, hash, answer, at.At);
        return new MoneyOutcome.Done(answer, Again: false);
    }

    /// <summary>Cancels a booking; one whose patient has come is not cancelled any more. Asked again it answers the same.</summary>
    public async Task<StepOutcome> Cancel(string key, string reason, string @operator)
    {
        var faults = new List<Fault>();
        var why = Given.Text(reason, "reason", Given.ReasonCharacters, faults);
        var who = Given.Text(@operator, "operator", Given.NameCharacters, faults);
        return faults.Count > 0 ? new StepOutcome.Refused(new Refusal(faults, null)) : await store.Do<StepOutcome>(session =>
        {
            return BookingStore.Find(session, key) is { } booking ? Cancelled(session, booking, why, who) : Unknown(key);
        });
    }

    private StepOutcome Cancelled(StoreSession session, Booking booking, string why, string who)
    {
        if (booking.State != BookingWords.Booked)
        {
            return new StepOutcome.Refused(Refusal.Of(Codes.StepNotAllowed, "visit", $"{booking.State} -> Cancelled", $"a visit that is {BookingWords.Booked}", PrimaryCareChoiceArticles.O07));
        }
        var at = store.Clock.Capture();
        store.Journal.Append(session, Kinds.BookingCancelled, new BookingCancelled(booking.Key, why, who), at);
        BookingStore.Cancel(session, booking.Key, at.At);
        return new StepOutcome.Went(booking);
    }

    /// <summary>Somebody who is booked today has come to the desk: the step and the queue's number are one transaction. Asked again it answers as
    /// it stands.</summary>
    public Task<StepOutcome> Arrive(string key, string @operator) => store.Do<StepOutcome>(session =>
        BookingStore.Find(session, key) is not { } booking ? Unknown(key)
        : store.Clock.CivilDay(booking.Starts) != store.Clock.Today
            ? new StepOutcome.Refused(Refusal.Of(Codes.BadDate, "starts", Instants.Write(booking.Starts), "a visit that is booked today", PrimaryCareChoiceArticles.O07))
            : Step(session, booking, BookingWords.CheckedIn, BookingWords.Desk, booking.Room, @operator, number => VisitQueue.Booked(number, store, booking, VisitQueue.AtTheDesk)));

    /// <summary>Leads a booked visit a step on. The step that it has taken already is answered with the visit as it stands.</summary>
    /// <param name="to">One of <see cref="BookingWords"/>.</param>
    /// <param name="number">Gives the queue's number in the same transaction; null: none is given.</param>
    public Task<StepOutcome> Step(string key, string to, string by, string place, string @operator, Func<StoreSession, int>? number = null) =>
        store.Do<StepOutcome>(session => BookingStore.Find(session, key) is { } booking ? Step(session, booking, to, by, place, @operator, number) : Unknown(key));

    /// <inheritdoc cref="Step(string, string, string, string, string, Func{StoreSession, int})"/>
    public StepOutcome Step(StoreSession session, Booking booking, string to, string by, string place, string @operator, Func<StoreSession, int>? number)
    {
        if (booking.State == to)
        {
            return new StepOutcome.Went(booking);
        }
        var (from, next) = (Enum.Parse<VisitState>(booking.State), Enum.TryParse<VisitState>(to, out var parsed) ? parsed : VisitState.Booked);
        if (!PrimaryCareChoiceStates.Visit.May(from, next))
        {
            return new StepOutcome.Refused(Refusal.Of(
                Codes.StepNotAllowed, "visit", $"{booking.State} -> {to}", "one of " + string.Join(", ", PrimaryCareChoiceStates.Visit.After(from)), PrimaryCareChoiceArticles.O07));
        }
        var step = new BookingStepped(booking.Key, booking.Person, booking.State, to, by, place, number?.Invoke(session) ?? 0, @operator);
        if (BookingWords.Wrong(step) is { } wrong)
        {
            return new StepOutcome.Refused(new Refusal([wrong], null));
        }
        var at = store.Clock.Capture();
        store.Journal.Append(session, Kinds.BookingStepped, step, at);
        BookingStore.Step(session, step, at.At);
        return new StepOutcome.Went(booking with { State = to, Number = step.Number > 0 ? step.Number : booking.Number });
    }

    /// <summary>The queue's place of a booked visit: it leads back to the booking.</summary>
    public static string PlaceOf(string key) => QueuePlace + key;

    /// <summary>Leads a booked visit after its place in the queue: called, done, did not come.</summary>
    public void Follow(StoreSession session, QueueRow place)
    {
        if (!place.Entry.StartsWith(QueuePlace, StringComparison.Ordinal) || BookingStore.Find(session, place.Entry[QueuePlace.Length..]) is not { } booking)
        {
            return;
        }
        var to = place.State switch
        {
            QueueState.Called or QueueState.WithDoctor or QueueState.ToPay => BookingWords.Called,
            QueueState.Done => BookingWords.Done,
            QueueState.NoShow => BookingWords.NoShow,
            _ => booking.State,
        };
        // Whoever was settled without having been called was called all the same.
        if (to == BookingWords.Done && booking.State == BookingWords.CheckedIn
            && Step(session, booking, BookingWords.Called, BookingWords.Desk, place.Room, BookingWords.Desk, null) is StepOutcome.Went called)
        {
            booking = called.Booking;
        }
        Step(session, booking, to, BookingWords.Desk, place.Room, BookingWords.Desk, null);
    }

    /// <summary>The visit's own place in the queue, where it was booked: money settled means done.</summary>
    public void FollowVisit(StoreSession session, string visit)
    {
        if (QueueStore.OfVisit(session, visit) is { } place)
        {
            Follow(session, place);
        }
    }

    private DateTimeOffset Midnight(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>A moment by the site's own clock on the wall.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById(store.Site?.TimeZone ?? "UTC").GetUtcOffset(local));
    }

    private static StepOutcome Unknown(string key) => new StepOutcome.Refused(Refusal.Of(Codes.NotFound, "booking", key, "a visit that is booked here"));

    private static DateTimeOffset Minute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}

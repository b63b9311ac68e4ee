using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;
using EdgeHub.Rules.States;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.CheckIn;

/// <summary>A person whom a kiosk knows by the card.</summary>
public sealed record KioskPerson(string Person, string Name);

/// <summary>A visit of today as a kiosk shows it, and whether it takes the check-in now.</summary>
/// <param name="Opens">From when, by the site's clock on the wall.</param>
public sealed record KioskVisit(Booking Booking, CheckInAnswer Answer, DateTimeOffset At, DateTimeOffset Opens);

/// <summary>What a visit costs its patient under the high-cost protection.</summary>
public sealed record KioskFee(Money Full, ProtectedFee Protected);

/// <summary>A patient has checked in.</summary>
/// <param name="Ahead">Persons with a lower number who wait too.</param>
/// <param name="Wait">About so long, in steps of five minutes.</param>
/// <param name="Fee">Null: no fee is known.</param>
public sealed record KioskTicket(int Number, string Room, DateTimeOffset At, int Ahead, TimeSpan Wait, KioskFee? Fee);

public abstract record KioskOutcome
{
    private KioskOutcome() { }

    /// <param name="IsNew">False: it was checked in before, and this is the same number.</param>
    public sealed record CheckedIn(KioskTicket Ticket, bool IsNew) : KioskOutcome;

    /// <summary>Shown to reception, kindly: why is the rule's own word.</summary>
    public sealed record ToDesk(CheckInAnswer Why) : KioskOutcome;
}

/// <summary>Patients check themselves in: by card, for a visit booked today, from so long before to so long after the booked time, once
/// for each visit. Works without the network from the bookings and fees that were fed. Source: O7.</summary>
public sealed class SelfCheckIn(AgentStore store, Identification identification, Bookings bookings)
{
    public const string Channel = "kiosk";
    private const int MostVisits = 4;
    private const int StepMinutes = 5;
    private const int CallsForAPace = 3;

    /// <summary>Whose card it is; null: nobody of whom is known here.</summary>
    public Task<KioskPerson?> Who(CardRead card) => store.Do(session =>
        (card.CardNumber ?? card.IdNumber) is { } number
        && identification.Find(session, new Evidence("card", card.Device, number, card.IdNumber, null) { IsRead = true }) is { } member
            ? new KioskPerson(member.Person, member.Personal.Name)
            : null);

    /// <summary>Whose code was scanned; null: nobody's of whom is known here.</summary>
    /// <remarks>A card of that person which was refused today for what it is goes to the desk, as it does there.</remarks>
    public Task<KioskPerson?> Who(ScannedCode code) => store.Do(session =>
        Member(session, code) is { } member && identification.Refused(session, new Evidence("manual", "scanner", member.Person, null, null), member) is null
            ? new KioskPerson(member.Person, member.Personal.Name)
            : null);

    /// <summary>The person's visits of today that have not ended, at most four, in their order.</summary>
    public Task<IReadOnlyList<KioskVisit>> Visits(string person) => store.Do<IReadOnlyList<KioskVisit>>(session =>
        [.. Today(session, person).Where(booking => booking.State is BookingWords.Booked or BookingWords.CheckedIn or BookingWords.Called).Take(MostVisits).Select(booking => Shown(session, booking))]);

    /// <summary>Checks in for one visit: the step and the number are one transaction. Asked again it answers with the same number.</summary>
    /// <param name="kiosk">The kiosk's name.</param>
    public Task<KioskOutcome> CheckIn(string person, string key, string kiosk) => store.Do<KioskOutcome>(session =>
    {
        if (Today(session, person).FirstOrDefault(each => each.Key == key) is not { } booking)
        {
            return new KioskOutcome.ToDesk(CheckInAnswer.NoBooking);
        }
        if (booking.State is not BookingWords.Booked)
        {
            return booking.Number > 0 ? new KioskOutcome.CheckedIn(Ticket(session, booking), IsNew: false) : new KioskOutcome.ToDesk(CheckInAnswer.AlreadyCheckedIn);
        }
        var answer = Shown(session, booking).Answer;
        if (answer != CheckInAnswer.CheckedIn)
        {
            return new KioskOutcome.ToDesk(answer);
        }
        var step = bookings.Step(session, booking, BookingWords.CheckedIn, BookingWords.Kiosk, kiosk, Channel, number => VisitQueue.Booked(number, store, booking, Channel));
        return step is StepOutcome.Went went ? new KioskOutcome.CheckedIn(Ticket(session, went.Booking), IsNew: true) : new KioskOutcome.ToDesk(CheckInAnswer.NoBooking);
    });

    private Member? Member(StoreSession session, ScannedCode code) =>
        (code.IsPerson ? null : BookingStore.Find(session, code.Text)) is { } booking ? store.Members.ByPerson(session, booking.Person)
        : code.IsBooking ? null
        : store.Members.ByCardNumber(session, code.Text) ?? store.Members.ByIdNumber(session, code.Text) ?? store.Members.ByPerson(session, code.Text);

    private IReadOnlyList<Booking> Today(StoreSession session, string person)
    {
        // A day by the site's own clock is at most a day and a half away from UTC's.
        var now = store.Clock.Now;
        return [.. BookingStore.OfPerson(session, person, now.AddHours(-36), now.AddHours(36)).Where(each => store.Clock.CivilDay(each.Starts) == store.Clock.Today)];
    }

    private KioskVisit Shown(StoreSession session, Booking booking)
    {
        var answer = PrimaryCareChoiceRules.CheckIn(
            booking.Starts, store.Clock.Now, booking.State != BookingWords.Booked,
            Minutes(session, "checkIn.minutesBefore"), Minutes(session, "checkIn.minutesAfter")).Value;
        return new KioskVisit(booking, answer.Answer, store.Clock.Local(booking.Starts), store.Clock.Local(answer.OpensAt ?? booking.Starts));
    }

    /// <summary>A number of minutes of the rule: the county's own where it fed one, else the rule's default of the day.</summary>
    private int Minutes(StoreSession session, string name) =>
        ParameterStore.Whole(session, name) ?? Shipped.On(store.Clock.Today, store.Clock.Today).Whole(name);

    private static SchemeParameters Shipped { get; } = SchemeParameters.Shipped(PrimaryCareChoiceScheme.Name);

    private KioskTicket Ticket(StoreSession session, Booking booking)
    {
        var day = QueueStore.OfDay(session, store.Clock.Today, VisitQueue.MostShown);
        var room = day.FirstOrDefault(row => row.Number == booking.Number)?.Room is { Length: > 0 } set ? set : booking.Room;
        var ahead = day.Count(row => row.State == QueueState.CheckedIn && row.Number < booking.Number && (room.Length == 0 || row.Room.Length == 0 || row.Room == room));
        var byQueue = TimeSpan.FromMinutes(ahead * Pace(session, day));
        var untilBooked = booking.Starts - store.Clock.Now;
        var longest = byQueue > untilBooked ? byQueue : untilBooked;
        var steps = Math.Max(0, (longest.Ticks + (StepMinutes * TimeSpan.TicksPerMinute) - 1) / (StepMinutes * TimeSpan.TicksPerMinute));
        return new KioskTicket(booking.Number, room, store.Clock.Local(booking.Starts), ahead, TimeSpan.FromMinutes(steps * StepMinutes), Fee(session, booking));
    }

    /// <summary>Minutes from one call to the next today, in the middle; before three calls were made what the county says, else ten.</summary>
    private static int Pace(StoreSession session, IReadOnlyList<QueueRow> day)
    {
        var calls = day.Select(row => row.Called).OfType<DateTimeOffset>().Order().ToList();
        var gaps = calls.Zip(calls.Skip(1), (one, next) => (int)Math.Clamp((next - one).Ticks / TimeSpan.TicksPerMinute, 1, 120)).Order().ToList();
        return gaps.Count >= CallsForAPace ? gaps[gaps.Count / 2] : ParameterStore.Whole(session, "kiosk.minutesEach") ?? 10;
    }

    /// <summary>The fee under the protection; null: none is known, or no cap holds on the day.</summary>
    private KioskFee? Fee(StoreSession session, Booking booking)
    {
        if (booking.Fee is not { } full)
        {
            return null;
        }
        var day = store.Clock.CivilDay(booking.Starts);
        var earlier = BookingStore.Fees(session, booking.Person, full.Currency).Where(fee => fee.Day <= day).ToList();
        try
        {
            var on = Shipped.On(day, day);
            if (on.Amount("protection.cap").Currency != full.Currency)
            {
                return new KioskFee(full, new ProtectedFee(day, day.AddMonths(1), Money.Zero(full.Currency), full, IsFreeCard: false));
            }
            // The cap is the one of the day on which the period began: that day is known once the fees are laid out.
            var first = PrimaryCareChoiceRules.FeeUnderProtection(earlier, day, full, on.Amount("protection.cap"), on.Whole("protection.months")).Value.PeriodFirst;
            return new KioskFee(full, PrimaryCareChoiceRules.FeeUnderProtection(earlier, day, full, Shipped.On(first, day).Amount("protection.cap"), on.Whole("protection.months")).Value);
        }
        catch (RuleGap)
        {
            return null;
        }
    }
}

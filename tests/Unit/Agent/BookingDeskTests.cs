using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>A desk moves bookings, and says who has come. The clock stands at 01:00 UTC, 09:00 in the clinic.</summary>
public sealed class BookingDeskTests
{
    private static readonly DateOnly Today = new(2025, 3, 12);

    [Fact]
    public async Task Move_IsOneStep_AndTheSameRequestMovesOnce()
    {
        await using var station = await Station.Start();
        station.Hub.Change(FeedNames.Bookings, "A1", 0, "P1", "2025-03-12T02:00:00.000Z", 20L, "3", "nurse", "Li", "Booked", "", "");
        await station.Sync();
        var bookings = station.Part<Bookings>();
        var seq = await station.Store.Do(session => station.Store.Journal.Head(session).Seq);
        var request = new MoveRequest("m1", bookings.At(Today.AddDays(1), new TimeOnly(14, 30)), null, "op");

        Assert.IsType<MoneyOutcome.Done>(await bookings.Move("A1", request));
        Assert.True(Assert.IsType<MoneyOutcome.Done>(await bookings.Move("A1", request)).Again);

        Assert.Empty(await bookings.OnDay(Today));
        var moved = Assert.Single(await bookings.OnDay(Today.AddDays(1)));
        Assert.Equal(("P1", 20, "3", "nurse", "Li", "Booked", true), (moved.Person, moved.Minutes, moved.Room, moved.Profession, moved.Staff, moved.State, moved.IsOwn));
        Assert.Equal(new DateTimeOffset(2025, 3, 13, 6, 30, 0, TimeSpan.Zero), moved.Starts);
        var kinds = await station.Store.Do(session => station.Store.Journal.After(session, 1, seq, 10, int.MaxValue).Select(row => JournalCodec.ReadHead(row.Line, out _).Kind).ToList());
        Assert.Equal([Kinds.BookingCancelled, Kinds.BookingMade], kinds);
    }

    [Fact]
    public async Task Move_ToAMomentThatIsOver_ChangesNothing()
    {
        await using var station = await Station.Start();
        var bookings = station.Part<Bookings>();
        await Book(bookings, "09:30");
        var key = Assert.Single(await bookings.OnDay(Today)).Key;

        var refused = Assert.IsType<MoneyOutcome.Refused>(await bookings.Move(key, new MoveRequest("m1", bookings.At(Today, new TimeOnly(8, 59)), null, "op")));

        Assert.Equal(Codes.BadDate, refused.Why.Code);
        Assert.Equal(key, Assert.Single(await bookings.OnDay(Today)).Key);
        Assert.Equal(Codes.NotFound, Assert.IsType<MoneyOutcome.Refused>(await bookings.Move("none", new MoveRequest("m2", bookings.At(Today, new TimeOnly(10, 0)), null, "op"))).Why.Code);
    }

    [Fact]
    public async Task Arrive_GivesTheQueuesNumberOnce_AndTheBookingIsNotMovedAnyMore()
    {
        await using var station = await Station.Start();
        var bookings = station.Part<Bookings>();
        await Book(bookings, "11:00");
        var key = Assert.Single(await bookings.OnDay(Today)).Key;

        await bookings.Arrive(key, "op");
        Assert.Equal(1, Assert.IsType<StepOutcome.Went>(await bookings.Arrive(key, "op")).Booking.Number);

        var place = Assert.Single(await station.Part<VisitQueue>().Today());
        Assert.Equal((1, "P1", "CheckedIn"), (place.Row.Number, place.Row.Person, place.Row.State.ToString()));
        Assert.Equal(Codes.StepNotAllowed, Assert.IsType<MoneyOutcome.Refused>(
            await bookings.Move(key, new MoveRequest("m1", bookings.At(Today, new TimeOnly(12, 0)), null, "op"))).Why.Code);
        Assert.Single(await bookings.OnDay(Today));
    }

    [Fact]
    public async Task Arrive_OnAnotherDay_IsRefused()
    {
        await using var station = await Station.Start();
        var bookings = station.Part<Bookings>();
        await Book(bookings, "11:00", Today.AddDays(1));
        var key = Assert.Single(await bookings.OnDay(Today.AddDays(1))).Key;
        Assert.Equal(Codes.BadDate, Assert.IsType<StepOutcome.Refused>(await bookings.Arrive(key, "op")).Why.Code);
        Assert.Empty(await station.Part<VisitQueue>().Today());
    }

    private static async Task Book(Bookings bookings, string time, DateOnly? day = null) => Assert.IsType<MoneyOutcome.Done>(await bookings.Make(new BookRequest(
        "b1", "P1", bookings.At(day ?? Today, TimeOnly.ParseExact(time, "HH:mm")), 15, "2", "nurse", "Li", "op")));
}

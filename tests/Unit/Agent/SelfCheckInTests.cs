using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Kiosk;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;
using EdgeHub.Rules.States;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>O7 at a kiosk: who it is, the window with both ends, one number for a visit, the way on to the desk, the free card.</summary>
public sealed class SelfCheckInTests
{
    // The station's morning is 09:00 at the clinic.
    private static object?[] Booked(string key, int person, string starts, string room = "3", object? fee = null, string currency = "") =>
        [key, 0, Reference.Person(person), starts, 20, room, "nurse", "", "Booked", fee, currency];

    private static async Task<Station> Start(params object?[][] bookings)
    {
        var station = await Station.Start();
        foreach (var row in bookings)
        {
            station.Hub.Change(FeedNames.Bookings, row);
        }
        Assert.Null((await station.Sync()).Failure);
        return station;
    }

    private static async Task<KioskTicket> CheckedIn(Station station, int person, string key) =>
        Assert.IsType<KioskOutcome.CheckedIn>(await station.Part<SelfCheckIn>().CheckIn(Reference.Person(person), key, "entrance")).Ticket;

    [Theory]
    [InlineData("2025-03-12T03:00:00.000Z", CheckInAnswer.CheckedIn)]
    [InlineData("2025-03-12T03:01:00.000Z", CheckInAnswer.TooEarly)]
    [InlineData("2025-03-12T00:55:00.000Z", CheckInAnswer.CheckedIn)]
    [InlineData("2025-03-12T00:54:00.000Z", CheckInAnswer.TooLate)]
    public async Task Window_BothEndsIncluded(string starts, CheckInAnswer answer)
    {
        await using var station = await Start(Booked("A1", 1, starts));
        var visit = Assert.Single(await station.Part<SelfCheckIn>().Visits("P1"));
        Assert.Equal(answer, visit.Answer);
        var outcome = await station.Part<SelfCheckIn>().CheckIn("P1", "A1", "entrance");
        Assert.Equal(answer, outcome is KioskOutcome.ToDesk refused ? refused.Why : CheckInAnswer.CheckedIn);
    }

    [Fact]
    public async Task Window_OfTheCounty_StandsBeforeTheDefault()
    {
        await using var station = await Start(Booked("A1", 1, "2025-03-12T01:31:00.000Z"));
        station.Hub.Change(FeedNames.Parameters, "checkIn.minutesBefore", 0, "30", "minutes");
        await station.Sync();
        Assert.Equal(CheckInAnswer.TooEarly, Assert.Single(await station.Part<SelfCheckIn>().Visits("P1")).Answer);
    }

    [Fact]
    public async Task Visits_AreTodays_OfThePerson_ThatHaveNotEnded()
    {
        await using var station = await Start(
            Booked("today", 1, "2025-03-12T15:59:00.000Z"), Booked("tomorrow", 1, "2025-03-12T16:00:00.000Z"), Booked("yesterday", 1, "2025-03-11T15:59:00.000Z"),
            Booked("other", 2, "2025-03-12T02:00:00.000Z"));
        Assert.Equal(["today"], (await station.Part<SelfCheckIn>().Visits("P1")).Select(visit => visit.Booking.Key));
        Assert.Equal(CheckInAnswer.NoBooking, Assert.IsType<KioskOutcome.ToDesk>(await station.Part<SelfCheckIn>().CheckIn("P1", "other", "entrance")).Why);
    }

    [Fact]
    public async Task TwoVisits_TwoCheckIns_OneNumberEach_HoweverOftenAsked()
    {
        await using var station = await Start(Booked("A1", 1, "2025-03-12T01:10:00.000Z"), Booked("A2", 1, "2025-03-12T02:30:00.000Z", room: "5"), Booked("B1", 2, "2025-03-12T01:20:00.000Z"));
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => CheckedIn(station, 1, "A1"))));
        Assert.Equal([1], all.Select(ticket => ticket.Number).Distinct());
        Assert.Equal((2, "3", 1), (await CheckedIn(station, 2, "B1")) is var other ? (other.Number, other.Room, other.Ahead) : default);
        Assert.Equal((3, "5", 0, TimeSpan.FromMinutes(90)), (await CheckedIn(station, 1, "A2")) is var second ? (second.Number, second.Room, second.Ahead, second.Wait) : default);
        await station.Sync();
        Assert.Equal(3, station.Hub.Entries().Count(entry => entry.Head.Kind == Kinds.BookingStepped));
    }

    [Fact]
    public async Task Number_IsKeptAtTheDesk_AndTheBookingFollowsTheQueue()
    {
        await using var station = await Start(Booked("A1", 1, "2025-03-12T01:10:00.000Z"), Booked("B1", 2, "2025-03-12T01:10:00.000Z"));
        Assert.Equal(1, (await CheckedIn(station, 1, "A1")).Number);
        await CheckedIn(station, 2, "B1");
        var queue = station.Part<VisitQueue>();
        Assert.IsType<QueueOutcome.Moved>(await queue.CallNext(QueueState.CheckedIn, "3", "desk1"));
        await station.Treat(1, 100);
        var place = Assert.Single(await queue.Today(), each => each.Row.Person == "P1");
        Assert.Equal((1, QueueState.Done), (place.Row.Number, place.Row.State));
        var second = Assert.IsType<QueueOutcome.Moved>(await queue.CallNext(QueueState.CheckedIn, "3", "desk1"));
        await queue.Move(second.Place.Row.Entry, QueueState.NoShow);
        await station.Sync();
        Assert.Equal(
            ["A1 CheckedIn kiosk", "B1 CheckedIn kiosk", "A1 Called desk", "A1 Done desk", "B1 Called desk", "B1 NoShow desk"],
            station.Hub.Lines.Where(line => JournalCodec.ReadHead(line, out _).Kind == Kinds.BookingStepped).Select(line =>
            {
                JournalCodec.ReadHead(line, out var body);
                var step = JournalCodec.ReadBody<BookingStepped>(line.AsSpan(body));
                return $"{step.Booking} {step.To} {step.By}";
            }));
    }

    [Fact]
    public async Task Who_ByTheCardAlone()
    {
        await using var station = await Start();
        var kiosk = station.Part<SelfCheckIn>();
        Assert.Equal(new KioskPerson("P1", "样本1"), await kiosk.Who(new CardRead("r", Reference.Card(1), null, Station.Morning)));
        Assert.Equal("P2", (await kiosk.Who(new CardRead("r", null, Reference.IdNumber(2), Station.Morning)))?.Person);
        Assert.Null(await kiosk.Who(new CardRead("r", "S99999999", null, Station.Morning)));
        Assert.Null(await kiosk.Who(new CardRead("r", null, null, Station.Morning)));
    }

    [Theory]
    [InlineData("", 300_00, 0, false)]
    [InlineData("2025-01-10:1300.00", 150_00, 1300_00, true)]
    [InlineData("2025-01-10:1450.00", 0, 1450_00, true)]
    [InlineData("2024-03-12:1450.00", 300_00, 0, false)]
    [InlineData("2024-03-13:1400.00", 0, 1400_00, true)]
    public async Task Fee_StopsAtTheCapOfThePeriodsFirstDay(string paid, long toPay, long before, bool isFree)
    {
        await using var station = await Start(Booked("A1", 1, "2025-03-12T01:10:00.000Z", fee: "30000", currency: "SEK"));
        if (paid.Length > 0)
        {
            station.Hub.Change(FeedNames.Fees, "P1|F1", 0, "P1", paid[..10], Money.Parse(paid[11..], Currency.Sek).MinorUnits, "SEK");
            await station.Sync();
        }
        var fee = (await CheckedIn(station, 1, "A1")).Fee!;
        Assert.Equal((300_00, toPay, before, isFree), (fee.Full.MinorUnits, fee.Protected.ToPay.MinorUnits, fee.Protected.PaidBefore.MinorUnits, fee.Protected.IsFreeCard));
    }

    [Theory]
    [InlineData("王芳", "王＊")]
    [InlineData("王小明", "王＊＊")]
    [InlineData("欧阳修", "欧阳＊")]
    [InlineData("欧阳", "欧＊")]
    [InlineData("𠮷田", "𠮷＊")]
    [InlineData("Anna Maria Svensson", "＊ Svensson")]
    [InlineData(" Åsa ", "＊ Åsa")]
    [InlineData("", "")]
    public void MaskedName_ShowsTheFamilyNameAlone(string name, string shown) => Assert.Equal(shown, MaskedName.Of(name));
}

using EdgeHub.Agent.CheckIn;
using EdgeHub.Rules;
using EdgeHub.Rules.States;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>One series of numbers a day, several desks, and money that moves the queue by itself.</summary>
public sealed class VisitQueueTests
{
    [Fact]
    public async Task CheckIns_OfADay_AreNumberedInTheirOrder()
    {
        await using var station = await Station.Start();
        foreach (var person in (int[])[3, 1, 2])
        {
            await station.CheckIn(person);
        }
        var queue = await station.Part<VisitQueue>().Today();
        Assert.Equal([(1, "P3"), (2, "P1"), (3, "P2")], queue.Select(each => (each.Row.Number!.Value, each.Row.Person!)));
        Assert.All(queue, each => Assert.Equal(QueueState.CheckedIn, each.Row.State));
        Assert.Equal("样本3", queue[0].Name);
        station.Clock.Advance(TimeSpan.FromDays(1));
        await station.CheckIn(4);
        Assert.Equal(1, Assert.Single(await station.Part<VisitQueue>().Today()).Row.Number);
    }

    [Fact]
    public async Task CheckIn_ThatIsRefused_TakesNoNumber()
    {
        await using var station = await Station.Start();
        await station.CheckInRefused(new CheckInRequest("11", new EvidenceGiven("idnumber", Reference.IdNumber(41), null), "op"));
        await station.CheckIn(1);
        Assert.Equal(1, Assert.Single(await station.Part<VisitQueue>().Today()).Row.Number);
    }

    [Fact]
    public async Task CallNext_FromManyDesksAtOnce_CallsEachPersonOnce()
    {
        await using var station = await Station.Start();
        for (var person = 1; person <= 12; person++)
        {
            await station.CheckIn(person);
        }
        var queue = station.Part<VisitQueue>();
        var calls = await Task.WhenAll(Enumerable.Range(1, 14).Select(desk => Task.Run(() => queue.CallNext(QueueState.CheckedIn, $"{desk}", $"desk{desk}"))));
        var called = calls.OfType<QueueOutcome.Moved>().Select(each => each.Place.Row.Number).ToList();
        Assert.Equal(12, called.Distinct().Count());
        Assert.Equal(12, called.Count);
        Assert.All(calls.OfType<QueueOutcome.Refused>(), each => Assert.Equal(Codes.NobodyWaits, each.Why.Code));
        Assert.Equal(5, (await queue.Calls(5)).Count);
    }

    [Fact]
    public async Task Settlement_AndReversal_MoveThePlaceByThemselves()
    {
        await using var station = await Station.Start();
        var queue = station.Part<VisitQueue>();
        var visit = await station.CheckIn(1);
        await queue.CallNext(QueueState.CheckedIn, "1", "a");
        var settled = Station.Settled(await station.Settle(visit.Visit, station.Bill(80m)));
        Assert.Equal(QueueState.Done, (await queue.OfVisit(visit.Visit))!.Row.State);
        Assert.IsType<QueueOutcome.Refused>(await queue.CallNext(QueueState.CheckedIn, "1", "a"));
        await station.Reverse(settled.Settlement);
        Assert.Equal(QueueState.ToPay, (await queue.OfVisit(visit.Visit))!.Row.State);
        await station.Settle(visit.Visit, station.Bill(70m));
        Assert.Equal(QueueState.Done, (await queue.OfVisit(visit.Visit))!.Row.State);
    }

    [Fact]
    public async Task Move_OutsideTheTable_IsRefusedAndChangesNothing()
    {
        await using var station = await Station.Start();
        var queue = station.Part<VisitQueue>();
        var visit = await station.CheckIn(1);
        await queue.Move(visit.Visit, QueueState.NoShow);
        Assert.Equal(Codes.StepNotAllowed, Assert.IsType<QueueOutcome.Refused>(await queue.Move(visit.Visit, QueueState.WithDoctor)).Why.Code);
        Assert.Equal(QueueState.NoShow, (await queue.OfVisit(visit.Visit))!.Row.State);
        var back = Assert.IsType<QueueOutcome.Moved>(await queue.Move(visit.Visit, QueueState.CheckedIn)).Place.Row;
        Assert.Equal((1, QueueState.CheckedIn), (back.Number!.Value, back.State));
        Assert.Equal(Codes.NotFound, Assert.IsType<QueueOutcome.Refused>(await queue.Move("nowhere", QueueState.Done)).Why.Code);
    }

    [Fact]
    public async Task HandOver_FromAKiosk_HasANumberAndNoName()
    {
        await using var station = await Station.Start();
        await station.CheckIn(1);
        var handed = await station.Part<VisitQueue>().HandOver("kiosk", "NoBooking");
        Assert.Equal((2, "", "NoBooking", "kiosk"), (handed.Row.Number!.Value, handed.Name, handed.Row.Note, handed.Row.Channel));
    }

    [Fact]
    public async Task Calls_ForTheWaitingRoom_ShowNumberAndRoomTheLatestFirst()
    {
        await using var station = await Station.Start();
        var queue = station.Part<VisitQueue>();
        await station.CheckIn(1);
        await station.CheckIn(2);
        await queue.CallNext(QueueState.CheckedIn, "诊室 1", "a");
        station.Clock.Advance(TimeSpan.FromMinutes(1));
        await queue.CallNext(QueueState.CheckedIn, "诊室 2", "b");
        Assert.Equal([(2, "诊室 2"), (1, "诊室 1")], (await queue.Calls(4)).Select(call => (call.Number, call.Room)));
    }

    [Fact]
    public async Task Queue_OlderThanItsDays_IsForgotten()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        station.Clock.Advance(TimeSpan.FromDays(VisitQueue.KeptDays + 1));
        await station.Part<VisitQueue>().HandOver("kiosk", "NoBooking");
        Assert.Null(await station.Part<VisitQueue>().OfVisit(visit.Visit));
    }

    [Fact]
    public async Task Queue_AfterARestart_IsAsItWas()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        await station.Part<VisitQueue>().CallNext(QueueState.CheckedIn, "1", "a");
        await station.Restart();
        Assert.Equal(QueueState.Called, (await station.Part<VisitQueue>().OfVisit(visit.Visit))!.Row.State);
        await station.CheckIn(2);
        Assert.Equal(2, (await station.Part<VisitQueue>().Today())[1].Row.Number);
    }

    [Fact]
    public void Table_EveryStateButBooked_CanBeReached()
    {
        var reached = QueueStates.Table.Steps.Select(step => step.To).ToHashSet();
        Assert.Equal(Enum.GetValues<QueueState>().Where(state => state != QueueState.Booked), Enum.GetValues<QueueState>().Where(reached.Contains));
    }
}

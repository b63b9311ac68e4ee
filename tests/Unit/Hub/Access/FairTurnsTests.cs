using EdgeHub.Hub.Access;

namespace EdgeHub.Tests.Unit.Hub.Access;

public sealed class FairTurnsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private static FairTurns Turns(long room, int waiting = 1_000) => new(room, waiting, Long, TimeProvider.System);

    private static Task<IDisposable?> Enter(FairTurns turns, long size = 1) => turns.Enter(size, CancellationToken.None);

    /// <summary>A thousand who come again and again: nobody has a second turn before one who waited then had the first.</summary>
    [Fact]
    public async Task Thousand_ComingAgainAndAgain_AreServedInTheOrderInWhichTheyCame()
    {
        const int room = 8;
        var turns = Turns(room);
        var inside = new Queue<(int Who, Task<IDisposable?> Turn)>(Enumerable.Range(0, 1_000).Select(who => (who, Enter(turns))));
        var served = new List<int>();
        for (var step = 0; step < 3_000; step++)
        {
            var (who, turn) = inside.Dequeue();
            Assert.True(turn.IsCompletedSuccessfully || await Task.WhenAny(turn, Task.Delay(TimeSpan.FromSeconds(60))) == turn, "Who came first does not get in first.");
            served.Add(who);
            (await turn)!.Dispose();
            inside.Enqueue((who, Enter(turns)));
        }
        Assert.Equal(Enumerable.Range(0, 3).SelectMany(_ => Enumerable.Range(0, 1_000)), served);
        Assert.Equal(room, turns.MostInside);
    }

    [Fact]
    public async Task Row_ThatIsTooLong_IsRefusedAtOnce()
    {
        var turns = Turns(room: 1, waiting: 2);
        using var first = await Enter(turns);
        var (second, third) = (Enter(turns), Enter(turns));
        Assert.Null(await Enter(turns));
        Assert.Equal(2, turns.Waiting);
        first!.Dispose();
        (await second)!.Dispose();
        (await third)!.Dispose();
        using var again = await Enter(turns);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Large_BehindSmall_IsNotPassedByThoseBehindIt()
    {
        var turns = Turns(room: 10);
        var small = await Enter(turns, 4);
        var large = Enter(turns, 8);
        var late = Enter(turns, 1);
        Assert.False(large.IsCompleted || late.IsCompleted);
        small!.Dispose();
        using var inside = await large;
        using var behind = await late;
        Assert.Equal(9, turns.MostInside);
    }

    [Fact]
    public async Task Size_AboveTheRoom_HasTheWholeRoomToItself()
    {
        var turns = Turns(room: 10);
        var huge = await Enter(turns, 1_000);
        var next = Enter(turns, 1);
        Assert.False(next.IsCompleted);
        huge!.Dispose();
        huge.Dispose(); // twice gives nothing twice
        using var inside = await next;
        Assert.False(Enter(turns, 10).IsCompleted);
    }

    [Fact]
    public async Task Waiter_WhoGoes_MakesWayForThoseBehind()
    {
        var turns = Turns(room: 10);
        using var held = await Enter(turns, 5);
        using var stop = new CancellationTokenSource();
        var gone = turns.Enter(8, stop.Token);
        var behind = Enter(turns, 5);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        using var inside = await behind;
        Assert.NotNull(inside);
    }

    [Fact]
    public async Task Wait_LongerThanItsBound_IsRefused()
    {
        var turns = new FairTurns(1, 10, TimeSpan.FromMilliseconds(30), TimeProvider.System);
        using var held = await Enter(turns);
        Assert.Null(await Enter(turns));
        Assert.Equal(0, turns.Waiting);
    }
}

using EdgeHub.Agent.Access;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent.Access;

/// <summary>Signing in with the line down, the wait after wrong tries, the PIN that was given, sessions.</summary>
public sealed class SignInTests
{
    private const string Pin = "739154";

    [Fact]
    public async Task RightPin_SignsIn_WithTheLineDown()
    {
        await using var station = await Hired();
        station.Hub.Up = false;
        Assert.Equal("李主任", Assert.IsType<PinOutcome.Right>(await Check(station, Pin)).Member.Name);
        Assert.Equal(Codes.SignInWrong, Refused(await Check(station, "739155")));
        Assert.Equal(Codes.SignInWrong, Refused(await station.Part<SignIn>().Check("nobody", Pin)));
        Assert.Equal(Codes.SignInWrong, Refused(await station.Part<SignIn>().Check("", null)));
    }

    [Fact]
    public async Task FifthWrongTry_Waits_AndEachFurtherOneLonger_OverARestart()
    {
        await using var station = await Hired();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Codes.SignInWrong, Refused(await Check(station, "280461")));
        }
        Assert.Equal(Codes.SignInWait, Refused(await Check(station, Pin)));
        await station.Restart();
        Assert.Equal(Codes.SignInWait, Refused(await Check(station, Pin)));
        station.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Codes.SignInWrong, Refused(await Check(station, "280461")));
        station.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Codes.SignInWait, Refused(await Check(station, Pin)));
        station.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<PinOutcome.Right>(await Check(station, Pin));
        Assert.Single(await Changes(station), change => change.Change == "LockedOut");
    }

    [Fact]
    public async Task ClockSetBack_TheWaitBeginsAnew()
    {
        await using var station = await Hired();
        for (var i = 0; i < 5; i++)
        {
            await Check(station, "280461");
        }
        station.Clock.JumpWall(TimeSpan.FromDays(-30));
        Assert.Equal(Codes.SignInWait, Refused(await Check(station, Pin)));
        station.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<PinOutcome.Right>(await Check(station, Pin));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(10, 32)]
    [InlineData(11, 60)]
    [InlineData(1_000_000, 60)]
    public void Wait_Doubles_UpToAnHour(int wrong, int minutes) => Assert.Equal(TimeSpan.FromMinutes(minutes), SignIn.WaitAfter(wrong));

    [Fact]
    public async Task ManyTriesAtOnce_CountAsMany()
    {
        await using var station = await Hired();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Check(station, "280461")));
        Assert.Equal(5, answers.Count(answer => Refused(answer) == Codes.SignInWrong));
        Assert.Equal(15, answers.Count(answer => Refused(answer) == Codes.SignInWait));
    }

    [Fact]
    public async Task GivenPin_IsForThreeDays_AndForAnOwnOneOnly()
    {
        await using var station = await Station.Start();
        var given = await Hire(station, "01", Roles.Manager);
        Assert.True(Assert.IsType<PinOutcome.Right>(await station.Part<SignIn>().Check("01", given)).Member.MustChange);
        Assert.Equal("another PIN than the one until now", RefusedFor(await station.Part<SignIn>().Change("01", given, given, given)));
        Assert.Equal("the same PIN twice", RefusedFor(await station.Part<SignIn>().Change("01", given, Pin, "280461")));
        station.Clock.Advance(TimeSpan.FromHours(73));
        Assert.Equal(Codes.PinEnded, Refused(await station.Part<SignIn>().Check("01", given)));
        Assert.NotNull(Assert.IsType<StaffOutcome.Done>(await station.Part<StaffChanges>().ResetPin("01", "console")).Pin);
    }

    [Fact]
    public async Task Session_LivesOverARestart_LocksWhenIdle_EndsAfterAShift()
    {
        await using var station = await Hired();
        var member = Assert.IsType<PinOutcome.Right>(await Check(station, Pin)).Member;
        var token = await station.Part<Sessions>().Open(member);
        station.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.False((await station.Part<Sessions>().Find(token, active: true))!.Locked);
        await station.Restart();
        station.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.False((await station.Part<Sessions>().Find(token, active: false))!.Locked);
        station.Clock.Advance(TimeSpan.FromMinutes(2));
        var locked = (await station.Part<Sessions>().Find(token, active: true))!;
        Assert.True(locked.Locked);
        await station.Part<Sessions>().Unlock(locked);
        Assert.False((await station.Part<Sessions>().Find(token, active: true))!.Locked);
        station.Clock.Advance(TimeSpan.FromHours(14));
        Assert.Null(await station.Part<Sessions>().Find(token, active: true));
        Assert.Null(await station.Part<Sessions>().Find("no token", active: true));
        Assert.Null(await station.Part<Sessions>().Find(new string('0', 64), active: true));
    }

    /// <summary>What asks by itself, as the bar does, keeps nobody's screen open.</summary>
    [Fact]
    public async Task Session_AskedForByThePageItself_LocksAllTheSame()
    {
        await using var station = await Hired();
        var token = await station.Part<Sessions>().Open(Assert.IsType<PinOutcome.Right>(await Check(station, Pin)).Member);
        for (var i = 0; i < 6; i++)
        {
            station.Clock.Advance(TimeSpan.FromMinutes(1));
            await station.Part<Sessions>().Find(token, active: false);
        }
        Assert.True((await station.Part<Sessions>().Find(token, active: false))!.Locked);
    }

    [Fact]
    public async Task Session_OfSomebodyWhoLeft_OrWhoseRoleChanged_Ends()
    {
        await using var station = await Hired();
        await Own(station, "02", Roles.Cashier);
        var member = Assert.IsType<PinOutcome.Right>(await station.Part<SignIn>().Check("02", Pin)).Member;
        var token = await station.Part<Sessions>().Open(member);
        Assert.IsType<StaffOutcome.Done>(await station.Part<StaffChanges>().ChangeRole("02", Roles.Doctor, "01"));
        Assert.Null(await station.Part<Sessions>().Find(token, active: true));
        Assert.IsType<StaffOutcome.Done>(await station.Part<StaffChanges>().Leave("02", "01"));
        Assert.Equal(Codes.SignInWrong, Refused(await station.Part<SignIn>().Check("02", Pin)));
    }

    internal static async Task<Station> Hired()
    {
        var station = await Station.Start();
        await Own(station, "01", Roles.Manager);
        return station;
    }

    /// <summary>Somebody with an own PIN.</summary>
    internal static async Task Own(Station station, string number, string role) =>
        Assert.IsType<PinOutcome.Right>(await station.Part<SignIn>().Change(number, await Hire(station, number, role), Pin, Pin));

    internal static async Task<string> Hire(Station station, string number, string role) =>
        Assert.IsType<StaffOutcome.Done>(await station.Part<StaffChanges>().Add(number, "李主任", role, "console")).Pin!;

    internal static async Task<IReadOnlyList<AccessChanged>> Changes(Station station)
    {
        await station.Sync();
        return [.. station.Hub.Entries().Where(entry => entry.Head.Kind == Kinds.AccessChanged)
            .Select(entry => JournalCodec.ReadBody<AccessChanged>(System.Text.Encoding.UTF8.GetBytes(entry.Body)))];
    }

    private static Task<PinOutcome> Check(Station station, string pin) => station.Part<SignIn>().Check("01", pin);

    private static string Refused(PinOutcome outcome) => Assert.IsType<PinOutcome.Refused>(outcome).Why.Code;

    private static string RefusedFor(PinOutcome outcome) => Assert.IsType<PinOutcome.Refused>(outcome).Why.Faults[0].Expected;
}

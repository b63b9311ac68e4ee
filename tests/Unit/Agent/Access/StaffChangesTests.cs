using EdgeHub.Agent.Access;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent.Access;

/// <summary>Staff and programs come and go, four eyes, looks at persons; what of it the journal holds.</summary>
public sealed class StaffChangesTests
{
    [Fact]
    public async Task Changes_StandInTheJournal_WithoutNameOrPin()
    {
        await using var station = await SignInTests.Hired();
        var pin = await SignInTests.Hire(station, "02", Roles.Doctor);
        await station.Part<StaffChanges>().ChangeRole("02", Roles.Cashier, "01");
        await station.Part<StaffChanges>().Leave("02", "01");
        await station.Part<StaffChanges>().Return("02", "01");
        Assert.Equal(
            [
                new AccessChanged("staff", "01", "Added", "manager", "console"), new AccessChanged("staff", "01", "PinChanged", "manager", "01"),
                new AccessChanged("staff", "02", "Added", "doctor", "console"), new AccessChanged("staff", "02", "RoleChanged", "cashier", "01"),
                new AccessChanged("staff", "02", "Left", "cashier", "01"), new AccessChanged("staff", "02", "Returned", "cashier", "01"),
            ], await SignInTests.Changes(station));
        Assert.DoesNotContain(station.Hub.Entries(), entry => entry.Body.Contains("李主任", StringComparison.Ordinal) || entry.Body.Contains(pin, StringComparison.Ordinal));
    }

    [Fact]
    public async Task LastManager_StaysOne()
    {
        await using var station = await SignInTests.Hired();
        Assert.Equal(Codes.LastManager, Refused(await station.Part<StaffChanges>().Leave("01", "01")));
        Assert.Equal(Codes.LastManager, Refused(await station.Part<StaffChanges>().ChangeRole("01", Roles.Doctor, "01")));
        await SignInTests.Hire(station, "02", Roles.Manager);
        Assert.IsType<StaffOutcome.Done>(await station.Part<StaffChanges>().Leave("01", "02"));
    }

    [Theory]
    [InlineData("01", "王", "doctor", Codes.StaffExists)]
    [InlineData("", "王", "doctor", Codes.Missing)]
    [InlineData("0 2", "王", "doctor", Codes.BadCharacter)]
    [InlineData("02", "", "doctor", Codes.Missing)]
    [InlineData("02", "王", "client", Codes.UnknownCode)]
    [InlineData("02", "王", null, Codes.UnknownCode)]
    public async Task Add_WrongValue_IsRefusedByName(string number, string name, string? role, string code)
    {
        await using var station = await SignInTests.Hired();
        Assert.Equal(code, Refused(await station.Part<StaffChanges>().Add(number, name, role, "01")));
    }

    [Fact]
    public async Task Add_BeforeEnrolment_IsRefused()
    {
        await using var station = await Station.Bare();
        Assert.Equal(Codes.NotEnrolled, Refused(await station.Part<StaffChanges>().Add("01", "王", Roles.Manager, "console")));
    }

    [Fact]
    public async Task Name_IsSealedInTheStore()
    {
        await using var station = await SignInTests.Hired();
        var folder = station.Folder;
        await station.Close();
        var bytes = File.ReadAllBytes(Path.Combine(folder, "agent.db"));
        Assert.True(bytes.AsSpan().IndexOf("李主任"u8) < 0);
        await station.Open();
    }

    [Fact]
    public async Task Client_IsKnownByItsToken_UntilRevoked()
    {
        await using var station = await SignInTests.Hired();
        var token = Assert.IsType<ClientOutcome.Done>(await station.Part<ApiClients>().Add("ward system", "01")).Token!;
        Assert.Equal(new Operator("ward system", "ward system", Roles.Client), await station.Part<ApiClients>().Of(token));
        Assert.Null(await station.Part<ApiClients>().Of(token[..^1] + (token[^1] == '0' ? '1' : '0')));
        Assert.Null(await station.Part<ApiClients>().Of(""));
        Assert.Equal(Codes.Duplicated, Assert.IsType<ClientOutcome.Refused>(await station.Part<ApiClients>().Add("ward system", "01")).Why.Code);
        Assert.IsType<ClientOutcome.Done>(await station.Part<ApiClients>().Revoke("ward system", "01"));
        Assert.Null(await station.Part<ApiClients>().Of(token));
        Assert.IsType<ClientOutcome.Refused>(await station.Part<ApiClients>().Revoke("ward system", "01"));
    }

    private static readonly Operator Doctor = new("02", "王医生", Roles.Doctor);

    [Theory]
    [InlineData(Actions.Settle, 5_000_00, false)]
    [InlineData(Actions.Settle, 5_000_01, true)]
    [InlineData(Actions.Reverse, 500_00, false)]
    [InlineData(Actions.Reverse, 500_01, true)]
    [InlineData(Actions.PayOut, 2_000_01, true)]
    [InlineData(Actions.RecordContact, 9_000_00, false)]
    public async Task SecondPerson_IsNeededAboveTheAmount(string action, long fen, bool needed)
    {
        await using var station = await Station.Start();
        Assert.Equal(needed, await station.Part<SecondPerson>().IsNeeded(Doctor, action, Money.Fen(fen)));
        Assert.False(await station.Part<SecondPerson>().IsNeeded(new Operator("his", "his", Roles.Client), action, Money.Fen(fen)));
    }

    [Fact]
    public async Task SecondPerson_ByTheParameterThatTheHubFeeds()
    {
        await using var station = await Station.Start(["access.second_person_reverse_above", 0, "10.00", "CNY"]);
        Assert.True(await station.Part<SecondPerson>().IsNeeded(Doctor, Actions.Reverse, Money.Fen(10_01)));
    }

    [Fact]
    public async Task SecondPerson_MustBeAnother_WhoMay_AndStandsInTheJournal()
    {
        await using var station = await SignInTests.Hired();
        await SignInTests.Own(station, "02", Roles.Doctor);
        await SignInTests.Own(station, "03", Roles.Cashier);
        var manager = new Operator("01", "李主任", Roles.Manager);
        Assert.Equal(Codes.SecondPersonNeeded, await Asked(Doctor, null, null));
        Assert.Equal(Codes.SecondPersonNeeded, await Asked(Doctor, "02", "739154"));
        Assert.Equal(Codes.SecondPersonNeeded, await Asked(Doctor, "03", "739154"));
        Assert.Equal(Codes.SecondPersonNeeded, await Asked(manager, "01", "739154"));
        Assert.Equal(Codes.SignInWrong, await Asked(Doctor, "01", "739155"));
        Assert.Equal("", await Asked(Doctor, "01", "739154"));
        await station.Sync();
        var entry = Assert.Single(station.Hub.Entries(), each => each.Head.Kind == Kinds.ActionApproved);
        Assert.Equal(new ActionApproved("Reverse", "key", "CNY", 600_00, "02", "01"), JournalCodec.ReadBody<ActionApproved>(System.Text.Encoding.UTF8.GetBytes(entry.Body)));

        async Task<string> Asked(Operator me, string? number, string? pin) =>
            await station.Part<SecondPerson>().Ask(me, Actions.Reverse, Money.Fen(600_00), "key", number, pin) is ApprovalOutcome.Refused refused ? refused.Why.Code : "";
    }

    [Fact]
    public async Task Look_IsOneEntry_ForOperatorPersonVisitAndHour()
    {
        await using var station = await Station.Start();
        var looks = station.Part<PersonLooks>();
        await looks.Saw(Doctor, "P1", "V1", "Visit");
        await looks.Saw(Doctor, "P1", "V1", "Receipt");
        await looks.Saw(Doctor, "P1", "V2", "Visit");
        await looks.Saw(Doctor with { Number = "03" }, "P1", "V1", "Visit");
        await looks.Saw(Doctor, "", "", "Visit");
        await station.Restart();
        await station.Part<PersonLooks>().Saw(Doctor, "P1", "V1", "Visit");
        station.Clock.Advance(TimeSpan.FromDays(1));
        await station.Part<PersonLooks>().Saw(Doctor, "P1", "V1", "Visit");
        await station.Sync();
        Assert.Equal(
            [new PersonSeen("P1", "V1", "Visit", "02"), new("P1", "V2", "Visit", "02"), new("P1", "V1", "Visit", "03"), new("P1", "V1", "Visit", "02")],
            station.Hub.Entries().Where(each => each.Head.Kind == Kinds.PersonSeen).Select(each => JournalCodec.ReadBody<PersonSeen>(System.Text.Encoding.UTF8.GetBytes(each.Body))));
    }

    /// <summary>Looks that repeat themselves within the hour write nothing; a list is one look; a card of nobody known is one without a person.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(59, 1)]
    [InlineData(60, 2)]
    [InlineData(119, 2)]
    public async Task Look_Repeated_CountsAnewAfterAnHour(int minutes, int entries)
    {
        await using var station = await Station.Start();
        Look[] looks = [new Look.Person("P1", "V1"), new Look.List("queue", 12), new Look.Card("S99999999", null), new Look.Settlement("none"), new Look.Visit("none"), new Look.Request("none")];
        for (var minute = 0; minute <= minutes; minute++)
        {
            await station.Part<PersonLooks>().Saw(Doctor, looks, "/desk");
            if (minute == 30)
            {
                await station.Restart();
            }
            if (minute < minutes)
            {
                station.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }
        await station.Sync();
        var seen = station.Hub.Entries().Where(each => each.Head.Kind == Kinds.PersonSeen).Select(each => JournalCodec.ReadBody<PersonSeen>(System.Text.Encoding.UTF8.GetBytes(each.Body)));
        Assert.Equal(
            Enumerable.Repeat<PersonSeen[]>([new("P1", "V1", "/desk", "02"), new("", "", "/desk: queue, 12", "02"), new("", "", "/desk: a card of nobody known here, 1", "02")], entries).SelectMany(each => each), seen);
    }

    /// <summary>What was seen while nothing could be written is held through whatever else fails, and stands once in the journal when there is room; beyond a
    /// thousand nobody is shown whom nothing would tell of.</summary>
    [Fact]
    public async Task Look_WhileTheDiskIsFull_IsHeldAndWrittenLater_AndNoneIsLost()
    {
        await using var station = await Station.Start();
        var full = new FullDisk();
        await station.Restart(full);
        var looks = station.Part<PersonLooks>();
        full.At = StorePoint.Statement;
        for (var person = 0; person < 1_000; person++)
        {
            await looks.Saw(Doctor, $"P{person}", "", "/desk");
        }
        Assert.Equal(Codes.DiskFull, (await Assert.ThrowsAsync<StoreException>(() => looks.Saw(Doctor, "P1000", "", "/desk"))).Code);
        (full.At, full.Code) = (StorePoint.Commit, FullDisk.Busy);
        Assert.Equal(Codes.Busy, (await Assert.ThrowsAsync<StoreException>(() => looks.Saw(Doctor, "P1001", "", "/desk"))).Code);
        full.At = null;
        await looks.Saw(Doctor, "P1002", "", "/desk");
        await station.Sync();
        var seen = station.Hub.Entries().Where(each => each.Head.Kind == Kinds.PersonSeen).Select(each => JournalCodec.ReadBody<PersonSeen>(System.Text.Encoding.UTF8.GetBytes(each.Body))).ToList();
        Assert.Equal([.. Enumerable.Range(0, 1_000).Select(person => $"P{person}"), "P1002"], seen.Select(each => each.Person));
        Assert.All(seen.SkipLast(1), each => Assert.Equal("/desk (at 2025-03-12T01:00:00.000Z, while the disk was full)", each.Page));
    }

    private static string Refused(StaffOutcome outcome) => Assert.IsType<StaffOutcome.Refused>(outcome).Why.Code;
}

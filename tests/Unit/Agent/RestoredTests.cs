using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>A store that was restored from a backup, and a hub that was.</summary>
public sealed class RestoredTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    public async Task Hello_RestoredAndWroteMoreThanTheHubHas_TakesANewEpoch(int moreAtHub, int visitsHere)
    {
        await using var station = await Station.Start();
        await station.Treat(1, 40m);
        await station.Sync();
        var backup = StoreCopy.Of(station.Folder);
        for (var i = 0; i <= moreAtHub; i++)
        {
            await station.CheckIn(2 + i);
        }
        await station.Sync();
        await station.Close();
        StoreCopy.PutBack(backup, station.Folder);
        await station.Open();
        // As the service does: the start is written before the hub is asked.
        await station.Store.Announce("test");
        for (var i = 0; i < visitsHere; i++)
        {
            await station.CheckIn(20 + i);
        }

        var report = await station.Sync();

        Assert.Equal((true, null, 0L), (report.Heard, report.Failure, report.Unacknowledged));
        Assert.Equal(2, station.Hub.Epoch);
    }

    [Fact]
    public async Task Hello_HubHasWhatTheBackupHeldUnacknowledged_ItIsNotSentTwice()
    {
        await using var station = await Station.Start();
        await station.Sync();
        await station.Treat(1, 160m);
        var backup = StoreCopy.Of(station.Folder);
        await station.CheckIn(4);
        await station.Sync();
        await station.Close();
        StoreCopy.PutBack(backup, station.Folder);
        await station.Open();
        await station.Store.Announce("test");
        await station.CheckIn(2);
        await station.CheckIn(3);

        Assert.Null((await station.Sync()).Failure);

        Assert.Equal(2, station.Hub.Epoch);
        Assert.DoesNotContain(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.VisitSettled);
        Assert.Equal(2, station.Hub.Entries().Count(entry => entry.Head.Kind == Kinds.CheckedIn));
    }

    [Fact]
    public async Task Hello_AnswerOfTheEpochWasLost_TheSameEpochIsTaken()
    {
        await using var station = await Station.Start();
        await station.Treat(1, 40m);
        await station.Sync();
        station.Hub.Lines[^1] = "{\"other\":1}\n"u8.ToArray();
        station.Hub.LoseNextAnswer = true;
        Assert.NotNull((await station.Sync()).Failure);
        await station.Treat(2, 40m);
        Assert.Null((await station.Sync()).Failure);
        Assert.Equal((2, 0L), (station.Hub.Epoch, (await station.Sync()).Unacknowledged));
    }

    [Fact]
    public async Task Hello_HubRestoredToBeforeAnEpoch_EverythingItLostIsSentAgain()
    {
        await using var station = await Station.Start();
        await station.Treat(1, 40m);
        await station.Sync();
        var old = station.Hub.Lines.Take(station.Hub.Lines.Count - 1).ToList();
        var first = await station.Treat(2, 50m);
        await station.Sync();
        // The hub lets a line of the first epoch be another one: the second epoch begins.
        station.Hub.Lines.Add("{\"other\":1}\n"u8.ToArray());
        await station.Sync();
        Assert.Equal(2, station.Hub.Epoch);
        var second = await station.Treat(3, 160m);
        Assert.Equal(0, (await station.Sync()).Unacknowledged);
        var before = await Deductible(station, 3);

        station.Hub.Restore(1, old);
        Assert.Null((await station.Sync()).Failure);

        Assert.Equal((3, 0L), (station.Hub.Epoch, (await station.Sync()).Unacknowledged));
        foreach (var settled in new[] { first, second })
        {
            Assert.Single(station.Hub.Entries(), entry => entry.Head is { Kind: Kinds.VisitSettled, Schema: 2 } && entry.Body.Contains(settled.Settlement.ToString("D"), StringComparison.Ordinal));
        }
        Assert.Equal(before, await Deductible(station, 3));
        await station.Restart();
        Assert.Null(station.Store.Damage);
        Assert.Equal(0, (await station.Sync()).Unacknowledged);
    }

    [Fact]
    public async Task CarryOver_MovesThatTheHubHadIncluded_CountOnce()
    {
        await using var station = await Station.Start();
        await station.Treat(1, 160m);
        await station.Sync();
        var head = await station.Store.Do(session => station.Store.Journal.Head(session));
        var keys = await station.Store.Do(session => AccumulatorStore.Of(session, "P1", "", Currency.Cny));
        await station.Store.Do(session =>
        {
            using var rows = session.Prepared("select accumulator, after_amount from accumulator_move where person = $1").Read("P1");
            var moved = new List<(string Key, long After)>();
            while (rows.Read())
            {
                moved.Add((rows.GetString(0), rows.GetInt64(1)));
            }
            rows.Close();
            Assert.NotEmpty(moved);
            moved.ForEach(move => AccumulatorStore.Feed(session, "P1", move.Key, move.After, (head.Epoch, head.Seq), 1));
            return true;
        });
        var before = await Deductible(station, 1);
        var all = station.Hub.Lines.ToList();
        station.Hub.Lines.Add("{\"other\":1}\n"u8.ToArray());
        await station.Sync();
        station.Hub.Restore(1, all.Take(2));
        Assert.Null((await station.Sync()).Failure);
        Assert.Equal(before, await Deductible(station, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Enrol_HubLostTheDevice_ComesBackAndSendsAll(bool hadLaterEpoch)
    {
        await using var station = await Station.Start();
        var first = await station.Treat(1, 160m);
        await station.Sync();
        if (hadLaterEpoch)
        {
            station.Hub.Lines[^1] = "{\"other\":1}\n"u8.ToArray();
            await station.Sync();
        }
        var second = await station.Treat(2, 50m);
        await station.Sync();
        station.Hub.Restore(1, []);
        (station.Hub.Refuses, station.Hub.Name) = (Codes.UnknownDevice, "530924100001-7");
        Assert.Contains(Codes.UnknownDevice, (await station.Sync()).Failure, StringComparison.Ordinal);

        var asked = new EnrolAsked(null, FakeHub.Code);
        Assert.IsType<EnrolOutcome.Enrolled>(await station.Part<Enrol>().With(asked, CancellationToken.None));
        Assert.Equal((null, 0L), ((await station.Sync()).Failure, (await station.Sync()).Unacknowledged));

        foreach (var settled in new[] { first, second })
        {
            Assert.Single(station.Hub.Entries(), entry => entry.Head is { Kind: Kinds.VisitSettled, Schema: 2 } && entry.Body.Contains(settled.Settlement.ToString("D"), StringComparison.Ordinal));
        }
        Assert.Equal("530924100001-7", station.Store.Site!.Device);
        await station.Restart();
        Assert.Null(station.Store.Damage);
        Assert.Equal(0, (await station.Sync()).Unacknowledged);
    }

    [Fact]
    public async Task Enrol_AnswerForAnotherSite_IsRefusedAndNothingChanges()
    {
        await using var station = await Station.Start();
        var before = station.Store.Site;
        (station.Hub.Refuses, station.Hub.EnrolAs) = (Codes.Revoked, answer => answer with { Site = "530924100999" });
        var refused = Assert.IsType<EnrolOutcome.Refused>(await station.Part<Enrol>().With(new EnrolAsked(null, FakeHub.Code), CancellationToken.None));
        Assert.Equal(Codes.AlreadyEnrolled, refused.Why.Code);
        Assert.Same(before, station.Store.Site);
    }

    [Fact]
    public async Task Enrol_WhileTheHubKnowsTheDevice_IsRefused()
    {
        await using var station = await Station.Start();
        var refused = Assert.IsType<EnrolOutcome.Refused>(await station.Part<Enrol>().With(new EnrolAsked(null, FakeHub.Code), CancellationToken.None));
        Assert.Equal(Codes.AlreadyEnrolled, refused.Why.Code);
    }

    private static async Task<string> Deductible(Station station, int person)
    {
        var state = await station.Store.Do(session => AccumulatorStore.Of(session, Reference.Person(person), "", Currency.Cny));
        return string.Join(';', state.Amounts.OrderBy(one => one.Key.ToString(), StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value.MinorUnits}"));
    }
}

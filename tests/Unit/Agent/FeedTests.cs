using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

public sealed class FeedTests
{
    private static Task<long> Count(Station station, string table) =>
        station.Store.Do(session => session.ExecuteScalar<long>($"select count(*) from {table}"));

    private static Task<IReadOnlyDictionary<string, long>> Versions(Station station) => station.Store.Do(FeedStore.Versions);

    [Fact]
    public async Task Pull_EverythingInPages_VersionsFlipAtTheEnd()
    {
        await using var station = await Station.Start();
        Assert.Equal(43, await Count(station, "member"));
        Assert.True(station.Hub.Pages > 8, "members come in five pages");
        Assert.All(await Versions(station), version => Assert.Equal(1, version.Value));
        var pages = station.Hub.Pages;
        await station.Sync();
        Assert.Equal(pages, station.Hub.Pages);
    }

    /// <summary>Fetches pages of the members and stores them, so many steps.</summary>
    private static async Task Pull(Station station, int steps)
    {
        await station.Part<HubDialogue>().Hello(station.Store.Site!, CancellationToken.None);
        for (var step = 0; step < steps; step++)
        {
            Assert.False(await station.Part<FeedPuller>().PullOnce(station.Store.Site!, new HashSet<string>(), CancellationToken.None) is PullOutcome.UpToDate);
        }
    }

    private static Task<Member?> Found(Station station, int person) => station.Store.Do(session => station.Store.Members.ByIdNumber(session, Reference.IdNumber(person)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Pull_SnapshotOfMembersBrokenOffAnywhere_IsUsedOnceItIsWhole(int steps)
    {
        await using var station = await Station.Start();
        station.Hub.Change(FeedNames.Members, Reference.Member(1));
        await station.Sync();
        // A hub that counts anew: P3 is gone, P1 has another balance.
        station.Hub.Change(FeedNames.Members, Reference.Member(1, account: 99_00));
        station.Hub.ForgetRow(FeedNames.Members, "P3");
        station.Hub.SetVersion(FeedNames.Members, 1);
        await Pull(station, steps);
        // 42 rows are five pages: fetched and stored they are ten steps.
        var isWhole = steps >= 10;
        Assert.Equal((!isWhole, isWhole ? 99_00 : 12_00), (await Found(station, 3) is not null, (await Found(station, 1))!.Account));
        await station.Restart();
        Assert.Equal((!isWhole, isWhole ? 99_00 : 12_00), (await Found(station, 3) is not null, (await Found(station, 1))!.Account));
        var pages = station.Hub.Pages;
        Assert.Null((await station.Sync()).Failure);
        Assert.Equal(5 - Math.Min(5, steps / 2), station.Hub.Pages - pages);
        Assert.Equal((42, false, 99_00), (await Count(station, "member"), await Found(station, 3) is not null, (await Found(station, 1))!.Account));
        // A delta goes into what is used now.
        station.Hub.Change(FeedNames.Members, Reference.Member(5, account: 55_00));
        await station.Sync();
        Assert.Equal((42, 55_00), (await Count(station, "member"), (await Found(station, 5))!.Account));
    }

    [Fact]
    public async Task Pull_FirstPageHalfStored_WhatItBroughtIsNotTakenForTheNextSnapshot()
    {
        await using var station = await Station.Start();
        station.Hub.PageRows = 5_000;
        for (var i = 100; i < 2_200; i++)
        {
            station.Hub.Change(FeedNames.Members, [.. Reference.Member(1).Select((cell, at) => at == 0 ? $"P{i}" : cell)]);
        }
        await station.Sync();
        station.Hub.SetVersion(FeedNames.Members, 1);
        await Pull(station, 2);
        Assert.Equal(2_143 + 2_000, await Count(station, "member"));
        await station.Restart();
        station.Hub.ForgetRow(FeedNames.Members, "P3");
        Assert.Null((await station.Sync()).Failure);
        Assert.Equal((2_142, false), (await Count(station, "member"), await Found(station, 3) is not null));
    }

    [Fact]
    public async Task Pull_FromAnOlderHub_RowsAreRead()
    {
        await using var station = await Station.Start();
        station.Hub.Format = FeedFormats.Rows;
        station.Hub.Change(FeedNames.Members, Reference.Member(1, account: 77_00));
        Assert.Null((await station.Sync()).Failure);
        Assert.Equal(77_00, await station.Store.Do(session => station.Store.Members.ByPerson(session, "P1")!.Account));
    }

    [Fact]
    public async Task Pull_ADelta_ChangesAndRemoves()
    {
        await using var station = await Station.Start();
        station.Hub.Change(FeedNames.Members, Reference.Member(1, status: "2"));
        station.Hub.Change(FeedNames.Members, [.. Reference.Member(2).Select((cell, i) => i == 1 ? 1 : cell)]);
        await station.Sync();
        Assert.Equal(42, await Count(station, "member"));
        Assert.Equal(3, (await Versions(station))[FeedNames.Members]);
        var one = new CheckInRequest("11", new EvidenceGiven("idnumber", Reference.IdNumber(1), null), "op");
        Assert.Equal(Codes.BenefitStopped, (await station.CheckInRefused(one)).Code);
        var two = new CheckInRequest("11", new EvidenceGiven("idnumber", Reference.IdNumber(2), null), "op");
        Assert.Equal(Codes.UnknownPerson, (await station.CheckInRefused(two)).Code);
    }

    [Fact]
    public async Task Pull_HubThatCountsAnew_SnapshotReplacesWhatIsHeld()
    {
        await using var station = await Station.Start();
        station.Hub.Change(FeedNames.Members, Reference.Member(1));
        await station.Sync();
        station.Hub.ForgetRow(FeedNames.Members, "P3");
        station.Hub.SetVersion(FeedNames.Members, 1);
        await station.Sync();
        Assert.Equal((42, 1), (await Count(station, "member"), (await Versions(station))[FeedNames.Members]));
    }

    [Fact]
    public async Task Pull_HubRestoredThatHasComeAsFarAgain_SnapshotReplacesWhatIsHeld()
    {
        await using var station = await Station.Start();
        station.Hub.Incarnation = "00000000000000a1";
        station.Hub.Change(FeedNames.Members, Reference.Member(1));
        await station.Sync();
        var pages = station.Hub.Pages;
        await station.Sync();
        Assert.Equal(pages, station.Hub.Pages);
        // The restored hub counts to the same version again, for another change; what it lost left no trace.
        station.Hub.Incarnation = "00000000000000b2";
        station.Hub.ForgetRow(FeedNames.Members, "P3");
        station.Hub.SetVersion(FeedNames.Members, 1);
        station.Hub.Change(FeedNames.Members, Reference.Member(2, status: "2"));
        await station.Restart();
        await station.Sync();
        Assert.Equal((42, 2), (await Count(station, "member"), (await Versions(station))[FeedNames.Members]));
        Assert.Equal(1, await station.Store.Do(session => session.ExecuteScalar<long>("select count(*) from member where status = '2' and person = 'P2'")));
        Assert.Equal(0, await station.Store.Do(session => session.ExecuteScalar<long>("select count(*) from feed_version where stale")));
        pages = station.Hub.Pages;
        await station.Sync();
        Assert.Equal(pages, station.Hub.Pages);
    }

    [Fact]
    public async Task Pull_HubRestoredInTheMiddleOfARun_TheRunIsBegunAnew()
    {
        await using var station = await Station.Start();
        station.Hub.Incarnation = "00000000000000a1";
        await station.Sync();
        for (var i = 1; i <= 40; i++)
        {
            station.Hub.Change(FeedNames.Members, Reference.Member(i, status: "2"));
        }
        await station.Part<HubDialogue>().Hello(station.Store.Site!, CancellationToken.None);
        for (var step = 0; step < 2; step++)
        {
            await station.Part<FeedPuller>().PullOnce(station.Store.Site!, new HashSet<string>(), CancellationToken.None);
        }
        station.Hub.Incarnation = "00000000000000b2";
        for (var i = 1; i <= 40; i++)
        {
            station.Hub.Change(FeedNames.Members, Reference.Member(i));
        }
        await station.Sync();
        // One of the sample's members is stopped from the beginning.
        Assert.Equal((43, 1), (await Count(station, "member"), await station.Store.Do(session => session.ExecuteScalar<long>("select count(*) from member where status = '2'"))));
    }

    [Fact]
    public async Task Parameters_ReadInAGroupThatIsTakenBack_AreReadAgain()
    {
        await using var station = await Station.Start();
        var before = await station.Store.Do(session => station.Store.Policies.Limits(session, 1).OfflineAfterMinutes);
        await Assert.ThrowsAsync<EdgeHub.Sync.Stores.StoreException>(() => station.Store.Do(session =>
        {
            session.Execute("insert into parameter (name, value, unit, seen) values ('offline.after_minutes', '77', 'minutes', 1) on conflict (name) do update set value = '77'");
            station.Store.Policies.Forget();
            Assert.Equal(77, station.Store.Policies.Limits(session, 1).OfflineAfterMinutes);
            return Full();
        }));
        Assert.Equal(before, await station.Store.Do(session => station.Store.Policies.Limits(session, 1).OfflineAfterMinutes));
    }

    [Fact]
    public async Task Pull_BrokenOffInTheMiddle_GoesOnAfterARestart()
    {
        await using var station = await Station.Start();
        for (var i = 1; i <= 40; i++)
        {
            station.Hub.Change(FeedNames.Members, Reference.Member(i, status: "2"));
        }
        await station.Part<HubDialogue>().Hello(station.Store.Site!, CancellationToken.None);
        var none = new HashSet<string>();
        Assert.IsType<PullOutcome.Fetched>(await station.Part<FeedPuller>().PullOnce(station.Store.Site!, none, CancellationToken.None));
        Assert.False(Assert.IsType<PullOutcome.Stored>(await station.Part<FeedPuller>().PullOnce(station.Store.Site!, none, CancellationToken.None)).Flipped);
        Assert.Equal(1, (await Versions(station))[FeedNames.Members]);
        await station.Restart();
        var before = station.Hub.Pages;
        await station.Sync();
        Assert.Equal(3, station.Hub.Pages - before);
        Assert.Equal(41, (await Versions(station))[FeedNames.Members]);
        Assert.Equal(41, await station.Store.Do(session => session.ExecuteScalar<long>("select count(*) from member where status = '2'")));
    }

    /// <summary>Twelve amounts are two pages. With the first one stored what is settled rests on no version, also after a restart.</summary>
    [Fact]
    public async Task Pull_AccumulatorsHalfThere_NoVersionIsStated()
    {
        await using var station = await Station.Start();
        for (var i = 1; i <= 12; i++)
        {
            var key = $"Deductible/Year/20{i + 10}/*";
            station.Hub.Change(FeedNames.Accumulators, "P1|" + key, 0, "P1", key, 20_00L, 1L, 1L);
        }
        await station.Part<HubDialogue>().Hello(station.Store.Site!, CancellationToken.None);
        for (var step = 0; step < 2; step++)
        {
            await station.Part<FeedPuller>().PullOnce(station.Store.Site!, new HashSet<string>(), CancellationToken.None);
        }
        await station.Restart();
        Assert.Equal(1, (await station.Store.Do(FeedStore.States))[FeedNames.Accumulators].Version);
        await station.Treat(1, 40m);
        await station.Sync();
        await station.Treat(1, 40m);
        await station.Sync();
        var stated = station.Hub.Lines.Where(line => JournalCodec.ReadHead(line, out var _).Kind == Kinds.VisitSettled)
            .Select(line => { JournalCodec.ReadHead(line, out var body); return JournalCodec.ReadBody<VisitSettled>(line[body]).Offline.Feeds[FeedNames.Accumulators]; });
        Assert.Equal([FeedNames.Mixed, 13], stated);
    }

    [Fact]
    public async Task Pull_APageOfManyRows_IsOneTransactionAStep()
    {
        await using var station = await Station.Start();
        station.Hub.PageRows = 5_000;
        for (var i = 0; i < 4_500; i++)
        {
            station.Hub.Change(FeedNames.Blacklist, $"many-{i}", 0, "P42", "sample", "2025-01-01", "");
        }
        Assert.Equal([4_500, 2_000, 2_000, 500], await Steps(station));
        Assert.Equal(4_501, await Count(station, "blacklist"));
        // A hub that counts anew: the snapshot brings little, the rest is swept away in steps.
        for (var i = 0; i < 4_400; i++)
        {
            station.Hub.ForgetRow(FeedNames.Blacklist, $"many-{i}");
        }
        station.Hub.SetVersion(FeedNames.Blacklist, 1);
        Assert.Equal([101, 101, 0, 0], await Steps(station));
        Assert.Equal(101, await Count(station, "blacklist"));
    }

    /// <summary>Rows that each step of pulling fetched or stored, until everything is the newest.</summary>
    private static async Task<List<int>> Steps(Station station)
    {
        var none = new HashSet<string>();
        var rows = new List<int>();
        await station.Part<HubDialogue>().Hello(station.Store.Site!, CancellationToken.None);
        while (true)
        {
            var commits = station.Store.Commits;
            switch (await station.Part<FeedPuller>().PullOnce(station.Store.Site!, none, CancellationToken.None))
            {
                case PullOutcome.Fetched fetched:
                    rows.Add(fetched.Rows);
                    break;
                case PullOutcome.Stored stored:
                    rows.Add(stored.Rows);
                    Assert.Equal(1, station.Store.Commits - commits);
                    break;
                default:
                    return rows;
            }
        }
    }

    [Fact]
    public async Task Pull_ABookThatCannotBeRead_IsRefusedAndTheOldOneHolds()
    {
        await using var station = await Station.Start();
        station.Hub.Change(FeedNames.Policies, "bad/1", 0, "bad", 1, "", "2025-01-01", "", "2025-01-01", "{\"id\":\"bad\"}");
        station.Hub.Change(FeedNames.Members, Reference.Member(1, account: 99_00));
        var report = await station.Sync();
        Assert.StartsWith("policies", report.Failure, StringComparison.Ordinal);
        Assert.Equal((1, 2), ((await Versions(station))[FeedNames.Policies], (await Versions(station))[FeedNames.Members]));
        Assert.Equal(60_00, (await station.Treat(1, 160m)).Totals.Deductible);
    }

    [Fact]
    public async Task Pull_AParameterThatCannotBeUsed_IsRefused()
    {
        await using var station = await Station.Start();
        station.Hub.Change(FeedNames.Parameters, "offline.after_minutes", 0, "soon", "minutes");
        Assert.StartsWith("parameters: BadNumber", (await station.Sync()).Failure, StringComparison.Ordinal);
        await station.Treat(1, 10m, "13");
    }

    [Fact]
    public async Task Pull_SignedByAnotherHub_IsRefused()
    {
        await using var station = await Station.Start();
        var other = new FakeHub(station.Clock, Reference.Feeds());
        var puller = new FeedPuller(station.Store, new Impostor(station.Hub, other), station.Part<HubDialogue>(), station.Agent.Contact);
        station.Hub.Change(FeedNames.Members, Reference.Member(1, account: 1_000_000_00));
        await station.Part<HubDialogue>().Hello(station.Store.Site!, CancellationToken.None);
        var outcome = await puller.PullOnce(station.Store.Site!, new HashSet<string>(), CancellationToken.None);
        Assert.Equal(Codes.BadSignature, Assert.IsType<PullOutcome.Refused>(outcome).Code);
        Assert.Equal(12_00, await station.Store.Do(session => station.Store.Members.ByPerson(session, "P1")!.Account));
    }

    [Fact]
    public async Task Store_OfMembers_HoldsNoNameAndNoNumber()
    {
        await using var station = await Station.Start();
        await station.Treat(7, 10m, "13");
        await station.Close();
        foreach (var file in Directory.GetFiles(station.Folder, "agent.db*").Where(file => !file.EndsWith("-mark", StringComparison.Ordinal)))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            Assert.True(bytes.AsSpan().IndexOf("P7"u8) >= 0 || bytes.Length == 0 || file.EndsWith("-shm", StringComparison.Ordinal), "the person's number is a pseudonym and stands there");
            Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Reference.IdNumber(7))));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Reference.Card(7))));
            Assert.Equal(-1, bytes.AsSpan().IndexOf("样本7"u8));
            Assert.Equal(-1, bytes.AsSpan().IndexOf("J06.9"u8));
        }
        await station.Open();
    }

    private static bool Full() => throw new EdgeHub.Sync.Stores.StoreException(Codes.DiskFull, "agent.db", "as the test wants");

    /// <summary>Answers feeds as another hub would.</summary>
    private sealed class Impostor(FakeHub real, FakeHub other) : IHubLine
    {
        public Task<EdgeHub.Sync.Wire.EnrolAnswer> Enrol(Uri hub, EdgeHub.Sync.Wire.EnrolRequest request, CancellationToken cancel) => real.Enrol(hub, request, cancel);

        public Task<EdgeHub.Sync.Wire.HelloAnswer> Hello(Uri hub, string device, CancellationToken cancel) => real.Hello(hub, device, cancel);

        public Task<EdgeHub.Sync.Wire.JournalAnswer> SendBatch(Uri hub, ReadOnlyMemory<byte> wire, CancellationToken cancel) => real.SendBatch(hub, wire, cancel);

        public Task<EdgeHub.Sync.Wire.EpochAnswer> NewEpoch(Uri hub, EdgeHub.Sync.Wire.EpochRequest request, string authorization, CancellationToken cancel) =>
            real.NewEpoch(hub, request, authorization, cancel);

        public async Task<byte[]> GetFeedPage(Uri hub, FeedAsked asked, string authorization, CancellationToken cancel)
        {
            var key = authorization;
            await other.Enrol(hub, new EdgeHub.Sync.Wire.EnrolRequest(FakeHub.Code, Convert.ToBase64String(real.DeviceKey!), "1"), cancel);
            return await other.GetFeedPage(hub, asked, key, cancel);
        }
    }
}

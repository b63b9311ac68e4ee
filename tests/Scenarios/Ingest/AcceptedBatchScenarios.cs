using EdgeHub.Hub.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Scenarios.Ingest;

public sealed class AcceptedBatchScenarios
{
    [Fact]
    public async Task Batch_SentTwice_IsAcknowledgedAgainAndStoredOnce()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        device.Write(5);

        var answers = new[] { await device.SendAsync(1, 5), await device.SendAsync(1, 5), await device.SendAsync(2, 4) };

        Assert.All(answers, answer => Assert.Equal((JournalAnswer.Acknowledged, 5L), (answer.Status, answer.AckedThrough)));
        Assert.Equal((5, 1), (hub.Count("select count(*) from entry"), hub.Count("select count(*) from segment")));
    }

    [Fact]
    public async Task Batch_PartlyKnown_IsResumedBehindTheHead()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        device.Write(7);
        await device.SendAsync(1, 4);

        var overlapping = await device.SendAsync(3, 7);
        var resumed = await device.SendAsync(overlapping.AckedThrough + 1, 7);

        Assert.Equal((JournalAnswer.ResumeFrom, 4L), (overlapping.Status, overlapping.AckedThrough));
        Assert.Equal((JournalAnswer.Acknowledged, 7L), (resumed.Status, resumed.AckedThrough));
        Assert.Equal(JournalAnswer.Acknowledged, (await device.SendAsync(2, 6)).Status);
        Assert.Equal(7, hub.Count("select count(distinct seq) from entry"));
    }

    [Fact]
    public async Task Batches_OfOneDeviceAtOnce_NeverOverlap()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        device.Write(40);

        var answers = await Task.WhenAll(Enumerable.Range(1, 40).Select(through => device.SendAsync(1, through)));

        Assert.All(answers, answer => Assert.NotEqual(JournalAnswer.Refused, answer.Status));
        await device.SendAsync((await device.HelloAsync()).Seq + 1 is var next && next <= 40 ? next : 1, 40);
        Assert.Equal(40, (await device.HelloAsync()).Seq);
        Assert.Equal(40, hub.Count("select count(*) from entry"));
        Assert.Equal(40, hub.Count("select cast(coalesce(sum(count), 0) as bigint) from segment"));
    }

    [Fact]
    public async Task Line_WhoseHeadCannotBeRead_IsKeptAndAcknowledged()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        device.Write(1);
        device.WriteLine("{\"seq\":2,\"kind\":}\n"u8.ToArray());
        device.WriteLine(JournalCodec.Line(device.Head(9, Kinds.StoreChecked), new StoreChecked("wrong seq", 0, 0)));
        device.WriteLine(JournalCodec.Line(device.Head(4, "BloodPressureTaken"), new StoreChecked("a kind of tomorrow", 0, 0)));
        device.Write(1);

        var answer = await device.SendAsync(1, 5);

        Assert.Equal((JournalAnswer.Acknowledged, 5L), (answer.Status, answer.AckedThrough));
        var kinds = hub.Store.Read(session => session.Query<string>("select kind from public_entry order by seq"));
        Assert.Equal([Kinds.StoreChecked, "Unreadable", "Unreadable", "BloodPressureTaken", Kinds.StoreChecked], kinds);
        var reader = new SegmentReader();
        var stored = hub.Store.Read(session => reader.Lines(session, TestHub.Region, 1).Select(line => line.ToArray()).ToArray());
        Assert.Equal(device.Lines.Select(line => line.ToArray()), stored);
    }

    [Fact]
    public async Task EffectiveTime_OfAClockThatJumpsBack_NeverFalls()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        var eight = new DateTimeOffset(2025, 3, 12, 8, 0, 0, TimeSpan.Zero);
        (DateTimeOffset Captured, long? Offset, DateTimeOffset Effective)[] cases =
        [
            (eight, null, eight),
            (eight.AddMinutes(1), 5_000, eight.AddMinutes(1).AddSeconds(5)),
            (eight.AddHours(-3), 5_000, eight.AddMinutes(1).AddSeconds(5)),
            (eight.AddHours(-3), 4 * 3600_000, eight.AddHours(1)),
        ];
        foreach (var (captured, offset, _) in cases)
        {
            device.WriteLine(JournalCodec.Line(device.Head(device.Seq + 1, Kinds.StoreChecked, captured, offset), new StoreChecked("sound", 0, 0)));
        }

        await device.SendAsync(1, 2);
        await device.SendAsync(3, 4);

        var effective = hub.Store.Read(session => session.Query<long>("select captured_effective_ms from public_entry order by seq"));
        Assert.Equal(cases.Select(each => each.Effective.ToUnixTimeMilliseconds()), effective);
    }

    [Fact]
    public async Task Claims_OfSettlementsAndReversals_AddUpBySiteTypeAndMonth()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        string Settled(string type, string day, int total, int fund) =>
            $$$"""{"visitType":"{{{type}}}","currency":"CNY","serviceDay":"{{{day}}}","totals":{"total":{{{total}}},"eligible":1},"shares":{"fund":{{{fund}}},"account":100,"cash":{{{total - fund - 100}}}},"lines":[{"total":9}]}""";
        void Line(string kind, string body) => device.WriteLine(System.Text.Encoding.UTF8.GetBytes(
            $$"""{"seq":{{device.Seq + 1}},"kind":"{{kind}}","schema":1,"captured":"2025-03-12T01:02:03.004Z","civilDay":"2025-03-12","clock":{"tickMilliseconds":1,"offsetMilliseconds":null,"demoMilliseconds":0},"body":{{body}}}""" + "\n"));
        Line(Kinds.VisitSettled, Settled("11", "2025-03-12", 5_000, 3_000));
        Line(Kinds.VisitSettled, Settled("11", "2025-03-31", 1_000, 600));
        Line(Kinds.VisitSettled, Settled("11", "2025-04-01", 700, 300));
        Line(Kinds.VisitReversed, """{"visitType":"11","currency":"CNY","serviceDay":"2025-03-12","total":5000,"shares":{"fund":3000,"account":100,"cash":1900}}""");
        Line(Kinds.VisitSettled, """{"visitType":"11","serviceDay":"yesterday"}""");

        Assert.Equal(JournalAnswer.Acknowledged, (await device.SendAsync(1, 5)).Status);

        var march = hub.Store.Read(session => session.QuerySingleOrDefault<string>(
            "select settled || ' ' || reversed || ' ' || total || ' ' || fund || ' ' || account || ' ' || cash from public_claimed_rollup where site = '530924100201' and visit_type = '11' and service_month = '2025-03'"));
        Assert.Equal("2 1 1000 600 100 300", march);
        Assert.Equal(2, hub.Count("select count(*) from public_claimed_rollup"));
    }
}

using System.Text.Json.Nodes;
using EdgeHub.Agent.Sync;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.ByHand;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>A clinic without a line: its unsent lines go to the hub as a file, and come to the same as over the line.</summary>
public sealed class ByHandTests
{
    private readonly SetClock _clock = new(Station.Morning);

    [Fact]
    public async Task Lines_CarriedByHand_AreJudgedAsOverTheLine_AndSyncedIsShownOnlyBehindTheAnswer()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await Cut(hub);
        await agent.Treat(1, 100_00);
        await agent.Treat(2, 70_00);
        var file = await Export(agent);
        var before = await agent.Status();
        Assert.False(before["synced"]!.GetValue<bool>());

        var report = await Import(hub, file);
        Assert.Null(report.Refused);
        Assert.Equal((before["unacknowledged"]!.GetValue<long>(), 0L), (report.Taken, report.Known));
        Assert.False((await agent.Status())["synced"]!.GetValue<bool>());
        Assert.Equal(report.Taken, (await Take(hub, agent, report))["moved"]!.GetValue<long>());
        var status = await agent.Status();
        Assert.True(status["synced"]!.GetValue<bool>(), status.ToJsonString());

        agent.Line.Up = true;
        Assert.Equal(0, (await agent.Sync())["sentLines"]!.GetValue<long>());
        await Quiet.Reach(hub, agent);
        Assert.Equal(2, hub.Number("select count(*) from settlement_fact where standing = 'Stands'"));
    }

    [Fact]
    public async Task File_TakenInTwice_IsKnownTheSecondTime()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await Cut(hub);
        await agent.Treat(1, 100_00);
        var file = await Export(agent);
        var first = await Import(hub, file);
        var again = await Import(hub, file);
        Assert.Null(again.Refused);
        Assert.Equal((0L, first.Taken), (again.Taken, again.Known));
        await Take(hub, agent, first);
        Assert.Equal(0, (await Take(hub, agent, again))["moved"]!.GetValue<long>());
        Assert.Equal(1, hub.Number("select count(*) from entry where kind = 'VisitSettled'"));
    }

    /// <summary>The courier comes every week, the hub's answer only with the next visit.</summary>
    [Fact]
    public async Task LaterFile_MadeBeforeAnyAnswerCame_IsTakenFromWhereTheEarlierOneEnded()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await Cut(hub);
        await agent.Treat(1, 100_00);
        var first = await Export(agent);
        await agent.Treat(2, 50_00);
        var second = await Export(agent);
        await agent.Treat(3, 50_00);
        var third = await Export(agent);

        Assert.Null((await Import(hub, first)).Refused);
        var last = await Import(hub, third);
        Assert.Null(last.Refused);
        Assert.True(last is { Known: > 0, Taken: > 0 });
        var late = await Import(hub, second);
        Assert.Equal((null, 0L), (late.Refused, late.Taken));
        Assert.Equal(3, hub.Number("select count(*) from entry where kind = 'VisitSettled'"));
        await Take(hub, agent, last);
        Assert.True((await agent.Status())["synced"]!.GetValue<bool>());
    }

    [Fact]
    public async Task File_TakenInWhenTheLineCameBack_IsKnown_AndAnOldAnswerChangesNothing()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await Cut(hub);
        await agent.Treat(1, 100_00);
        var file = await Export(agent);
        await agent.Treat(2, 50_00);
        agent.Line.Up = true;
        await Quiet.Reach(hub, agent);
        var report = await Import(hub, file);
        Assert.Equal((null, 0L), (report.Refused, report.Taken));
        await agent.Treat(3, 50_00);
        await Quiet.Reach(hub, agent);

        Assert.Equal(Codes.FileStale, (await Refused(agent, AckFile.Write(report.Acks!, hub.Store.Keys.Signer))).Code);
        Assert.True((await agent.Status())["synced"]!.GetValue<bool>());
        Assert.Equal(3, hub.Number("select count(*) from entry where kind = 'VisitSettled'"));
    }

    [Fact]
    public async Task File_WithADamagedPart_IsTakenUpToIt_AndTheAnswerSaysSo()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await Cut(hub);
        await agent.Treat(1, 100_00);
        await Export(agent);
        await agent.Treat(2, 50_00);
        var file = await Export(agent);
        file[^1] ^= 1;
        var report = await Import(hub, file);
        Assert.Equal(Codes.FileDamaged, report.Refused?.Code);
        Assert.True(report.Taken > 0);
        var taken = await Take(hub, agent, report);
        Assert.Equal((report.Taken, Codes.FileDamaged), (taken["moved"]!.GetValue<long>(), taken["acks"]!["refused"]!.GetValue<string>()));
        Assert.True(taken["left"]!["lines"]!.GetValue<long>() > 0);

        var rest = await Import(hub, await Export(agent));
        Assert.Equal((null, 0L), (rest.Refused, rest.Known));
        await Take(hub, agent, rest);
        Assert.True((await agent.Status())["synced"]!.GetValue<bool>());
    }

    [Fact]
    [Trait("Engine", "Sqlite")] // puts a copy of the hub's file back
    public async Task HubPutBackToAnEarlierCopy_TellsItInItsAnswer_AndIsBroughtTheLinesOnceMore()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await Cut(hub);
        await agent.Treat(1, 100_00);
        await hub.Close();
        using var backup = new FolderCopy(Path.Combine(hub.Folder, "hub"), "hub.db*");
        await hub.Open();
        await Take(hub, agent, await Import(hub, await Export(agent)));
        await hub.Close();
        backup.PutBack();
        await hub.Open();
        await agent.Treat(2, 50_00);
        _clock.Advance(TimeSpan.FromHours(1));

        var lacking = await Import(hub, await Export(agent));
        Assert.Equal(Codes.Gap, lacking.Refused?.Code);
        Assert.True((await Take(hub, agent, lacking))["moved"]!.GetValue<long>() < 0);
        Assert.False((await agent.Status())["synced"]!.GetValue<bool>());
        var whole = await Import(hub, await Export(agent));
        Assert.Null(whole.Refused);
        await Take(hub, agent, whole);
        Assert.True((await agent.Status())["synced"]!.GetValue<bool>());
        Assert.Equal(2, hub.Number("select count(*) from entry where kind = 'VisitSettled'"));
    }

    [Fact]
    public async Task Answers_OfAnotherHubOrDevice_AreRefusedByName()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await Cut(hub);
        await using var other = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        await using var elsewhere = await JoinedHub.Start(_clock);
        await agent.Treat(1, 100_00);
        var file = await Export(agent);
        var refused = await Assert.ThrowsAsync<JournalFormatException>(() => Import(elsewhere, file));
        Assert.Equal(Codes.FileOfAnother, refused.Code);

        var acks = (await Import(hub, file)).Acks!;
        Assert.Equal(Codes.BadSignature, (await Refused(agent, AckFile.Write(acks, elsewhere.Store.Keys.Signer))).Code);
        Assert.Equal(Codes.FileOfAnother, (await Refused(other, AckFile.Write(acks, hub.Store.Keys.Signer))).Code);
        Assert.Equal(Codes.Fork, (await Refused(agent, AckFile.Write(acks with { Hash = new string('0', 64) }, hub.Store.Keys.Signer))).Code);
        Assert.Equal(Codes.StaleEpoch, (await Refused(agent, AckFile.Write(acks with { Epoch = 9 }, hub.Store.Keys.Signer))).Code);
        Assert.False((await agent.Status())["synced"]!.GetValue<bool>());
    }

    /// <summary>A year of a clinic in one file: no more than a few batches are ever held.</summary>
    [Fact]
    public async Task FiftyThousandLines_GoByHand_InBoundedMemory()
    {
        const int lines = 50_000;
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await Cut(hub);
        for (var done = 0; done < lines; done += 5_000)
        {
            await agent.Store.Do(session =>
            {
                for (var i = 0; i < 5_000; i++)
                {
                    agent.Store.Journal.Append(session, Kinds.StoreChecked, new StoreChecked("sound " + new string('x', 500), i, 0), agent.Store.Clock.Capture());
                }
                return true;
            });
        }
        var path = Path.Combine(agent.Folder, "big.ehm");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        using (var file = new Watched(File.Create(path), () => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before)))
        {
            await Assert.IsType<ExportOutcome.Ready>(await new MoveByHand(agent.Store).Export()).File.WriteTo(file, CancellationToken.None);
        }
        ImportReport report;
        using (var file = new Watched(File.OpenRead(path), () => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before)))
        {
            report = await new JournalImport(hub.Store, new JournalIngest(hub.Store, new SegmentReader(), NullLogger<JournalIngest>.Instance)).From(file, CancellationToken.None);
        }
        Assert.Null(report.Refused);
        Assert.True(report.Taken >= lines);
        Assert.True(peak < 24 * 1024 * 1024, $"{peak / 1024 / 1024} MiB were held for a file of {new FileInfo(path).Length / 1024 / 1024} MiB");
    }

    /// <summary>Looks at the memory whenever a part is read or written.</summary>
    private sealed class Watched(FileStream file, Action look) : Stream
    {
        private long _next;

        public override bool CanRead => file.CanRead;
        public override bool CanSeek => false;
        public override bool CanWrite => file.CanWrite;
        public override long Length => file.Length;
        public override long Position { get => file.Position; set => throw new NotSupportedException(); }

        public override void Flush() => file.Flush();

        public override int Read(byte[] buffer, int offset, int count) => Looked(file.Read(buffer, offset, count));

        public override void Write(byte[] buffer, int offset, int count)
        {
            file.Write(buffer, offset, count);
            Looked(0);
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing) => file.Dispose();

        private int Looked(int count)
        {
            if (file.Position >= _next)
            {
                _next = file.Position + (512 * 1024);
                look();
            }
            return count;
        }
    }

    /// <summary>An agent whose line is cut behind its enrolment.</summary>
    private async Task<JoinedAgent> Cut(JoinedHub hub)
    {
        var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        agent.Line.Up = false;
        return agent;
    }

    private static async Task<byte[]> Export(JoinedAgent agent)
    {
        using var answer = await agent.Http.PostAsync("/api/v1/unsent/export", null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static Task<ImportReport> Import(JoinedHub hub, byte[] file) =>
        new JournalImport(hub.Store, new JournalIngest(hub.Store, new SegmentReader(), NullLogger<JournalIngest>.Instance)).From(new MemoryStream(file), CancellationToken.None);

    private static async Task<JsonNode> Take(JoinedHub hub, JoinedAgent agent, ImportReport report)
    {
        using var answer = await agent.Http.PostAsync("/api/v1/unsent/acks", new ByteArrayContent(AckFile.Write(report.Acks!, hub.Store.Keys.Signer)));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<(string Code, int Status)> Refused(JoinedAgent agent, byte[] file)
    {
        using var answer = await agent.Http.PostAsync("/api/v1/unsent/acks", new ByteArrayContent(file));
        return (JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.GetValue<string>(), (int)answer.StatusCode);
    }
}

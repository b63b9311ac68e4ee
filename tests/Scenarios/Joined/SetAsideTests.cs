using EdgeHub.Agent.Store;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Settlement;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>What the hub sets aside of a clinic comes back to it: which entry, why, who must act, since when, and that it is over.</summary>
public sealed class SetAsideTests
{
    private readonly SetClock _clock = new(Station.Morning);

    [Fact]
    public async Task EntriesSetAside_AreToldToTheirClinicAlone_UntilSomebodyActed()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var here = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var there = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        var settled = Guid.Parse((string)(await here.Treat(1, 100_00))["settlement"]!);
        await Quiet.Rest(hub, here, there);
        var late = Guid.CreateVersion7();
        var (unreadable, waiting, unknown) = await here.Store.Do(session =>
        {
            var row = SettlementStore.Find(session, settled)!;
            var journal = here.Store.Journal;
            var line = Assert.Single(journal.After(session, row.Epoch, row.Seq - 1, 1, int.MaxValue)).Line;
            _ = JournalCodec.ReadHead(line, out var body);
            // A program that is broken: a settlement in another currency, a refund of one that nobody has, a kind of the future.
            var foreign = JournalCodec.ReadBody<VisitSettled>(line.AsSpan(body)) with { Settlement = settled, RequestKey = "again", Currency = "EUR", Accumulators = [] };
            return (
                journal.Append(session, Kinds.VisitSettled, foreign, here.Store.Clock.Capture()).Seq,
                journal.Append(session, Kinds.RefundPaid, new RefundPaid(Guid.CreateVersion7(), "r1", late, Guid.CreateVersion7(), "P1", JoinedHub.Clinic, "CNY", 100, "op"), here.Store.Clock.Capture()).Seq,
                journal.Append(session, "KindOfTheFuture", new EvidenceKept("v", "P1", "r", "op"), here.Store.Clock.Capture()).Seq);
        });
        await Quiet.Rest(hub, here, there);

        var aside = await Aside(here);
        Assert.Equal(
            [
                $"{unreadable} VisitSettled BodyUnreadable {JoinedHub.Clinic}  {settled:D}",
                $"{waiting} RefundPaid NotFound {JoinedHub.Clinic} settlement/{late:D} ",
                $"{unknown} KindOfTheFuture UnknownKind bureau  ",
            ],
            aside.Select(each => $"{each.Aside.Seq} {each.Aside.Kind} {each.Aside.Code} {each.Aside.Owner} {each.Aside.WaitsFor} {each.Settlement:D}"));
        Assert.All(aside, each => Assert.Equal((new DateOnly(2025, 3, 12), _clock.GetUtcNow()), (each.CivilDay, each.Aside.Since)));
        Assert.Empty(await Aside(there));

        // The bureau closes one by hand; a hub that was started anew tries the unknown kind once more, in vain.
        Assert.Equal(0, await Hub(hub, "quarantine", "close", aside[0].Aside.Key, "--why", "entered again", "--operator", "clerk"));
        await hub.Close();
        await hub.Open();
        await Quiet.Rest(hub, here, there);
        Assert.Equal([waiting, unknown], (await Aside(here)).Select(each => each.Aside.Seq));
    }

    private static Task<IReadOnlyList<AsideEntry>> Aside(JoinedAgent agent) =>
        agent.Store.Do(session => SetAsideStore.All(session, agent.Store.Journal, agent.Store.Site!.Device, 100));

    private async Task<int> Hub(JoinedHub hub, params string[] args)
    {
        var frame = new CommandFrame(_clock, new SystemEntropy(), TextWriter.Null, TextWriter.Null);
        CaseCommands.Register(frame);
        return await frame.Run([.. args, "--data", Path.Combine(hub.Folder, "hub")]);
    }
}

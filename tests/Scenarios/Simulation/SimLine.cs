using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHub.Agent.Sync;
using EdgeHub.Hub.Feeds;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>What becomes of one message and its answer.</summary>
internal enum Fate { Delivered, RequestLost, AnswerLost, Doubled, Late, Slow, Cut }

/// <summary>An agent's line to the hub: messages and answers go through JSON as over HTTP; any of them may be lost, doubled, or come
/// when nobody waits for it any more. While one is under way, life goes on.</summary>
internal sealed class SimLine(World world, SimAgent agent) : IHubLine
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Fields that a hub of an older version does not send.</summary>
    private static readonly string[] Newer = ["feedIncarnation", "knownThrough"];

    private byte[] _batch = [];

    public Task<EnrolAnswer> Enrol(Uri hub, EnrolRequest request, CancellationToken cancel) => Carry(
        "enrol", () => world.Hub.DoAsync("enrol", at => at.Enrolment.Enrol(request), at => world.Thread.Run(() => at.Enrolment.Enrol(
            request with { Code = at.Enrolment.NewCode(agent.Site) }))), Through);

    public Task<HelloAnswer> Hello(Uri hub, string device, CancellationToken cancel) => Carry(
        "hello", () => world.Hub.Greeting.Of(device) is var (answer, fault) && answer is not null ? Task.FromResult(answer) : throw new FaultException(fault!), Through);

    public Task<JournalAnswer> SendBatch(Uri hub, ReadOnlyMemory<byte> wire, CancellationToken cancel)
    {
        var bytes = wire.ToArray();
        _batch = bytes;
        return Carry("batch", () => world.Hub.DoAsync("batch", at => at.Ingest.Receive(bytes), at => world.Thread.Run(() => at.Ingest.Receive(bytes))), Through);
    }

    public Task<byte[]> GetFeedPage(Uri hub, FeedAsked asked, string authorization, CancellationToken cancel) => Carry(
        "page", () => Task.FromResult(world.Hub.Pages.Page(
            world.Hub.Let(authorization), new FeedAsk(asked.Feed, asked.After, asked.UpTo, asked.Cursor ?? "", world.HubIsOld ? FeedFormats.Rows : FeedFormats.Newest))), page => page);

    public Task<PersonAnswer> FindPerson(Uri hub, PersonAsked asked, string authorization, CancellationToken cancel) => world.HubIsOld
        ? throw new HubUnreachable("status 404, not an answer of /sync/v1")
        : Carry("find", () =>
        {
            var device = world.Hub.Let(authorization);
            return Find(device, asked);
        }, Through);

    private async Task<PersonAnswer> Find(EdgeHub.Hub.Access.Device device, PersonAsked asked)
    {
        world.Auditor.Looks(agent, device.Site);
        var answer = await world.Hub.DoAsync("find", at => at.Persons.Find(device, asked), at => world.Thread.Run(() => at.Persons.Find(device, asked)));
        world.Auditor.Looked(device.Site, asked, answer.Pages.Count > 0);
        return answer;
    }


    public Task<EpochAnswer> NewEpoch(Uri hub, EpochRequest request, string authorization, CancellationToken cancel) => Carry("epoch", () =>
    {
        var device = world.Hub.Let(authorization);
        return world.Hub.DoAsync("epoch", at => at.Epochs.Ask(device, request), at => world.Thread.Run(() => at.Epochs.Ask(device, request)));
    }, Through);

    private async Task<T> Carry<T>(string what, Func<Task<T>> deliver, Func<T, T> through)
    {
        var fate = agent.IsCut ? Fate.Cut : world.Quiet ? Fate.Delivered : Drawn(what);
        if (fate != Fate.Cut)
        {
            world.Coverage.Hit(what, fate == Fate.Delivered ? "none" : fate.ToString(), agent.State);
        }
        world.Note($"{agent.Name} {what} {fate}");
        if (what == "batch" && fate is not (Fate.Delivered or Fate.Cut))
        {
            world.Auditor.Met(_batch, fate);
        }
        switch (fate)
        {
            case Fate.Cut or Fate.RequestLost:
                throw new HubUnreachable("no answer in time");
            case Fate.Late:
                world.Later(what, async () => await At(what, deliver));
                throw new HubUnreachable("no answer in time");
            case Fate.Slow:
                world.Meanwhile(agent);
                break;
            default:
                break;
        }
        var answer = await At(what, deliver);
        if (fate == Fate.Doubled)
        {
            answer = await At(what, deliver);
        }
        if (fate == Fate.Slow)
        {
            world.Meanwhile(agent);
        }
        if (agent.Disk.IsDead)
        {
            throw new SimulatedCrash(agent.Disk);
        }
        return fate == Fate.AnswerLost ? throw new HubUnreachable("no answer in time") : through(answer);
    }

    private Fate Drawn(string what) => !world.Chance.OneIn(what is "batch" or "epoch" or "enrol" or "find" ? world.Mood.IsBadLine ? 2 : 4 : world.Mood.IsBadLine ? 6 : 12)
        ? Fate.Delivered
        : world.Chance.Of<Fate>([Fate.RequestLost, Fate.AnswerLost, Fate.AnswerLost, Fate.Doubled, Fate.Late, Fate.Slow, Fate.Slow]);

    /// <summary>At the hub: its refusals and failures as HTTP would tell them.</summary>
    private async Task<T> At<T>(string what, Func<Task<T>> deliver)
    {
        if (world.Hub.Turn() is { } turn)
        {
            world.Coverage.Hit("served by", $"process {turn + 1}", world.Hub.MissesOne ? "the other is dead" : "up");
        }
        if (world.Hub.Disk.IsDead)
        {
            throw new HubUnreachable("no hub there");
        }
        world.MayKillHub(what);
        try
        {
            return await deliver();
        }
        catch (FaultException leapt) when (leapt.Faults[0].Code == Codes.HubClockJumped)
        {
            world.Coverage.Hit(what, "hub: clock leapt", "up");
            world.Auditor.Check(7, world.Hub.Clock.Skew != TimeSpan.Zero, () => $"the hub refuses {what} for its clock, which is right");
            throw new HubUnreachable("HubClockJumped", leapt);
        }
        catch (FaultException refused)
        {
            world.Note($"{agent.Name} {what} refused {refused.Faults[0].Code}");
            throw new HubRefused(refused.Faults[0].Code, refused.Faults[0].Expected);
        }
        catch (StoreException store)
        {
            world.Note($"{agent.Name} {what} store {store.Code}");
            if (!world.Hub.Disk.IsDead)
            {
                // A process that died says anything; one that lives refuses for want of room or of a connection, and nothing else.
                world.Coverage.Hit(what, $"hub: {store.Code}", "up");
                world.Auditor.Check(6, store.Code == Codes.DiskFull || world.Hub.Broke(store), () => $"the hub refuses {what} with {store.Code}: {store.Message}");
            }
            throw new HubUnreachable("status 503, not an answer of /sync/v1", store);
        }
        catch (Exception other) when (other is not HubUnreachable)
        {
            if (!world.Hub.Disk.IsDead)
            {
                world.Hub.Unexpected.Add($"{what}: {other}");
            }
            throw new HubUnreachable("status 500, not an answer of /sync/v1", other);
        }
    }

    private T Through<T>(T answer)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(answer, Web);
        if (world.HubIsOld)
        {
            var node = JsonNode.Parse(json)!.AsObject();
            foreach (var newer in Newer)
            {
                node.Remove(newer);
            }
            json = JsonSerializer.SerializeToUtf8Bytes(node, Web);
        }
        return JsonSerializer.Deserialize<T>(json, Web)!;
    }
}

using System.Net.Http.Json;
using EdgeHub.Hub.Ingest;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Scenarios.Ingest;

public sealed class EpochScenarios
{
    [Fact]
    public async Task Device_RestoredFromABackup_GoesOnInANewEpoch()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        device.Write(5);
        await device.SendAsync(1, 5);

        var given = await EpochAsync(await device.AskEpochAsync(1, 3, device.HashAt(3)));
        var late = await device.SendAsync(1, 5);
        var carried = JournalCodec.Line(device.Head(1, Kinds.CarriedFrom), new CarriedFrom(1, 3, Chain.Text(device.HashAt(3)), 0));
        var resumed = await hub.SendAsync(device.BatchOf(1, [carried], epoch: given, prev: Chain.Zero));

        Assert.Equal(2, given);
        Assert.Equal((JournalAnswer.Refused, Codes.StaleEpoch), (late.Status, late.Code));
        Assert.Equal((JournalAnswer.Acknowledged, 1L, 2L), (resumed.Status, resumed.AckedThrough, resumed.Epoch));
        Assert.Equal(6, hub.Count("select count(*) from public_entry"));
    }

    [Fact]
    public async Task Device_ThatTheHubKnowsNoMoreOf_StaysInItsEpoch()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        device.Write(5);
        await device.SendAsync(1, 4);

        Assert.Equal(1, await EpochAsync(await device.AskEpochAsync(1, 4, device.HashAt(4))));
        Assert.Equal(1, await EpochAsync(await device.AskEpochAsync(1, 5, device.HashAt(5))));
        Assert.Equal(2, await EpochAsync(await device.AskEpochAsync(1, 4, device.HashAt(3))));
    }

    [Fact]
    public async Task Device_RefusedForAFork_GetsANewEpoch()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        device.Write(3);
        await device.SendAsync(1, 2);
        var forked = await hub.SendAsync(device.BatchOf(3, [.. device.Lines.Skip(2)], prev: device.HashAt(1)));

        Assert.Equal(Codes.Fork, forked.Code);
        Assert.Equal(2, await EpochAsync(await device.AskEpochAsync(1, 3, device.HashAt(3))));
        Assert.Equal(1, hub.Count("select forks from public_device_head"));
    }

    [Fact]
    public async Task Device_WhoseAnswerWasLost_GetsTheSameEpochAgain()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        device.Write(5);
        await device.SendAsync(1, 5);

        Assert.Equal(2, await EpochAsync(await device.AskEpochAsync(1, 3, device.HashAt(3), 3)));
        Assert.Equal(2, await EpochAsync(await device.AskEpochAsync(1, 4, device.HashAt(4), 3)));
        Assert.Equal(1, hub.Count("select count(*) from device_epoch"));
    }

    [Fact]
    public async Task Device_IsTold_WhichOfItsLinesTheHubHas()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        device.Write(6);
        await device.SendAsync(1, 3);
        await device.SendAsync(4, 6);
        string[] tail = [Chain.Text(device.HashAt(3)), Chain.Text(device.HashAt(4)), Chain.Text(device.HashAt(5)), new('b', 64)];

        var answer = await (await device.AskEpochAsync(1, 6, device.HashAt(1), 2, tail)).Content.ReadFromJsonAsync<EpochAnswer>(JournalCodec.Options);

        Assert.Equal(new EpochAnswer(2, 5), answer);
    }

    [Fact]
    public async Task TwoLivingCopies_AreSeenAtTheSecondQuestion_AndWaitForAnOperator()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        device.Write(4);
        await device.SendAsync(1, 4);
        // The copy stood at 2 when it was made, and wrote a line of its own.
        Assert.Equal(2, await EpochAsync(await device.AskEpochAsync(1, 3, device.HashAt(1), 2, [new('b', 64)])));
        await hub.SendAsync(device.BatchOf(1, [JournalCodec.Line(device.Head(1, Kinds.CarriedFrom), new CarriedFrom(1, 2, Chain.Text(device.HashAt(2)), 1))], epoch: 2, prev: Chain.Zero));

        // The first one lives on: it holds the last line of the epoch that was left.
        Assert.Equal(Codes.Cloned, await TestHub.CodeAsync(await device.AskEpochAsync(1, 5, device.HashAt(4), 4, [])));
        Assert.Equal(Codes.Cloned, await TestHub.CodeAsync(await device.AskEpochAsync(1, 5, device.HashAt(4), 4, [])));
        Assert.Equal(2, (await device.HelloAsync()).Epoch);
        Assert.Equal(1, hub.Count("select count(*) from public_device_clone where seen_ms > cleared_ms"));

        hub.Clock.Moved = TimeSpan.FromMinutes(1);
        hub.Store.Write(session =>
        {
            EpochStore.Clear(session, hub.Store.Region, 1, "the copy is scrapped", hub.Store.NowMilliseconds);
            return true;
        });
        Assert.Equal(3, await EpochAsync(await device.AskEpochAsync(1, 5, device.HashAt(4), 4, [])));
    }

    private static async Task<long> EpochAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<EpochAnswer>(JournalCodec.Options))!.Epoch;
}

using System.Net.Http.Json;
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
    public async Task TwoCopiesOfADevice_OutbidEachOther_UntilAPersonMustLook()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        device.Write(1);
        await device.SendAsync(1, 1);
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            Assert.Equal(epoch + 1, await EpochAsync(await device.AskEpochAsync(epoch == 1 ? 1 : epoch - 1, 0, Chain.Zero)));
        }

        Assert.Equal(Codes.Fork, await TestHub.CodeAsync(await device.AskEpochAsync(1, 0, Chain.Zero)));
        hub.Clock.Moved = TimeSpan.FromHours(25);
        Assert.Equal(5, await EpochAsync(await device.AskEpochAsync(1, 0, Chain.Zero)));
    }

    private static async Task<long> EpochAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<EpochAnswer>(JournalCodec.Options))!.Epoch;
}

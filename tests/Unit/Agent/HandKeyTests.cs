using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Keys;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>How an agent that enrolled long ago comes to the hub's key for files that are carried by hand.</summary>
public sealed class HandKeyTests
{
    [Fact]
    public async Task Export_BeforeTheHubToldItsKey_IsRefusedByName_AndGoesBehindTheNextHello()
    {
        await using var station = await Station.Start();
        station.Hub.Up = false;
        await station.Treat(1, 100m);
        var hand = station.Part<MoveByHand>();
        Assert.Equal(Codes.HandKeyMissing, Assert.IsType<ExportOutcome.Refused>(await hand.Export()).Why.Code);

        using var pair = station.Hub.Key.HandPair();
        station.Hub.HelloAs = hello => hello with { HandKey = pair.Word(station.Hub.Key, Reference.Region) };
        (station.Hub.Up, station.Hub.RefuseWith) = (true, Codes.DiskFull);
        await station.Sync();
        await station.Restart();
        Assert.Equal(pair.KeyId, Assert.IsType<ExportOutcome.Ready>(await station.Part<MoveByHand>().Export()).File.HubKeyId);
    }

    [Fact]
    public async Task Hello_WithAKeyThatTheHubDidNotSign_IsNoHubs()
    {
        await using var station = await Station.Start();
        using var other = EcdsaKeys.Create();
        using var pair = other.HandPair();
        station.Hub.HelloAs = hello => hello with { HandKey = pair.Word(other, Reference.Region) };
        var report = await station.Sync();
        Assert.False(report.Heard);
        Assert.Contains("handKey", report.Failure, StringComparison.Ordinal);
        station.Hub.HelloAs = hello => hello with { HandKey = new(null!, null!) };
        Assert.Contains("handKey", (await station.Sync()).Failure, StringComparison.Ordinal);
        await station.Treat(1, 100m);
        Assert.Equal(Codes.HandKeyMissing, Assert.IsType<ExportOutcome.Refused>(await station.Part<MoveByHand>().Export()).Why.Code);
    }
}

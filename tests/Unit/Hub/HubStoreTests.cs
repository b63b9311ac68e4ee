using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Unit.Hub;

public sealed class HubStoreTests
{
    [Fact]
    public void Hub_OpenedAgain_HasItsRegionAndItsKeys()
    {
        using var hub = new TempHub();
        var folder = Path.Combine(hub.Folder, "hub");
        using var again = HubStore.Open(folder, TimeProvider.System, new SystemEntropy());

        Assert.Equal(TempHub.Settings, again.Settings);
        Assert.Equal(hub.Store.Keys.Signer.KeyId, again.Keys.Signer.KeyId);
        Assert.Equal(hub.Store.Keys.TicketSecret, again.Keys.TicketSecret);
    }

    [Fact]
    public void Keys_OfAHub_AreForTheirOwnerAlone()
    {
        using var hub = new TempHub();
        foreach (var file in Directory.GetFiles(Path.Combine(hub.Folder, "hub", "keys")))
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
        }
    }

    [Fact]
    public void Folder_WithoutAHub_IsRefusedByName()
    {
        var refused = Assert.Throws<FaultException>(() => HubStore.Open("/nowhere/at/all", TimeProvider.System, new SystemEntropy()));
        Assert.Equal(Codes.NotFound, refused.Fault.Code);
    }

    [Theory]
    [InlineData("530921", "Asia/Shanghai", 0, Codes.WrongRegion)]
    [InlineData("5309 24", "Asia/Shanghai", 0, Codes.BadCharacter)]
    [InlineData("", "Asia/Shanghai", 0, Codes.BadCharacter)]
    [InlineData("530924", "Asia/Zhenkang", 0, Codes.UnknownCode)]
    [InlineData("530924", "Asia/Shanghai", long.MinValue + 1, Codes.BadNumber)]
    public void Settings_ThatDoNotFit_AreRefusedByName(string region, string zone, long offset, string code)
    {
        using var hub = new TempHub();
        var refused = Assert.Throws<FaultException>(() =>
            HubStore.OpenOrMake(Path.Combine(hub.Folder, "hub"), new HubSettings(region, zone, offset), TimeProvider.System, new SystemEntropy()));
        Assert.Equal(code, refused.Fault.Code);
    }

    [Fact]
    public void DemoOffset_Given_MovesTheHubsClockFromThenOn()
    {
        using var hub = new TempHub();
        var folder = Path.Combine(hub.Folder, "hub");
        HubStore.OpenOrMake(folder, TempHub.Settings with { DemoOffsetSeconds = 3600 }, hub.Clock, new SystemEntropy()).Dispose();

        using var again = HubStore.Open(folder, hub.Clock, new SystemEntropy());

        Assert.Equal(hub.Clock.Now.AddHours(1), again.Clock.GetUtcNow());
    }

    [Fact]
    public void Versions_OfAllFeeds_ComeFromOneCounter()
    {
        using var hub = new TempHub();
        var versions = hub.Store.Write(session => new[] { FeedNames.Policies, FeedNames.Members, FeedNames.Accumulators, FeedNames.Members }
            .Select(feed => FeedVersions.Next(session, TempHub.Region, feed)).ToArray());
        var newest = hub.Store.Read(session => FeedVersions.Newest(session, TempHub.Region));

        Assert.Equal([1, 2, 3, 4], versions);
        Assert.Equal((1, 4, 4, 4, 0), (newest[FeedNames.Policies], newest[FeedNames.Members], newest[FeedNames.Accumulators], newest[FeedNames.Payables], newest[FeedNames.Catalogue]));
    }

    [Fact]
    public async Task Work_ThatThrows_LeavesNothingAndHarmsNoOtherWork()
    {
        using var hub = new TempHub();
        var good = hub.Store.Submit(session => Counters.Next(session, TempHub.Region, "good"));
        var bad = hub.Store.Submit<long>(session =>
        {
            Counters.Next(session, TempHub.Region, "bad");
            throw new InvalidOperationException("wrong");
        });

        Assert.Equal(1, await good);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(0, hub.Store.Read(session => Counters.Peek(session, TempHub.Region, "bad")));
    }
}

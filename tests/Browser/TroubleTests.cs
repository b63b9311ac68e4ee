using EdgeHub.Agent.Devices;
using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>No line, no reader, three visits that wait, the oldest for more than two hours.</summary>
public sealed class CutOffSite : DeskSite
{
    protected override string OfflineAfterMinutes => "1";

    protected override string[] Flags => ["--Devices:SimulatedReader", "false"];

    protected override async Task Prepare(Station station)
    {
        await base.Prepare(station);
        await station.Treat(1, 80m);
        station.Clock.Advance(TimeSpan.FromMinutes(10));
        await station.Treat(2, 12.50m);
        await station.Treat(3, 7.50m);
        station.Clock.Advance(TimeSpan.FromMinutes(115));
    }
}

/// <summary>Somebody, or a disk, wrote over the store.</summary>
public sealed class DamagedSite : DeskSite
{
    private const int Page = 4_096;

    protected override void Befall(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, "agent.db"), FileMode.Open, FileAccess.ReadWrite);
        for (long at = Page; at < file.Length; at += Page)
        {
            file.Position = at;
            file.Write(new byte[64]);
        }
    }
}

/// <summary>Slow and broken things are states of the page with words and a way on, not error pages.</summary>
[Collection(OneBrowser.Desk)]
public sealed class TroubleTests(OneBrowser browser, CutOffSite cutOff, DamagedSite damaged) : IClassFixture<CutOffSite>, IClassFixture<DamagedSite>
{
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.DevicesAndSync, Scene.NoNetwork)]
    public async Task CutOff_TheBarIsCalm_AndWorkGoesOn(string language)
    {
        await using var seen = await Seen.Open(browser, cutOff.Address, language);
        await seen.Go("/desk/devices");
        Assert.Equal("bar calm", await seen.Page.GetAttributeAsync("#bar", "class"));
        var bar = await seen.Page.InnerTextAsync("#bar");
        Assert.Contains(DeviceStates.Say("Absent", language), bar, StringComparison.Ordinal);
        Assert.Contains(
            language switch
            {
                Languages.Swedish => "3 besök väntar på att skickas; äldst 2 timmar",
                Languages.English => "3 visits wait to be sent; oldest 2 hours",
                _ => "3 笔待发送，最早的已等 2 小时",
            }, bar, StringComparison.Ordinal);
        await seen.Accessible();
        await seen.Shot("cut-off");
        await seen.Go("/desk/day");
        Assert.Contains(language == Languages.Swedish ? "100,00" : "100.00", await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.StoreDamaged)]
    public async Task DamagedStore_EveryPageSaysWhatToDo(string language)
    {
        await using var seen = await Seen.Open(browser, damaged.Address, language);
        Assert.Equal(503, (await seen.Go("/desk/day"))!.Status);
        Assert.Equal(seen.Word("trouble.title"), await seen.Page.InnerTextAsync("h1"));
        Assert.Contains("StoreDamaged", await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains(seen.Word("bar.store.damaged"), await seen.Page.InnerTextAsync("#bar"), StringComparison.Ordinal);
        await seen.Accessible();
        await seen.Shot("damaged");
    }
}

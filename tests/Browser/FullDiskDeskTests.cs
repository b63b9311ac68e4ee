using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Sync;

namespace EdgeHub.Tests.Browser;

/// <summary>A clinic whose disk is so small that it can be filled, where one may be mounted.</summary>
public sealed class SmallDiskSite : DeskSite
{
    private const int LeftBytes = 16 * 1024;
    private SmallDisk? _disk;

    protected override bool OwnFolder => _disk is null;

    protected override string MakeFolder() => SmallDisk.IsThere && (_disk = SmallDisk.TryMount()) is { } disk ? Path.Combine(disk.Folder, "state") : base.MakeFolder();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _disk?.Dispose();
    }

    public void Fill() => _disk!.Fill(LeftBytes);

    public void MakeRoom() => _disk!.MakeRoom();
}

/// <summary>The disk fills up under an open bill: said on the page and in the bar, what was typed stands, and with room again the same form goes.</summary>
[Collection(OneBrowser.Desk)]
public sealed class FullDiskDeskTests(OneBrowser browser, SmallDiskSite site) : IClassFixture<SmallDiskSite>
{
    private const int MostTries = 60;
    private readonly ClinicDay _day = new(site);

    [SmallDiskTheory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.FullDisk)]
    public async Task FullDisk_IsAStateOfThePage(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "100.00");
        site.Fill();
        try
        {
            // The log's room is used up by whatever is written: the quantity, again and again, until nothing goes any more.
            var full = seen.Page.Locator($".notice.bad .code:text-is('{Codes.DiskFull}')");
            var quantity = 1;
            for (; quantity < MostTries && await full.CountAsync() == 0; quantity++)
            {
                await seen.Page.FillAsync("#quantity-0", (quantity + 1).ToString());
                await seen.Leads(() => seen.Page.PressAsync("#quantity-0", "Enter"));
            }
            Assert.Equal(1, await full.CountAsync());
            Assert.Equal(quantity.ToString(), await seen.Page.InputValueAsync("#quantity-0"));
            await seen.Page.WaitForSelectorAsync("#bar :text('" + seen.Word("bar.store.full") + "')");
            await seen.Accessible();
            await seen.Shot("disk-full");
            // Everything can be read meanwhile.
            var other = await seen.Page.Context.NewPageAsync();
            Assert.Equal(200, (await other.GotoAsync("/desk/day"))!.Status);
            await other.CloseAsync();
        }
        finally
        {
            site.MakeRoom();
        }
        await seen.Page.FillAsync("#quantity-0", "2");
        await seen.Leads(() => seen.Page.PressAsync("#quantity-0", "Enter"));
        await seen.Page.WaitForSelectorAsync("button[value=confirm]");
        Assert.Equal(0, await seen.Page.Locator(".notice.bad").CountAsync());
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
    }
}

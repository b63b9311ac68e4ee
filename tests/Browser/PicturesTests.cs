using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.Unit.Devices;
using Microsoft.Playwright;

namespace EdgeHub.Tests.Browser;

/// <summary>The counter of a clinic with a few made-up persons, for pictures that can be looked at.</summary>
public sealed class PictureSite : CounterSite
{
    private static readonly (string Name, string Sex)[] Persons =
        [("张秀英", "2"), ("李建国", "1"), ("王桂兰", "2"), ("赵德明", "1"), ("陈玉梅", "2"), ("杨文华", "1")];

    protected override string OfflineAfterMinutes => "10080";

    protected override async Task Prepare(Station station)
    {
        for (var i = 0; i < Persons.Length; i++)
        {
            var row = Reference.Member(31 + i, account: 20_00);
            (row[4], row[5]) = (Persons[i].Name, Persons[i].Sex);
            station.Hub.Change(FeedNames.Members, row);
            station.Hub.Change(FeedNames.Bookings, $"P{31 + i}", 0, Reference.Person(31 + i), $"2025-03-12T01:{5 + (5 * i):00}:00.000Z", 15, i == 2 ? "换药室" : "全科门诊 2", "physician", i == 2 ? "" : "王医生", "Booked", "", "");
        }
        foreach (var (code, name, pinyin, preSelfPay) in ((string, string, string, string)[])[("A1", "阿莫西林胶囊", "amxljn", ""), ("B1", "布洛芬缓释胶囊", "blfhsjn", "0.1")])
        {
            station.Hub.Change(FeedNames.Catalogue, code, 0, name, pinyin, code[..1], 9, "盒", "", "", "", "", "", preSelfPay, "2024-01-01", "2026-01-01", "");
        }
        await base.Prepare(station);
    }
}

/// <summary>One patient from the kiosk to the receipt: the number on the screen, on the slip and in the desk's queue is one, the sum at the
/// desk and on the printed receipt is one. With EDGEHUB_SHOTS=FOLDER it leaves the pictures of the documentation there.</summary>
[Collection(OneBrowser.Kiosk)]
public sealed class PicturesTests(OneBrowser browser, PictureSite site) : IClassFixture<PictureSite>
{
    [PtyFact]
    public async Task Patient_FromTheKioskToTheReceipt_HasOneNumberAndOneSum()
    {
        // Two came before.
        await using var kiosk = await Seen.Open(browser, site.Address, Languages.Chinese, width: 1080, height: 1920, signedIn: null);
        foreach (var booking in (string[])["P32", "P33", "P31"])
        {
            await kiosk.Go("/kiosk");
            site.Scan($"EHB:{booking}\r");
            await kiosk.Page.WaitForURLAsync("**/kiosk/visits");
            await kiosk.Page.ClickAsync(".press button");
            await kiosk.Page.WaitForURLAsync("**/kiosk/done");
        }
        var number = await kiosk.Page.InnerTextAsync(".ticket");
        var slip = EscPosPaper.Of(site.Printer.All);
        Assert.Contains(slip.Lines, line => line.Size == 4 && line.Text.Trim() == number);
        var kioskPicture = await kiosk.Page.ScreenshotAsync();

        await using var desk = await Seen.Open(browser, site.Address, Languages.Chinese, signedIn: DeskSite.Doctor);
        await desk.Go("/desk/room");
        await desk.Page.FillAsync("#room", "全科门诊 2");
        await desk.Leads(() => desk.Page.PressAsync("#room", "Enter"));
        for (var called = 1; called <= 3; called++)
        {
            await desk.Go("/desk");
            await desk.Page.Keyboard.PressAsync("F3");
            await desk.Page.WaitForURLAsync("**/desk?place=**");
        }
        await site.Card(31);
        await desk.Page.ReloadAsync();
        await desk.Page.ClickAsync("#card button.main");
        await desk.Page.WaitForURLAsync("**/desk/visit/**");
        await ClinicDay.Add(desk, "diagnosis", "J06.900");
        foreach (var (item, price) in ((string, string)[])[("A1", "18.60"), ("B1", "64.80")])
        {
            await ClinicDay.Add(desk, "item", item);
            await desk.Page.FillAsync($"#price-{(item == "A1" ? 0 : 1)}", price);
            await desk.Leads(() => desk.Page.PressAsync($"#price-{(item == "A1" ? 0 : 1)}", "Enter"));
        }
        await desk.Page.WaitForSelectorAsync("button[value=confirm]");
        Assert.Contains(number, await desk.Page.InnerTextAsync("#queue [aria-current]"), StringComparison.Ordinal);
        var deskPicture = await desk.Page.ScreenshotAsync();
        await desk.Page.ClickAsync("button[value=confirm]");
        await desk.Page.WaitForURLAsync("**/desk/receipt/**");
        var cash = (await desk.Page.InnerTextAsync(".pay")).Split('\n')[0].Trim('¥', ' ');
        await desk.Page.Keyboard.PressAsync("F4");
        await desk.Page.WaitForSelectorAsync("#slip.good");
        var receipt = EscPosPaper.Of(site.Printer.All);
        Assert.Contains(receipt.Lines, line => line.Size == 2 && line.Text.StartsWith(cash, StringComparison.Ordinal));
        Assert.Contains("张＊＊", receipt.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("张", slip.Text, StringComparison.Ordinal);
        await Keep(kioskPicture, deskPicture, slip, receipt);
    }

    private async Task Keep(byte[] kiosk, byte[] desk, EscPosPaper slip, EscPosPaper receipt)
    {
        if (Environment.GetEnvironmentVariable("EDGEHUB_SHOTS") is not { Length: > 0 } folder)
        {
            return;
        }
        await using var context = await browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1720, Height = 1000 } });
        var page = await context.NewPageAsync();
        async Task<byte[]> Paper(EscPosPaper paper)
        {
            await page.SetContentAsync(paper.Html(32));
            return await page.Locator("body").ScreenshotAsync();
        }
        var (slipPicture, receiptPicture) = (await Paper(slip), await Paper(receipt));
        static string Data(byte[] picture) => "data:image/png;base64," + Convert.ToBase64String(picture);
        await page.SetContentAsync(string.Create(CultureInfo.InvariantCulture, $$"""
            <!DOCTYPE html><html><head><style>
            body { margin: 0; background: #e9ebe6; display: inline-grid; grid-template-columns: auto auto auto; gap: 28px; padding: 28px; align-items: start; }
            img { display: block; } .screen { border: 10px solid #1b1f24; border-radius: 14px; } .desk { width: 1190px; } .kiosk { height: 744px; } .paper { display: grid; gap: 20px; } .paper { gap: 0; } .paper img { width: 240px; margin: -10px 0; }
            </style></head><body><img class="screen desk" src="{{Data(desk)}}"><img class="screen kiosk" src="{{Data(kiosk)}}"><div class="paper"><img src="{{Data(slipPicture)}}"><img src="{{Data(receiptPicture)}}"></div></body></html>
            """));
        await page.Locator("body").ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(folder, "clinic.png") });
        await File.WriteAllBytesAsync(Path.Combine(folder, "slip.png"), slipPicture);
        await File.WriteAllBytesAsync(Path.Combine(folder, "receipt.png"), receiptPicture);
        await File.WriteAllBytesAsync(Path.Combine(folder, "desk.png"), desk);
        await File.WriteAllBytesAsync(Path.Combine(folder, "kiosk.png"), kiosk);
    }
}

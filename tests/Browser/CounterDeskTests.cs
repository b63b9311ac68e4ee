using EdgeHub.Agent.Devices;
using EdgeHub.Rules;
using EdgeHub.Tests.Scenarios.Agent;
using EdgeHub.Tests.Unit.Devices;

namespace EdgeHub.Tests.Browser;

/// <summary>At the desk: a receipt on the serial printer and what its page says, the devices in each state, and the waiting room's board
/// that the desk's calls appear on.</summary>
[Collection(OneBrowser.Kiosk)]
public sealed class CounterDeskTests(OneBrowser browser, CounterSite site) : IClassFixture<CounterSite>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        site.Printer.HasPaper = true;
        site.Printer.Plug();
        await site.Shows("till", "Ready");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [PtyTheory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.ReceiptPrinted)]
    public async Task Receipt_OnThePrinter_IsPrintedOrSaysWhyNot(string language)
    {
        var visit = await site.Agent.CheckIn(30 + Languages.All.ToList().IndexOf(language));
        var (_, settled) = await site.Agent.Post($"/api/v1/visits/{visit}/settlements", AgentProcess.Bill("desk-" + language, 123_45));
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: DeskSite.Doctor);
        await seen.Go("/desk/receipt/" + settled!["settlement"]!.GetValue<string>());
        await seen.Page.Keyboard.PressAsync("F4");
        await seen.Page.WaitForSelectorAsync("#slip.good");
        var paper = EscPosPaper.Of(site.Printer.All);
        Assert.Contains("123.45", paper.Text, StringComparison.Ordinal);
        Assert.Contains("样＊", paper.Text.Replace("*", "＊", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(paper.Lines, line => line.Qr is { Length: > 0 });
        Assert.True(paper.IsCut);
        await seen.Accessible();
        await seen.Shot("receipt-printed");
        site.Printer.HasPaper = false;
        await site.Shows("till", "Faulty");
        await seen.Page.Keyboard.PressAsync("F4");
        await seen.Page.WaitForSelectorAsync("#slip.warn");
        Assert.Contains(DeviceErrors.For(DeviceErrorCode.PaperOut).Staff(language), await seen.Page.InnerTextAsync("#slip"), StringComparison.Ordinal);
        await seen.Accessible();
        await seen.Shot("receipt-paperout");
        // A page that was open when the settings changed.
        await seen.Page.EvaluateAsync("() => { document.querySelector('form input[name=printer]').value = 'gone'; }");
        await seen.Page.Keyboard.PressAsync("F4");
        await seen.Page.WaitForSelectorAsync($"#slip:has-text('{seen.Word("receipt.slip.Gone")}')");
        // The browser's own print is there whatever the printer does.
        Assert.True(await seen.Page.IsVisibleAsync("[data-print]"));
    }

    [PtyTheory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.DevicesAndSync)]
    public async Task Devices_InEachState_SayItInPlainWords(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: DeskSite.Manager);
        async Task Says(string status, DeviceErrorCode? error, string shot)
        {
            await site.Shows("till", status);
            await seen.Go("/desk/devices");
            var page = await seen.Page.InnerTextAsync("main");
            Assert.Contains(DeviceStates.Say("Device." + status, language), page, StringComparison.Ordinal);
            Assert.True(error is null || page.Contains(DeviceErrors.For(error.Value).Staff(language), StringComparison.Ordinal), page);
            await seen.Shot("devices-" + shot);
        }
        await Says("Ready", null, "ready");
        site.Printer.HasPaper = false;
        await Says("Faulty", DeviceErrorCode.PaperOut, "paperout");
        await seen.Accessible();
        site.Printer.Unplug();
        await Says("Absent", DeviceErrorCode.PortUnplugged, "unplugged");
        site.Printer.PlugHeldByAnother();
        await Says("Busy", DeviceErrorCode.PortBusy, "busy");
        site.Printer.HasPaper = true;
        site.Printer.Plug();
        await Says("Ready", null, "back");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Board_CallsOfSeveralRooms_AreShownAndSaidOnceAndNameNobody(string language)
    {
        await using var kiosk = await Seen.Open(browser, site.Address, language, signedIn: null);
        for (var i = 0; i < 2; i++)
        {
            await kiosk.Go("/kiosk");
            await kiosk.Page.ClickAsync(".press form:nth-child(2) button");
            await kiosk.Page.WaitForURLAsync("**/kiosk/desk?**");
        }
        await using var board = await Seen.Open(browser, site.Address, language, width: 1920, height: 1080, signedIn: null);
        using var way = new Relay(site.Agent.Port);
        await board.Page.Clock.InstallAsync();
        await board.Go(new Uri(way.Address, "/kiosk/calls").ToString());
        await board.Accessible(enhanced: true);
        var before = await board.Page.InnerTextAsync("#called");
        Assert.Equal("", before);
        await using var desk = await Seen.Open(browser, site.Address, language, signedIn: DeskSite.Doctor);
        foreach (var room in (string[])["诊室 2", "7"])
        {
            await desk.Go("/desk/room");
            await desk.Page.FillAsync("#room", room);
            await desk.Page.PressAsync("#room", "Enter");
            await desk.Page.WaitForURLAsync("**/desk");
            await desk.Page.Keyboard.PressAsync("F3");
            await desk.Page.WaitForURLAsync("**/desk?place=**");
            await board.Asks();
            var shown = room.Length > 3 ? room : board.Word("kiosk.room").Replace("{0}", room, StringComparison.Ordinal);
            await board.Page.WaitForSelectorAsync($".now .where:text-is('{shown}')");
            var number = await board.Page.InnerTextAsync(".now .number");
            var said = board.Word("kiosk.calls.say").Replace("{0}", number, StringComparison.Ordinal).Replace("{1}", shown, StringComparison.Ordinal);
            await board.Page.WaitForFunctionAsync("said => document.getElementById('called').textContent === said", said);
        }
        Assert.Contains("诊室 2", await board.Page.InnerTextAsync(".callboard table"), StringComparison.Ordinal);
        Assert.DoesNotMatch("样本[0-9]", await board.Page.ContentAsync());
        await board.Accessible(enhanced: true);
        await board.Shot("calls");
        Assert.Equal("status", await board.Page.GetAttributeAsync("#called", "role"));
        // Without the program the last calls stay, and that it does not answer is said.
        way.Cut();
        await board.Asks();
        await board.Page.WaitForSelectorAsync("#gone:visible");
        Assert.True(await board.Page.IsVisibleAsync(".now"));
        way.Lead(site.Agent.Port);
        await board.Asks();
        await board.Page.WaitForSelectorAsync("#gone", new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
    }
}

using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.Unit.Devices;

namespace EdgeHub.Tests.Browser;

/// <summary>The slip at the kiosk on a real line, a printer at its other end and a browser in front: printed, or the number alone, large,
/// with a kind word; and codes scanned in place of a card.</summary>
[Collection(OneBrowser.Kiosk)]
public sealed class KioskSlipTests(OneBrowser browser, CounterSite site) : IClassFixture<CounterSite>, IAsyncLifetime
{
    private static int _person;

    public async Task InitializeAsync()
    {
        await site.NoCard();
        site.Printer.HasPaper = true;
        site.Printer.Plug();
        await site.Shows("till", "Ready");
    }

    public Task DisposeAsync() => site.NoCard();

    [PtyTheory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task CheckIn_PrinterThatIsWell_GivesASlipWithNumberRoomAndTime(string language)
    {
        await using var seen = await CheckedIn(language);
        Assert.Equal(seen.Word("kiosk.slip.printed"), await seen.Page.InnerTextAsync(".slip"));
        await KioskTests.Checked(seen, "kiosk-done-slip");
        var slip = EscPosPaper.Of(site.Printer.All);
        var number = await seen.Page.InnerTextAsync(".ticket");
        // The number stands alone on its line, four times as large.
        Assert.Contains(slip.Lines, line => line.Size == 4 && line.Text.Trim() == number);
        Assert.Contains(slip.Lines, line => line.Text.EndsWith(" 3", StringComparison.Ordinal));
        Assert.Contains("09:30", slip.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch("样本[0-9]", slip.Text);
        Assert.True(slip.IsCut);
        Assert.Equal(0, await seen.Page.Locator(".press form").CountAsync());
    }

    [PtyTheory]
    [MemberData(nameof(Troubles))]
    public async Task CheckIn_PrinterInTrouble_TheNumberStandsAndThereIsNoSlip(string trouble, string status, string language)
    {
        await Trouble(trouble, status);
        await using var seen = await CheckedIn(language);
        Assert.Equal(seen.Word("kiosk.slip.failed"), await seen.Page.InnerTextAsync(".slip"));
        Assert.Matches("^[0-9]+$", await seen.Page.InnerTextAsync(".ticket"));
        if (trouble == "paperout")
        {
            // The other troubles look the same.
            await KioskTests.Checked(seen, "kiosk-done-paperout");
        }
        // Somebody mends the printer: one touch gives the slip.
        site.Printer.HasPaper = true;
        site.Printer.Plug();
        await site.Shows("till", "Ready");
        await seen.Page.ClickAsync(".press form button");
        await seen.Page.WaitForSelectorAsync(".slip.good");
        Assert.Equal(seen.Word("kiosk.slip.printed"), await seen.Page.InnerTextAsync(".slip"));
        Assert.Contains(await seen.Page.InnerTextAsync(".ticket"), EscPosPaper.Of(site.Printer.All).Text, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Troubles()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var language in Languages.All)
        {
            rows.Add("paperout", "Faulty", language);
            rows.Add("unplugged", "Absent", language);
            rows.Add("busy", "Busy", language);
        }
        return rows;
    }

    [PtyTheory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Desk_NumberForSomebodyWithoutACard_IsOnASlipToo(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, width: 1080, height: 1920, signedIn: null);
        await seen.Go("/kiosk");
        await seen.Page.ClickAsync(".press form:nth-child(2) button");
        await seen.Page.WaitForURLAsync("**/kiosk/desk?**");
        Assert.Equal(seen.Word("kiosk.slip.printed"), await seen.Page.InnerTextAsync(".slip"));
        var number = await seen.Page.InnerTextAsync(".ticket");
        Assert.Contains(EscPosPaper.Of(site.Printer.All).Lines, line => line.Size == 4 && line.Text.Trim() == number);
        await KioskTests.Checked(seen, "kiosk-desk-slip");
    }

    [PtyTheory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Scan_CodeOfABookingOrAPerson_LeadsToTheVisitsMasked(string language)
    {
        var person = Next();
        string[] codes = [$"K{person}", $"EHB:K{person}", $"EHP:{Reference.Card(person)}", Reference.IdNumber(person)];
        foreach (var code in language == Languages.English ? codes : codes[..1])
        {
            await using var seen = await AtStart(language);
            site.Scan(code + "\r");
            await seen.Page.WaitForURLAsync("**/kiosk/visits");
            Assert.Equal("/kiosk/visits", new Uri(seen.Page.Url).PathAndQuery);
            var shown = await seen.Page.InnerTextAsync("main");
            Assert.Contains("样＊", shown, StringComparison.Ordinal);
            Assert.DoesNotMatch("样本[0-9]", await seen.Page.ContentAsync());
            if (code[0] == 'K')
            {
                await KioskTests.Checked(seen, "kiosk-scanned");
            }
        }
    }

    [PtyTheory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Scan_CodeOfSomethingElse_LeadsKindlyToTheDesk(string language)
    {
        await using var seen = await AtStart(language);
        Assert.Contains(seen.Word("kiosk.insert.scan"), await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await KioskTests.Checked(seen, "kiosk-start-scan");
        site.Scan("https://example.org/x?y=1\r");
        await seen.Page.WaitForURLAsync("**/kiosk/desk?why=Unknown");
        Assert.DoesNotContain("example", await seen.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [PtyFact]
    public async Task Scan_Noise_IsSaidAndTheNextOneIsTaken()
    {
        await using var seen = await AtStart(Languages.English);
        site.Scan("half a co");
        await seen.Page.WaitForSelectorAsync("#card .notice");
        Assert.Contains("could not be read", await seen.Page.InnerTextAsync("#card"), StringComparison.Ordinal);
        site.Scan($"EHB:K{Next()}\r");
        await seen.Page.WaitForURLAsync("**/kiosk/visits");
    }

    [PtyFact]
    public async Task Scan_OfWhoStoodThereBefore_IsNotForTheNext()
    {
        await using (var first = await AtStart(Languages.English))
        {
            site.Scan($"EHB:K{Next()}\r");
            await first.Page.WaitForURLAsync("**/kiosk/visits");
            var before = (await site.Agent.Get("/api/v1/scans")).Body!["last"]!.GetValue<long>();
            // A second scan while the first is served: it must not open anybody's visits on the next start.
            site.Scan($"EHB:K{Next()}\r");
            var begun = TimeProvider.System.GetTimestamp();
            while ((await site.Agent.Get("/api/v1/scans")).Body!["last"]!.GetValue<long>() == before)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(60));
            }
            await first.Go("/kiosk");
            await first.Page.ClickAsync(".press button.main");
            await first.Page.WaitForSelectorAsync("#card .notice");
            Assert.EndsWith("/kiosk", first.Page.Url, StringComparison.Ordinal);
        }
    }

    private async Task Trouble(string trouble, string status)
    {
        switch (trouble)
        {
            case "paperout":
                site.Printer.HasPaper = false;
                break;
            case "unplugged":
                site.Printer.Unplug();
                break;
            default:
                site.Printer.PlugHeldByAnother();
                break;
        }
        await site.Shows("till", status);
    }

    private async Task<Seen> AtStart(string language)
    {
        var seen = await Seen.Open(browser, site.Address, language, width: 1080, height: 1920, signedIn: null);
        await seen.Go("/kiosk");
        return seen;
    }

    private async Task<Seen> CheckedIn(string language)
    {
        var seen = await Seen.Open(browser, site.Address, language, width: 1080, height: 1920, signedIn: null);
        await site.Card(Next());
        await seen.Go("/kiosk");
        await seen.Page.ClickAsync(".press button.main");
        await seen.Page.WaitForURLAsync("**/kiosk/visits");
        await seen.Page.ClickAsync(".press button");
        await seen.Page.WaitForURLAsync("**/kiosk/done");
        return seen;
    }

    private static int Next() => Interlocked.Increment(ref _person);
}

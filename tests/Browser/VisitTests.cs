using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.Playwright;

namespace EdgeHub.Tests.Browser;

/// <summary>A visit from the card to the receipt: in every language, by keyboard alone, without script.</summary>
[Collection(OneBrowser.Desk)]
public sealed class VisitTests(OneBrowser browser, DeskSite site) : IClassFixture<DeskSite>
{
    private readonly ClinicDay _day = new(site);

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.CardToPerson, Scene.VisitToReceipt)]
    public async Task Visit_FromTheCardToTheReceipt(string language)
    {
        var person = _day.NextPerson();
        await using var seen = await _day.Open(browser, language);
        await _day.NoCard();
        await seen.Go("/desk");
        await seen.Accessible();
        await seen.Shot("arrivals-empty");
        await _day.Card(person);
        await seen.Page.WaitForSelectorAsync("#card .person");
        await seen.Accessible();
        await seen.Shot("arrivals-card");
        await seen.Page.ClickAsync("#card button.main");
        await seen.Page.WaitForURLAsync("**/desk/visit/**");
        await seen.Shot("bill-empty");
        await ClinicDay.Bill(seen, "jly", "100.00");
        await ClinicDay.Add(seen, "item", "B1");
        await seen.Page.FillAsync("#price-1", "6.00");
        await seen.Leads(() => seen.Page.PressAsync("#price-1", "Enter"));
        await seen.Page.WaitForURLAsync("**at=confirm");
        await seen.Accessible();
        await seen.Shot("bill");
        // 100.00 + 6.00, of which 1.00 over the limit and 0.50 pre-self-pay: (104.50 - 60.00) x 0.6 = 26.70; account 12.00.
        Assert.Contains(seen.Amount("67.30"), await seen.Page.InnerTextAsync(".pay"), StringComparison.Ordinal);
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        await seen.Accessible();
        await seen.Shot("receipt");
        await seen.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.False(await seen.Page.IsVisibleAsync("#queue"));
        Assert.True(await seen.Page.IsVisibleAsync(".receipt .pay"));
        await seen.Shot("receipt-print");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.WithoutScript)]
    public async Task Visit_WithoutScript_Works(string language)
    {
        await using var seen = await _day.Open(browser, language, script: false);
        await _day.Arrive(seen, _day.NextPerson());
        await seen.Page.FillAsync("#diagnosis", "高血压");
        await seen.Leads(() => seen.Page.PressAsync("#diagnosis", "Enter"));
        Assert.True(await seen.Page.Locator("#found-diagnoses button").CountAsync() > 1);
        await seen.Shot("choose-diagnosis");
        await seen.Leads(() => seen.Page.Locator("#found-diagnoses button").First.ClickAsync());
        await ClinicDay.Add(seen, "item", "A1");
        await seen.Page.FillAsync("#price-0", "80,00");
        await seen.Page.FillAsync("#quantity-0", "1");
        await seen.Leads(() => seen.Page.PressAsync("#quantity-0", "Enter"));
        await seen.Leads(() => seen.Page.ClickAsync("button[value=confirm]"));
        Assert.Contains("/desk/receipt/", seen.Page.Url, StringComparison.Ordinal);
        Assert.Contains(seen.Amount("56.00"), await seen.Page.InnerTextAsync(".pay"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.KeyboardAlone)]
    public async Task Visit_ByKeyboardAlone(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.NoCard();
        await seen.Go("/desk");
        await _day.Card(_day.NextPerson());
        await seen.Page.WaitForSelectorAsync("#card button.main:focus");
        var keys = seen.Page.Keyboard;
        await keys.PressAsync("Enter");
        await seen.Page.WaitForSelectorAsync("#diagnosis:focus");
        // At once: what the first letter alone finds is not chosen.
        await keys.InsertTextAsync("gxy");
        await seen.Page.WaitForSelectorAsync("#found-diagnoses button");
        await seen.Shot("search-diagnosis");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await seen.Page.WaitForSelectorAsync("#item:focus");
        await keys.TypeAsync("A1");
        await keys.PressAsync("Enter");
        await seen.Page.WaitForSelectorAsync("#quantity-0:focus");
        await keys.PressAsync("Shift+Tab");
        await keys.TypeAsync("90");
        await keys.PressAsync("Enter");
        await seen.Page.WaitForSelectorAsync("button[value=confirm]:focus");
        await keys.PressAsync("Control+Enter");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        await keys.PressAsync("Escape");
        await seen.Page.WaitForURLAsync("**/desk");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.QuoteExplained)]
    public async Task Bill_AsOneTypes_IsPricedAndKept(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "100.00");
        await seen.Page.FillAsync("#quantity-0", "2");
        await seen.Page.PressAsync("#quantity-0", "Tab");
        await seen.Page.WaitForFunctionAsync("sum => document.querySelector('.pay').textContent.includes(sum)", seen.Amount("104.00"));
        // The form saved itself: it is confirmed all the same, and a reload shows the same bill.
        await seen.Page.ReloadAsync();
        Assert.Equal("2", await seen.Page.InputValueAsync("#quantity-0"));
        await seen.Page.ClickAsync("summary");
        await seen.Page.ClickAsync("#why summary");
        Assert.Contains("B", await seen.Page.InnerTextAsync("#why details[open]"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.WrongInput)]
    public async Task Line_ThatCannotBeRead_IsNamedAndStaysAsTyped(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "12.x");
        Assert.Equal("12.x", await seen.Page.InputValueAsync("#price-0"));
        Assert.Equal("true", await seen.Page.GetAttributeAsync("#price-0", "aria-invalid"));
        Assert.Equal(0, await seen.Page.Locator("button[value=confirm]").CountAsync());
        await seen.Accessible();
        await seen.Shot("bill-wrong-line");
        await seen.Page.FillAsync("#item", "no such thing");
        await seen.Page.PressAsync("#item", "Enter");
        await seen.Page.WaitForSelectorAsync(".notice.bad");
        Assert.Equal("no such thing", await seen.Page.InputValueAsync("#item"));
        Assert.Equal("12.x", await seen.Page.InputValueAsync("#price-0"));
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Stay_AsksForTheDischarge_AndComputesByItsRow(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Card(_day.NextPerson());
        await seen.Go("/desk");
        await seen.Page.SelectOptionAsync("#card select[name=visitType]", "21");
        await seen.Page.ClickAsync("#card button.main");
        await seen.Page.WaitForURLAsync("**/desk/visit/**");
        await ClinicDay.Bill(seen, "A1", "1100.00");
        Assert.True(await seen.Page.IsVisibleAsync("input[name=serviceDay]"));
        // (1,100.00 - 100.00) x 0.8 = 800.00; account 12.00.
        Assert.Contains(seen.Amount("288.00"), await seen.Page.InnerTextAsync(".pay"), StringComparison.Ordinal);
    }

    /// <summary>Who looked at whom is an entry: once before the visit and once in it, however often the page is loaded.</summary>
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.LooksLogged)]
    public async Task Person_WhoIsLookedAt_IsInTheJournalOnce(string language)
    {
        var person = _day.NextPerson();
        await using var seen = await _day.Open(browser, language);
        await _day.Arrive(seen, person);
        await seen.Page.ReloadAsync();
        var visit = new Uri(seen.Page.Url).Segments[^1];
        var looks = (await site.Journal()).Where(line => line["kind"]!.GetValue<string>() == "PersonSeen").Select(line => line["body"]!)
            .Where(body => body["person"]!.GetValue<string>() == Reference.Person(person)).Select(body => $"{body["operator"]} {body["visit"]} {body["page"]}");
        // The first is the program's that put the card in over the interface.
        Assert.Equal(string.Join(" + ", "open  PUT /api/v1/card", $"{DeskSite.Doctor}  /Desk", $"{DeskSite.Doctor} {visit} /desk/visit/{{visit}}"), string.Join(" + ", looks));
    }
}

using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.Playwright;

namespace EdgeHub.Tests.Browser;

/// <summary>A visit from the card to the printed receipt, in every language, by keyboard, with and without script.</summary>
[Collection(OneBrowser.Name)]
public sealed class VisitTests(OneBrowser browser, DeskSite site) : IClassFixture<DeskSite>
{
    private readonly ClinicDay _day = new(site);

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Visit_FromTheCardToTheReceipt(string language)
    {
        var person = ClinicDay.NextPerson();
        await using var seen = await Seen.Open(browser, site.Address, language);
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
        await seen.Page.PressAsync("#price-1", "Enter");
        await seen.Accessible();
        await seen.Shot("bill");
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        await seen.Accessible();
        await seen.Shot("receipt");
    }
}

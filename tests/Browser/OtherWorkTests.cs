using EdgeHub.Agent.Desk.Visits;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>Invoices that patients paid in full, and contacts by any channel.</summary>
[Collection(OneBrowser.Desk)]
public sealed class OtherWorkTests(OneBrowser browser, DeskSite site) : IClassFixture<DeskSite>
{
    private readonly ClinicDay _day = new(site);

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.Invoice)]
    public async Task Invoice_IsTakenInOnce_AndKeepsWhatWasTyped(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Card(_day.NextPerson());
        await seen.Go("/desk/invoice");
        await seen.Accessible();
        await seen.Page.FillAsync("input[name=issuer]", "91530900MA6K-" + language);
        await seen.Page.ClickAsync("button[value=take]");
        await seen.Page.WaitForSelectorAsync(".notice.bad");
        Assert.Equal("91530900MA6K-" + language, await seen.Page.InputValueAsync("input[name=issuer]"));
        await seen.Shot("invoice-missing");
        foreach (var (name, text) in ((string, string)[])[("code", "530924100002"), ("serviceDay", "2025-03-01"), ("diagnoses", "I10.x00"), ("invoiceNumber", "INV-" + language)])
        {
            await seen.Page.FillAsync($"input[name={name}]", text);
        }
        await seen.Page.SelectOptionAsync("select[name=level]", "1");
        await seen.Page.SelectOptionAsync("select[name=type]", "hospital");
        await seen.Page.SelectOptionAsync("select[name=reasonCode]", "NoCard");
        await seen.Page.Locator("input[name=item]").First.FillAsync("A1");
        await seen.Page.Locator("input[name=price]").First.FillAsync("200");
        await seen.Page.Locator("input[name=quantity]").First.FillAsync("1");
        await seen.Page.ClickAsync("button[value=take]");
        await seen.Page.WaitForURLAsync("**/desk/invoice?claim=*");
        await seen.Accessible();
        await seen.Shot("invoice");
    }

    /// <summary>Each channel and each profession once; the day counts them.</summary>
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.ContactOfEachKind)]
    public async Task Contact_OfEachChannelAndProfession_IsKeptAndCounted(string language)
    {
        var person = _day.NextPerson();
        await using var seen = await _day.Open(browser, language);
        await _day.NoCard();
        await seen.Go("/desk/contact");
        await seen.Accessible();
        foreach (var (channel, profession) in ContactPage.Channels.Zip(ContactPage.Professions))
        {
            await seen.Go("/desk/contact");
            await seen.Page.FillAsync("#number", Reference.IdNumber(person));
            await seen.Page.ClickAsync("button[value=look]");
            await seen.Page.WaitForSelectorAsync(".person");
            await seen.Page.CheckAsync($"input[name=channel][value={channel}]");
            await seen.Page.CheckAsync($"input[name=replaces][value={(channel == "video" ? "yes" : "no")}]");
            await seen.Page.SelectOptionAsync("select[name=profession]", profession);
            if (channel == "video")
            {
                await seen.Accessible();
                await seen.Shot("contact");
            }
            await seen.Page.ClickAsync("button[value=keep]");
            await seen.Page.WaitForURLAsync("**kept=true*");
            Assert.True(await seen.Page.IsVisibleAsync(".notice.good"));
        }
        await seen.Go("/desk/day");
        foreach (var (channel, profession) in ContactPage.Channels.Zip(ContactPage.Professions))
        {
            var column = 1 + ContactPage.Channels.ToList().IndexOf(channel);
            var count = await seen.Page.InnerTextAsync($"tr:has(th:text-is('{seen.Word("profession." + profession)}')) td:nth-of-type({column})");
            Assert.True(int.Parse(count) >= 1, $"{channel} {profession}: {count}");
        }
        await seen.Accessible();
        await seen.Shot("day-contacts");
    }
}

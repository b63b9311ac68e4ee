using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>Invoices that patients paid in full, and contacts by any channel.</summary>
[Collection(OneBrowser.Desk)]
public sealed class OtherWorkTests(OneBrowser browser, DeskSite site) : IClassFixture<DeskSite>
{
    private readonly ClinicDay _day = new(site);

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
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

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Contact_ByVideo_IsKept(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.NoCard();
        await seen.Go("/desk/contact");
        await seen.Accessible();
        await seen.Page.FillAsync("#number", Reference.IdNumber(_day.NextPerson()));
        await seen.Page.ClickAsync("button[value=look]");
        await seen.Page.WaitForSelectorAsync(".person");
        await seen.Page.CheckAsync("input[name=channel][value=video]");
        await seen.Page.CheckAsync("input[name=replaces][value=yes]");
        await seen.Page.SelectOptionAsync("select[name=profession]", "nurse");
        await seen.Accessible();
        await seen.Shot("contact");
        await seen.Page.ClickAsync("button[value=keep]");
        await seen.Page.WaitForURLAsync("**kept=true*");
        Assert.True(await seen.Page.IsVisibleAsync(".notice.good"));
    }
}

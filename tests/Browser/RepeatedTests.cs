using System.Globalization;
using System.Text.Json.Nodes;
using EdgeHub.Rules;
using Microsoft.Playwright;

namespace EdgeHub.Tests.Browser;

/// <summary>What is sent twice, sent late, lost on the way or changed meanwhile is settled once, at the price that was told.</summary>
[Collection(OneBrowser.Desk)]
public sealed class RepeatedTests(OneBrowser browser, DeskSite site) : IClassFixture<DeskSite>
{
    private readonly ClinicDay _day = new(site);

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.PressedTwice)]
    public async Task Confirm_PressedTwice_SettlesOnce(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "100.00");
        var before = await Settled();
        // The form as it stands, sent three times at once, as no guard of the page could stop.
        await seen.Page.EvaluateAsync("""
            async () => {
              const form = document.getElementById('form');
              const body = () => { const data = new URLSearchParams(new FormData(form)); data.set('step', 'confirm'); return data; };
              await Promise.all([1, 2, 3].map(() => fetch(form.action, { method: 'POST', body: body(), redirect: 'manual' })));
            }
            """);
        Assert.Equal(before + 1, await Settled());
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        await seen.Page.ReloadAsync();
        Assert.Equal(before + 1, await Settled());
    }

    [Theory]
    [InlineData(Languages.Chinese, true)]
    [InlineData(Languages.Swedish, true)]
    [InlineData(Languages.English, false)]
    public async Task Back_AfterTheReceipt_LeadsToTheReceiptAgain(string language, bool script)
    {
        await using var seen = await _day.Open(browser, language, script);
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "100.00");
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        var before = await Settled();
        await seen.Page.GoBackAsync();
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        Assert.Equal(before, await Settled());
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.AnswerLost)]
    public async Task Answer_ThatIsLost_IsFoundByTheSameForm(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "100.00");
        var (before, form) = (await Settled(), seen.Page.Url);
        await seen.Page.RouteAsync("**/desk/visit/**", async route =>
        {
            if (route.Request.Method == "POST")
            {
                await route.FetchAsync(new RouteFetchOptions { MaxRedirects = 0 });
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await seen.Page.ClickAsync("button[value=confirm]");
        await Until(async () => await Settled() == before + 1);
        await seen.Page.UnrouteAllAsync();
        await seen.Go(new Uri(form).PathAndQuery);
        Assert.Contains("/desk/receipt/", seen.Page.Url, StringComparison.Ordinal);
        Assert.Equal(before + 1, await Settled());
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.PriceChanged)]
    public async Task Price_ThatChangedSinceItWasTold_IsToldAgain(string language)
    {
        var person = _day.NextPerson();
        await using var seen = await _day.Open(browser, language);
        await _day.Arrive(seen, person);
        await ClinicDay.Bill(seen, "A1", "100.00");
        // Meanwhile another desk settles another visit of the same person: the deductible is used up.
        await _day.SettleElsewhere(person, 10_000);
        var before = await Settled();
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForSelectorAsync("main .notice.warn");
        Assert.Equal(before, await Settled());
        Assert.Contains(seen.Amount("64.00"), await seen.Page.InnerTextAsync("main .notice.warn"), StringComparison.Ordinal);
        await seen.Accessible();
        await seen.Shot("price-changed");
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.ChangedElsewhere)]
    public async Task Bill_ChangedAtAnotherDesk_IsShownAsItStands(string language)
    {
        await using var first = await _day.Open(browser, language);
        await using var second = await _day.Open(browser, language);
        await _day.Arrive(first, _day.NextPerson());
        await ClinicDay.Bill(first, "A1", "100.00");
        await second.Go(new Uri(first.Page.Url).PathAndQuery);
        await ClinicDay.Add(second, "item", "B1");
        await first.Page.FillAsync("#item", "C1");
        await first.Page.PressAsync("#item", "Enter");
        await first.Page.WaitForSelectorAsync(".notice.bad");
        Assert.Equal(2, await first.Page.Locator("input[name=quantity]").CountAsync());
        await first.Shot("changed-elsewhere");
    }

    /// <summary>Signed out in the middle: the bill stands at the agent, and whoever signs in goes on with it.</summary>
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.SessionEnds)]
    public async Task Session_ThatEndsInTheMiddle_LosesNothing(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "100.00", "3");
        var before = await Settled();
        await seen.Page.Context.ClearCookiesAsync(new() { Name = "edgehub-desk" });
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/signin?**");
        await seen.Page.FillAsync("#number", DeskSite.Cashier);
        await seen.Page.FillAsync("#pin", DeskSite.Pin);
        await seen.Page.PressAsync("#pin", "Enter");
        await seen.Page.WaitForURLAsync("**/desk/visit/**");
        Assert.Equal(before, await Settled());
        Assert.Equal("3", await seen.Page.InputValueAsync("#quantity-0"));
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        Assert.Equal(before + 1, await Settled());
    }

    /// <summary>5,000.00 in total and one person is enough; above it a manager signs.</summary>
    [Theory]
    [InlineData("5000.00", false)]
    [InlineData("5000.01", true)]
    public async Task Bill_AboveTheAmount_NeedsASecondPerson(string price, bool needed)
    {
        await using var seen = await _day.Open(browser, Languages.English);
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", price);
        Assert.Equal(needed ? 1 : 0, await seen.Page.Locator("#secondPin").CountAsync());
        if (needed)
        {
            await seen.Accessible();
            await seen.Shot("second-person");
            await seen.Page.ClickAsync("button[value=confirm]");
            await seen.Page.WaitForSelectorAsync(".notice.bad");
            await seen.Page.FillAsync("#secondNumber", DeskSite.Manager);
            await seen.Page.FillAsync("#secondPin", DeskSite.Pin);
        }
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
    }

    private async Task<long> Settled()
    {
        using var answer = await site.Agent.Http.GetAsync("/api/v1/days/2025-03-12/totals");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["settled"]!["count"]!.GetValue<long>();
    }

    private static async Task Until(Func<Task<bool>> done)
    {
        for (var tries = 0; tries < 1_200 && !await done(); tries++)
        {
            await Task.Delay(50);
        }
        Assert.True(await done(), string.Create(CultureInfo.InvariantCulture, $"not within {1_200 * 50} ms"));
    }
}

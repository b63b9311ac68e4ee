using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>Bookings at a clinic whose line is down: made, moved, cancelled, come.</summary>
[Collection(OneBrowser.Desk)]
public sealed class BookingTests(OneBrowser browser, OfflineSite site) : IClassFixture<OfflineSite>
{
    private readonly ClinicDay _day = new(site);

    [Theory]
    [InlineData(Languages.Chinese, true)]
    [InlineData(Languages.Swedish, true)]
    [InlineData(Languages.English, false)]
    [Shows(Scene.Bookings)]
    public async Task Visit_IsBookedMovedAndCancelled(string language, bool script)
    {
        var person = _day.NextPerson();
        await using var seen = await _day.Open(browser, language, script);
        await _day.NoCard();
        // Each language has a day of its own.
        var (first, second) = (Day(Languages.All.ToList().IndexOf(language) + 1), Day(Languages.All.ToList().IndexOf(language) + 9));
        await seen.Go("/desk/bookings?on=" + first);
        Assert.Contains(seen.Word("booking.empty"), await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await Look(seen, script, "bookings-empty");
        await Book(seen, person, "10:15");
        await seen.Page.WaitForSelectorAsync(".notice.good");
        await Look(seen, script, "bookings");
        // A moment that is over: said, and what was typed stays.
        await seen.Page.FillAsync("#on", "2025-03-11");
        await seen.Page.FillAsync("#number", Reference.IdNumber(person));
        await seen.Page.FillAsync("#time", "10:15");
        await seen.Page.EvaluateAsync("() => document.querySelector('#on').removeAttribute('min')");
        await seen.Page.ClickAsync("button[value=book]");
        await seen.Page.WaitForSelectorAsync(".notice.bad");
        Assert.Equal("10:15", await seen.Page.InputValueAsync("#time"));
        await seen.Go("/desk/bookings?on=" + first);
        await seen.Page.ClickAsync("tbody a");
        await seen.Page.WaitForSelectorAsync("#chosen");
        await Look(seen, script, "booking-chosen");
        await seen.Page.FillAsync("#move-day", second);
        await seen.Page.ClickAsync("#chosen button.main");
        await seen.Page.WaitForURLAsync("**on=" + second + "**");
        Assert.Contains(seen.Word("booking.done.moved"), await seen.Page.InnerTextAsync(".notice.good"), StringComparison.Ordinal);
        await seen.Page.ClickAsync("tbody a");
        await seen.Page.ClickAsync("#chosen button.grave");
        await seen.Page.WaitForURLAsync("**done=cancelled**");
        Assert.Equal(0, await seen.Page.Locator("tbody tr").CountAsync());
        await seen.Go("/desk/bookings?on=" + first);
        Assert.Equal(0, await seen.Page.Locator("tbody tr").CountAsync());
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.Bookings)]
    public async Task WhoIsBookedToday_Comes_AndStandsInTheQueue(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.NoCard();
        await seen.Go("/desk/bookings");
        await Book(seen, _day.NextPerson(), "23:00");
        await seen.Page.WaitForSelectorAsync(".notice.good");
        await seen.Page.ClickAsync("tbody form button");
        await seen.Page.WaitForURLAsync("**/desk?place=**");
        Assert.InRange(await seen.Page.Locator("#queue .spot").CountAsync(), 1, Languages.All.Count);
        await seen.Go("/desk/bookings");
        Assert.Contains(seen.Word("booking.state.CheckedIn") + " · ", await seen.Page.InnerTextAsync("tbody"), StringComparison.Ordinal);
        await seen.Accessible();
    }

    private static string Day(int ahead) => new DateOnly(2025, 3, 12).AddDays(ahead).ToString("yyyy-MM-dd");

    private static async Task Look(Seen seen, bool script, string shot)
    {
        if (script)
        {
            await seen.Accessible();
            await seen.Shot(shot);
        }
    }

    private static async Task Book(Seen seen, int person, string time)
    {
        await seen.Page.FillAsync("#number", Reference.IdNumber(person));
        await seen.Page.ClickAsync("button[value=look]");
        await seen.Page.WaitForSelectorAsync("form strong");
        await seen.Page.FillAsync("#time", time);
        await seen.Page.FillAsync("#staff", "Anna Karin Lundqvist-Öberg");
        await seen.Page.SelectOptionAsync("#profession", "nurse");
        await seen.Page.FillAsync("#room", "诊室 2");
        await seen.Page.ClickAsync("button[value=book]");
        await seen.Page.WaitForLoadStateAsync();
    }
}

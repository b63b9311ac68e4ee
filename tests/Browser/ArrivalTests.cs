using EdgeHub.Agent.Devices;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>Who stands at the desk and cannot be served just so: readers that fail, cards that are refused, persons without cover.</summary>
[Collection(OneBrowser.Desk)]
public sealed class ArrivalTests(OneBrowser browser, DeskSite site) : IClassFixture<DeskSite>
{
    private readonly ClinicDay _day = new(site);

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.ReaderGone)]
    public async Task Reader_ThatIsGone_LetsEnterByHandWithAReason(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Trouble("ReaderGone");
        await seen.Go("/desk");
        await seen.Accessible();
        await seen.Page.ClickAsync("details.panel summary");
        await seen.Shot("reader-gone");
        var person = _day.NextPerson();
        await seen.Page.FillAsync("#byhand", Reference.Person(person));
        await seen.Page.ClickAsync("details.panel button.main");
        await seen.Page.WaitForSelectorAsync(".notice.bad");
        Assert.Equal(Reference.Person(person), await seen.Page.InputValueAsync("#byhand"));
        await seen.Page.FillAsync("#reason", "reader broken");
        await seen.Page.ClickAsync("details.panel button.main");
        await seen.Page.WaitForURLAsync("**/desk/visit/**");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.CardExpired, Scene.CardWrongArea, Scene.CardInvalid, Scene.CardBlocked)]
    public async Task Card_ThatIsNotValid_IsRefusedAndNotReplacedByHand(string language)
    {
        await using var seen = await _day.Open(browser, language);
        foreach (var error in (DeviceErrorCode[])[DeviceErrorCode.CardExpired, DeviceErrorCode.CardWrongArea, DeviceErrorCode.CardInvalid, DeviceErrorCode.CardBlocked])
        {
            var person = _day.NextPerson();
            await _day.Card(person, error.ToString());
            await Says(seen, error);
            Assert.Equal(0, await seen.Page.Locator("#byhand").CountAsync());
            Assert.Equal(0, await seen.Page.Locator("#card button.main").CountAsync());
            await seen.Page.FillAsync("#number", Reference.IdNumber(person));
            await seen.Page.PressAsync("#number", "Enter");
            await seen.Page.ClickAsync("section.panel:has(#number) button.main");
            await seen.Page.WaitForSelectorAsync(".notice.bad .code:has-text(\"CardRefused\")");
        }
    }

    /// <summary>What the card itself cannot be blamed for may be entered by hand, but not a card that is another one or was pulled: that is put in again.</summary>
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.CardUnknown, Scene.CardUnreadable, Scene.CardMute, Scene.CardPulled)]
    public async Task Card_ThatCannotBeRead_SaysWhatToDo(string language)
    {
        await using var seen = await _day.Open(browser, language);
        foreach (var (error, byHand) in ((DeviceErrorCode, int)[])[
            (DeviceErrorCode.CardUnknown, 0), (DeviceErrorCode.CardUnreadable, 1), (DeviceErrorCode.CardMute, 1), (DeviceErrorCode.CardPulled, 0)])
        {
            await _day.Trouble(error.ToString());
            await Says(seen, error);
            Assert.Equal(byHand, await seen.Page.Locator("#byhand").CountAsync());
        }
    }

    /// <summary>For staff and for the patient, in words, with the code small.</summary>
    private static async Task Says(Seen seen, DeviceErrorCode error)
    {
        await seen.Go("/desk");
        var card = await seen.Page.InnerTextAsync("#card");
        Assert.Contains(DeviceErrors.For(error).Staff(seen.Language), card, StringComparison.Ordinal);
        Assert.Contains(DeviceErrors.For(error).Patient(seen.Language), card, StringComparison.Ordinal);
        Assert.Contains(error.ToString(), await seen.Page.InnerTextAsync("#card .code"), StringComparison.Ordinal);
        await seen.Accessible();
        await seen.Shot("card-" + error);
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.NotCovered)]
    public async Task Person_WithoutCover_IsShownAndNotCheckedIn(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Card(43);
        await seen.Go("/desk");
        Assert.True(await seen.Page.IsDisabledAsync("#card button.main"));
        await seen.Accessible();
        await seen.Shot("not-covered");
        await _day.Card(42);
        await seen.Go("/desk");
        Assert.True(await seen.Page.IsVisibleAsync("#card .notice.bad"));
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.PersonUnknown)]
    public async Task Person_WhomNobodyKnows_IsNamed(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.NoCard();
        await seen.Go("/desk");
        await seen.Page.FillAsync("#number", "34052419800101001X");
        await seen.Page.PressAsync("#number", "Enter");
        await seen.Page.WaitForSelectorAsync(".notice.bad");
        Assert.Equal("34052419800101001X", await seen.Page.InputValueAsync("#number"));
        Assert.DoesNotContain("3405241980", await seen.Page.InnerTextAsync(".notice.bad"), StringComparison.Ordinal);
        Assert.DoesNotContain("34052419800101001X", seen.Page.Url, StringComparison.Ordinal);
        await seen.Accessible();
        await seen.Shot("person-unknown");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.QueueAndCallNext, Scene.ReasonWhyNot)]
    public async Task Queue_CallsTheLongestWaiting_AndFollowsTheVisit(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await seen.Go("/desk/room");
        await seen.Page.FillAsync("#room", "诊室 2");
        await seen.Leads(() => seen.Page.PressAsync("#room", "Enter"));
        await _day.Arrive(seen, _day.NextPerson());
        await seen.Go("/desk");
        await seen.Page.Keyboard.PressAsync("F3");
        await seen.Page.WaitForURLAsync("**/desk/visit/**");
        Assert.Contains(seen.Word("queue.state.Called") + " · 诊室 2", await seen.Page.InnerTextAsync("#queue"), StringComparison.Ordinal);
        await seen.Page.ClickAsync("button[name=to][value=WithDoctor]");
        await seen.Page.WaitForSelectorAsync("#queue [aria-current] :text('" + seen.Word("queue.state.WithDoctor") + "')");
        await seen.Page.ClickAsync("button[name=to][value=Done]");
        // Over without a bill: the evidence of the day asks why. By keyboard: the first reason has the focus, the arrows choose, Enter keeps.
        await seen.Page.WaitForURLAsync("**/desk/unsettled/**");
        await seen.Page.WaitForSelectorAsync("#queue [aria-current] :text('" + seen.Word("queue.state.Done") + "')");
        await seen.Accessible();
        await seen.Shot("unsettled");
        await seen.Page.WaitForSelectorAsync("input[name=reason]:focus");
        await seen.Page.Keyboard.PressAsync("ArrowDown");
        Assert.True(await seen.Page.IsCheckedAsync("input[value=PatientLeft]"));
        await seen.Page.Keyboard.PressAsync("Enter");
        await seen.Page.WaitForURLAsync("**/desk");
    }
}

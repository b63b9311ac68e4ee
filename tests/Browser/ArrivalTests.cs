using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>Who stands at the desk and cannot be served just so: readers that fail, cards that are refused, persons without cover.</summary>
[Collection(OneBrowser.Desk)]
public sealed class ArrivalTests(OneBrowser browser, DeskSite site) : IClassFixture<DeskSite>
{
    private readonly ClinicDay _day = new(site);

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
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
    [InlineData("CardExpired", Languages.English)]
    [InlineData("CardWrongArea", Languages.Chinese)]
    [InlineData("CardInvalid", Languages.Swedish)]
    [InlineData("CardBlocked", Languages.Chinese)]
    public async Task Card_ThatIsNotValid_IsRefusedAndNotReplacedByHand(string error, string language)
    {
        var person = _day.NextPerson();
        await using var seen = await _day.Open(browser, language);
        await _day.Card(person, error);
        await seen.Go("/desk");
        Assert.Equal(0, await seen.Page.Locator("#byhand").CountAsync());
        Assert.Equal(0, await seen.Page.Locator("#card button.main").CountAsync());
        await seen.Accessible();
        await seen.Shot("card-" + error);
        await seen.Page.FillAsync("#number", Reference.IdNumber(person));
        await seen.Page.PressAsync("#number", "Enter");
        await seen.Page.ClickAsync("section.panel:has(#number) button.main");
        await seen.Page.WaitForSelectorAsync(".notice.bad .code:has-text(\"CardRefused\")");
    }

    [Theory]
    [InlineData("CardUnknown")]
    [InlineData("CardUnreadable")]
    [InlineData("CardMute")]
    public async Task Card_ThatCannotBeRead_SaysWhatToDo(string error)
    {
        await using var seen = await _day.Open(browser, Languages.English);
        await _day.Trouble(error);
        await seen.Go("/desk");
        Assert.Contains(error, await seen.Page.InnerTextAsync("#card .code"), StringComparison.Ordinal);
        await seen.Accessible();
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
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

    [Fact]
    public async Task Queue_CallsTheLongestWaiting_AndFollowsTheVisit()
    {
        await using var seen = await _day.Open(browser, Languages.English);
        await seen.Go("/desk/room");
        await seen.Page.FillAsync("#room", "诊室 2");
        await seen.Page.PressAsync("#room", "Enter");
        await _day.Arrive(seen, _day.NextPerson());
        await seen.Go("/desk");
        await seen.Page.Keyboard.PressAsync("F3");
        await seen.Page.WaitForURLAsync("**/desk/visit/**");
        Assert.Contains("Called · 诊室 2", await seen.Page.InnerTextAsync("#queue"), StringComparison.Ordinal);
        await seen.Page.ClickAsync("button[name=to][value=WithDoctor]");
        await seen.Page.WaitForSelectorAsync("#queue [aria-current] :text(\"With the doctor\")");
        await seen.Page.ClickAsync("button[name=to][value=Done]");
        await seen.Page.WaitForSelectorAsync("#queue [aria-current] :text(\"Done\")");
    }
}

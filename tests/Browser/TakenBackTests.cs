namespace EdgeHub.Tests.Browser;

/// <summary>What was settled is taken back whole or in part, with a reason, once.</summary>
[Collection(OneBrowser.Desk)]
public sealed class TakenBackTests(OneBrowser browser, DeskSite site) : IClassFixture<DeskSite>
{
    private readonly ClinicDay _day = new(site);

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.Reversal)]
    public async Task Settlement_TakenBack_IsWrittenAnew(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await Receipt(seen);
        await seen.Page.ClickAsync("a.grave");
        await seen.Page.WaitForURLAsync("**/desk/reverse/**");
        await seen.Accessible();
        await seen.Shot("reverse");
        await _day.Reverse(seen, "WrongItem");
        await seen.Page.WaitForSelectorAsync("main .notice.warn");
        await seen.Shot("receipt-taken-back");
        await seen.Accessible();
        await seen.Page.ClickAsync("main .notice.warn a.button");
        await seen.Page.WaitForURLAsync("**/desk/visit/**");
        // The lines stand as they were written, and may be settled again under a new key.
        Assert.Equal("2", await seen.Page.InputValueAsync("#quantity-0"));
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.PartialRefund)]
    public async Task PartOfASettlement_IsRefunded_AndItsSuccessorShown(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await Receipt(seen);
        await seen.Page.ClickAsync("a[href*='/desk/refund/']");
        await seen.Page.FillAsync("input[name=remains]", "1");
        await seen.Page.FillAsync("#reason", "one box returned");
        await seen.Page.ClickAsync("button[value=quote]:not(.unseen)");
        await seen.Page.WaitForSelectorAsync(".pay");
        // 200.00: 116.00 less 12.00 account -> cash 104.00; 100.00 remains: 76.00 less 12.00 -> 64.00. Back: 40.00.
        Assert.Contains(seen.Amount("40.00"), await seen.Page.InnerTextAsync(".pay"), StringComparison.Ordinal);
        await seen.Accessible();
        await seen.Shot("refund");
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        Assert.Contains(seen.Amount("64.00"), await seen.Page.InnerTextAsync(".pay"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Refund_OfMoreThanWasSettled_IsRefused(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await Receipt(seen);
        await seen.Page.ClickAsync("a[href*='/desk/refund/']");
        await seen.Page.FillAsync("input[name=remains]", "3");
        await seen.Page.PressAsync("input[name=remains]", "Enter");
        await seen.Page.WaitForSelectorAsync(".notice.bad");
        Assert.Equal("3", await seen.Page.InputValueAsync("input[name=remains]"));
    }

    private async Task Receipt(Seen seen)
    {
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "100.00", "2");
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
    }
}

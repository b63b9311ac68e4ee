namespace EdgeHub.Tests.Browser;

/// <summary>A clinic whose line is down: calm, and everything works within the limits.</summary>
public sealed class OfflineSite : DeskSite
{
    protected override string OfflineAfterMinutes => "1";
}

[Collection(OneBrowser.Desk)]
public sealed class OfflineDeskTests(OneBrowser browser, OfflineSite site) : IClassFixture<OfflineSite>
{
    private readonly ClinicDay _day = new(site);

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.NoNetwork)]
    public async Task Visit_WithoutTheLine_IsSettledAndWaits(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "100.00");
        Assert.True(await seen.Page.IsVisibleAsync(".bar.calm"));
        await seen.Accessible();
        await seen.Shot("bill-offline");
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.OfflineLimit)]
    public async Task Limit_OfTheOfflineClinic_SaysWhatMayBeDone(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Card(_day.NextPerson());
        await seen.Go("/desk");
        await seen.Page.SelectOptionAsync("#card select[name=visitType]", "14");
        await seen.Page.ClickAsync("#card button.main");
        await seen.Page.WaitForURLAsync("**/desk/visit/**");
        await ClinicDay.Bill(seen, "A1", "1000.00");
        await seen.Page.WaitForSelectorAsync(".till .notice");
        await seen.Accessible();
        await seen.Shot("offline-limit");
        await seen.Page.ClickAsync(".till .notice button");
        await seen.Page.WaitForURLAsync("**/desk/invoice?refused=*");
        Assert.StartsWith("desk-", await seen.Page.InputValueAsync("input[name=refusedRequest]"), StringComparison.Ordinal);
    }

    /// <summary>Type 41 has no row in the clinic's book.</summary>
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Visit_ThatNoPolicyCovers_SaysSo(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Card(_day.NextPerson());
        await seen.Go("/desk");
        await seen.Page.SelectOptionAsync("#card select[name=visitType]", "41");
        await seen.Page.ClickAsync("#card button.main");
        await seen.Page.WaitForURLAsync("**/desk/visit/**");
        await ClinicDay.Bill(seen, "A1", "10.00");
        await seen.Page.WaitForSelectorAsync(".till .notice");
        await seen.Accessible();
        await seen.Shot("no-policy");
    }
}

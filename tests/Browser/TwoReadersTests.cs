using EdgeHub.Agent.Devices;
using EdgeHub.Tests.Scenarios.Devices;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.VirtualCard;

namespace EdgeHub.Tests.Browser;

/// <summary>A desk with two card readers: a card daemon of its own (pcscd) with two slots of vpcd, as `quickstart.sh --stay` offers it.</summary>
public sealed class TwoReadersSite : DeskSite
{
    private readonly string _daemon = Path.Combine(Path.GetTempPath(), $"two-readers-{System.Environment.ProcessId}");

    public PrivatePcscd Pcscd { get; private set; } = null!;

    protected override Dictionary<string, string> Environment => PcscFactAttribute.WhyNot is null ? new() { [PrivatePcscd.Variable] = Pcscd.Socket } : [];

    protected override string[] Flags => PcscFactAttribute.WhyNot is null
        ? ["--Devices:Pcsc", "true", "--Devices:SimulatedReader", "false", "--Devices:Cards:Areas", "site,5301"]
        : [];

    protected override async Task Prepare(Station station)
    {
        await base.Prepare(station);
        if (PcscFactAttribute.WhyNot is null)
        {
            Pcscd = new PrivatePcscd(_daemon);
            Pcscd.Start();
        }
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (Pcscd is not null)
        {
            Pcscd.Dispose();
            Directory.Delete(_daemon, recursive: true);
        }
    }

    /// <summary>A person's card into a reader, 0 or 1.</summary>
    public VpcdPlug Insert(int person, int slot) => new(Pcscd.Port + slot, new SocialSecurityCard(new CardFacts
    {
        CardNumber = Reference.Card(person), IdNumber = Reference.IdNumber(person), Name = $"样本{person}", Area = Reference.Region, Expires = "20250312",
    }));
}

/// <summary>Two real readers at one desk: two cards are two persons, and the clerk says whose turn it is.</summary>
[Collection(OneBrowser.Kiosk)]
public sealed class TwoReadersTests(OneBrowser browser, TwoReadersSite site) : IClassFixture<TwoReadersSite>
{
    private readonly ClinicDay _day = new(site);

    [PcscTheory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.TwoReaders)]
    public async Task TwoCards_TheClerkChooses_AndOneIsPulled(string language)
    {
        var (left, right) = (_day.NextPerson(), _day.NextPerson());
        await using var seen = await _day.Open(browser, language);
        await seen.Go("/desk");
        var (first, second) = (Reader(site.Pcscd.FirstReader), Reader(site.Pcscd.SecondReader));
        await using var inFirst = site.Insert(left, 0);
        await using var inSecond = site.Insert(right, 1);
        // Both are read: nobody is shown until somebody says who is meant.
        await seen.Page.WaitForSelectorAsync($"#card .notice:has-text('{seen.Word("arrive.readers.which")}')");
        await seen.Page.WaitForSelectorAsync($"{first}:has-text('{Says(seen, ReaderStatus.Read)}')");
        await seen.Page.WaitForSelectorAsync($"{second}:has-text('{Says(seen, ReaderStatus.Read)}')");
        Assert.Equal(0, await seen.Page.Locator("#card .person").CountAsync());
        await seen.Accessible();
        await seen.Shot("readers-two");
        await seen.Page.ClickAsync(second);
        await seen.Page.WaitForSelectorAsync($"{second}[aria-pressed=true]");
        Assert.Contains($"样本{right}", await seen.Page.InnerTextAsync("#card .person"), StringComparison.Ordinal);
        await seen.Accessible();
        await seen.Shot("readers-chosen");
        // Pulled: the page says so by itself, and does not take the other reader's card in its place.
        inSecond.Pull();
        await seen.Page.WaitForSelectorAsync($"{second}:has-text('{Says(seen, ReaderStatus.Ready)}')");
        Assert.Equal(0, await seen.Page.Locator("#card .person").CountAsync());
        await seen.Shot("readers-pulled");
        await seen.Page.ClickAsync(first);
        await seen.Page.WaitForSelectorAsync("#card .person");
        await seen.Page.ClickAsync("#card form:has(.person) button.main");
        await seen.Page.WaitForURLAsync("**/desk/visit/**");
        Assert.Contains($"样本{left}", await seen.Page.InnerTextAsync("h1"), StringComparison.Ordinal);
        inFirst.Pull();
    }

    private static string Says(Seen seen, ReaderStatus status) => DeviceStates.Say(status.ToString(), seen.Language);

    private static string Reader(string name) => $"#card button.reader[value='{name}']";
}

using Deque.AxeCore.Commons;
using EdgeHub.Pages.Speech;
using EdgeHub.Rules;
using Microsoft.Playwright;

namespace EdgeHub.Tests.Browser;

/// <summary>A page as a person with one language sees it, and what is asked of every page.</summary>
public sealed class Seen(IBrowserContext context, IPage page, string language) : IAsyncDisposable
{
    private const int Width = 1280;
    private const int Height = 800;
    private const float PatienceMilliseconds = 60_000;

    /// <summary>What the clock of a page shows that stands.</summary>
    private static readonly DateTimeOffset Opened = new(2025, 3, 12, 1, 0, 0, TimeSpan.Zero);

    public IPage Page => page;

    public string Language => language;

    /// <summary>The three languages, as rows of a theory.</summary>
    public static TheoryData<string> EveryLanguage => [.. Languages.All];

    /// <param name="script">False: the browser runs no script at all.</param>
    /// <param name="signedIn">Who has a session already; null: nobody.</param>
    /// <param name="isTouched">A kiosk is wiped when nobody touches it for so long: whoever stands at it touches it from time to time, however slow the
    /// machine is. False: nobody does, and the page's clock stands until the test moves it (<see cref="IPage.Clock"/>).</param>
    public static async Task<Seen> Open(
        OneBrowser browser, Uri address, string language, bool script = true, int width = Width, int height = Height, string? signedIn = DeskSite.Doctor, bool isTouched = true)
    {
        var context = await browser.Chromium.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(), Locale = language, JavaScriptEnabled = script, ViewportSize = new ViewportSize { Width = width, Height = height },
            // A kiosk trusts its agent's own key by its print, which the command line of its browser says.
            IgnoreHTTPSErrors = address.Scheme == Uri.UriSchemeHttps,
        });
        context.SetDefaultTimeout(PatienceMilliseconds);
        if (signedIn is not null)
        {
            await context.AddCookiesAsync([new Cookie { Name = "edgehub-desk", Value = DeskSite.TokenOf(address, signedIn), Url = address.ToString() }]);
        }
        if (isTouched)
        {
            await context.AddInitScriptAsync("setInterval(() => document.dispatchEvent(new PointerEvent('pointerdown')), 5000);");
        }
        else
        {
            await context.Clock.InstallAsync(new ClockInstallOptions { TimeDate = Opened.UtcDateTime });
            await context.Clock.PauseAtAsync(Opened.AddSeconds(1).UtcDateTime);
        }
        return new Seen(context, await context.NewPageAsync(), language);
    }

    /// <summary>Signs in as a person does, and stands on the page asked for.</summary>
    public async Task<Seen> SignIn(string number, string path = "/desk/devices")
    {
        await Go("/desk/signin?back=" + Uri.EscapeDataString(path));
        await page.FillAsync("#number", number);
        await page.FillAsync("#pin", DeskSite.Pin);
        await page.PressAsync("#pin", "Enter");
        await page.WaitForURLAsync("**" + path);
        return this;
    }

    private static readonly string AxeScript = new BundledAxeScriptProvider().GetScript();

    private static readonly WordTable Table = WordTable.Of(typeof(EdgeHub.Agent.Agent).Assembly);

    /// <summary>The words of a page in this language.</summary>
    public string Word(string key) => Table.For(language)[key];

    /// <summary>An amount as this language writes it, from 1.50.</summary>
    public string Amount(string amount) => language == Languages.Swedish ? amount.Replace('.', ',') : amount;

    public Task<IResponse?> Go(string path) => page.GotoAsync(path);

    /// <summary>So much time goes by at the page that everything that asks from time to time asks now: its clock was installed before the page came.</summary>
    public Task Asks() => page.Clock.FastForwardAsync(5_000);

    /// <summary>Ends when what is done here has led to another page and that stands: its address may be the one of before.</summary>
    public async Task Leads(Func<Task> act)
    {
        var stands = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Loaded(object? sender, IPage loaded) => stands.TrySetResult();
        page.Load += Loaded;
        try
        {
            await act();
            await stands.Task.WaitAsync(TimeSpan.FromMilliseconds(PatienceMilliseconds));
        }
        finally
        {
            page.Load -= Loaded;
        }
    }

    /// <summary>Ends when the page says that an answer takes longer than a moment, with the words. Asked for before the form is sent: while a page is on its
    /// way nothing can be looked for on the one that stands.</summary>
    public async Task<Task<string>> SaysItIsSlow()
    {
        var said = new TaskCompletionSource<string>();
        await page.ExposeFunctionAsync<string, bool>("said", said.TrySetResult);
        await page.EvaluateAsync("""
            () => { const slow = document.getElementById('slow'); new MutationObserver(() => { if (!slow.hidden) { window.said(slow.innerText); } }).observe(slow, { attributes: true }); }
            """);
        return said.Task.WaitAsync(TimeSpan.FromMilliseconds(PatienceMilliseconds));
    }

    /// <summary>No violation of the accessibility rules, by axe.</summary>
    /// <param name="enhanced">Text 7:1, as a kiosk in bright light needs it; else 4.5:1.</param>
    public async Task Accessible(bool enhanced = false)
    {
        // In the page itself: for pages with frames the results would be put together in another page, which takes seconds. Ours have none.
        Assert.Single(page.Frames);
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(AxeScript);
        }
        var violations = await page.EvaluateAsync<string[]>("""
            async enhanced => {
              const found = await window.axe.run(document, {
                runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
                rules: { 'color-contrast-enhanced': { enabled: enhanced } }, resultTypes: ['violations'],
              });
              if (found.passes.length === 0) { return ['axe looked at nothing']; }
              return found.violations.map(each => `${each.id}: ${each.help} at ${each.nodes.slice(0, 5).map(node => node.target + ' ' + node.html).join(', ')}`);
            }
            """, enhanced);
        Assert.True(violations.Length == 0, $"{page.Url} ({language}): {string.Join("; ", violations)}");
    }

    /// <summary>A picture for people to look at, where EDGEHUB_SHOTS names a folder.</summary>
    public async Task Shot(string name)
    {
        if (Environment.GetEnvironmentVariable("EDGEHUB_SHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.{language}.png") });
        }
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}

using Microsoft.Playwright;

namespace EdgeHub.Tests.Browser;

/// <summary>One Chromium for each of two rows of tests; a context of its own for every test.</summary>
public sealed class OneBrowser : IAsyncLifetime
{
    /// <summary>Tests of the desk, one after the other. The two rows run beside each other: two cores are all that is asked for.</summary>
    public const string Desk = "desk";

    /// <summary>Tests of the kiosk and of what stands at the counter, one after the other.</summary>
    public const string Kiosk = "kiosk";

    private const string Headless = "/usr/bin/chromium-headless-shell";

    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    private IPlaywright? _playwright;

    public IBrowser Chromium { get; private set; } = null!;

    /// <summary>Debian's Chromium without a window of its own, which takes half the processor time of the whole browser; that one
    /// where it is missing. EDGEHUB_CHROMIUM names another.</summary>
    private static string Program => Environment.GetEnvironmentVariable("EDGEHUB_CHROMIUM")
        ?? (File.Exists(Headless) ? Headless : "/usr/bin/chromium");

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Program), $"{Program} is missing: install Debian's package chromium-headless-shell, or name the program in EDGEHUB_CHROMIUM.");
        _playwright = await Playwright.CreateAsync();
        Chromium = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Headless = true, Args = Flags });
    }

    public async Task DisposeAsync()
    {
        if (Chromium is not null)
        {
            await Chromium.DisposeAsync();
        }
        _playwright?.Dispose();
    }
}

[CollectionDefinition(OneBrowser.Desk)]
public sealed class DeskRow : ICollectionFixture<OneBrowser>;

[CollectionDefinition(OneBrowser.Kiosk)]
public sealed class KioskRow : ICollectionFixture<OneBrowser>;

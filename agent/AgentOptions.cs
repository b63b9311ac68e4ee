using System.Globalization;
using EdgeHub.Agent.Devices;

namespace EdgeHub.Agent;

/// <summary>How one agent runs. Each value may come from the command line, the environment or a settings file.</summary>
/// <param name="State">The folder that holds everything.</param>
/// <param name="Hub">The hub's address; null: as enrolled.</param>
/// <param name="DemoOffset">What a demonstration clock is moved by; zero in service.</param>
/// <param name="SimulatedReader">A card is presented by a call or a file.</param>
/// <param name="SyncInterval">Time between two rounds with the hub while all goes well, 1 second to 1 hour.</param>
/// <param name="OfflineAfter">For demonstrations: how long without an exchange is offline, instead of the parameter's minutes; null in service.</param>
public sealed record AgentOptions(string State, Uri? Hub, TimeSpan DemoOffset, bool SimulatedReader, TimeSpan SyncInterval, TimeSpan? OfflineAfter)
{
    /// <summary>Card readers and serial devices; none unless said.</summary>
    public DeviceOptions Devices { get; init; } = DeviceOptions.None;
    /// <summary>Everybody on this machine may call the local interface: for demonstrations and tests alone, and shown on every page.</summary>
    public bool OpenApi { get; init; }

    /// <summary>Where kiosks on other machines of the site are answered; null: nowhere.</summary>
    public Uri? KioskListen { get; init; }

    /// <summary>So long a patient at a kiosk is kept waiting for word from the printer, 1 to 60 seconds.</summary>
    public TimeSpan SlipWithin { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The screen is locked after so long without a person, 1 to 60 minutes.</summary>
    public TimeSpan LockAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where the local interface listens when nothing else is said.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5410";

    /// <exception cref="ArgumentException">A value cannot be used; the message names it and what would be right.</exception>
    public static AgentOptions Of(IConfiguration settings)
    {
        var state = settings["State"];
        if (string.IsNullOrWhiteSpace(state))
        {
            throw new ArgumentException("State is missing: --State DIR names the folder that holds the store.", nameof(settings));
        }
        var hub = settings["Hub"];
        if (!string.IsNullOrWhiteSpace(hub) && !IsHttp(hub))
        {
            throw new ArgumentException($"Hub = \"{hub}\": expected an address such as http://127.0.0.1:5400.", nameof(settings));
        }
        var demo = Number(settings, "Clock:DemoOffsetSeconds", 0, -4_000_000_000, 4_000_000_000);
        var interval = Number(settings, "Sync:IntervalSeconds", 15, 1, 3_600);
        var offlineAfter = Number(settings, "Sync:OfflineAfterSeconds", 0, 0, 3_600);
        return new AgentOptions(
            state, string.IsNullOrWhiteSpace(hub) ? null : new Uri(hub), TimeSpan.FromSeconds(demo),
            string.Equals(settings["Devices:SimulatedReader"], "true", StringComparison.OrdinalIgnoreCase), TimeSpan.FromSeconds(interval),
            offlineAfter == 0 ? null : TimeSpan.FromSeconds(offlineAfter))
        {
            Devices = DeviceOptions.Of(settings),
            OpenApi = string.Equals(settings["Access:OpenApi"], "true", StringComparison.OrdinalIgnoreCase),
            KioskListen = Kiosk.KioskLine.AddressOf(settings["Kiosk:Listen"]),
            SlipWithin = TimeSpan.FromSeconds(Number(settings, "Kiosk:SlipSeconds", 3, 1, 60)),
            LockAfter = TimeSpan.FromMinutes(Number(settings, "Access:LockAfterMinutes", 5, 1, 60)),
        };
    }

    /// <summary>The addresses to listen on: loopback only.</summary>
    /// <exception cref="ArgumentException">An address that other machines could reach.</exception>
    public static string Loopback(string? urls)
    {
        var asked = string.IsNullOrWhiteSpace(urls) ? DefaultUrl : urls;
        foreach (var url in asked.Split(';'))
        {
            if (!IsHttp(url) || !new Uri(url).IsLoopback)
            {
                throw new ArgumentException($"Urls = \"{url}\": expected an address of this machine alone, such as {DefaultUrl}.", nameof(urls));
            }
        }
        return asked;
    }

    public static bool IsHttp(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    internal static long Number(IConfiguration settings, string name, long otherwise, long least, long most)
    {
        var text = settings[name];
        if (string.IsNullOrWhiteSpace(text))
        {
            return otherwise;
        }
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ArgumentException($"{name} = \"{text}\": expected a whole number from {least} to {most}.", nameof(settings));
    }
}

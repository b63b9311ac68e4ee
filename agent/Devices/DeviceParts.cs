using EdgeHub.Agent.Devices.Cards;
using EdgeHub.Agent.Devices.Pcsc;
using EdgeHub.Agent.Devices.Serial;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Devices;

/// <summary>Puts the devices of a site together.</summary>
public static class DeviceParts
{
    /// <param name="region">The site's own region; null until it is enrolled: then no area is wrong.</param>
    /// <exception cref="ArgumentException">A profile of the site's own that cannot be.</exception>
    public static void AddDevices(this IServiceCollection services, DeviceOptions options, CardReaders readers, Func<string?> region, Func<DateOnly> today)
    {
        services.AddSingleton<SerialDevices>();
        if (options.Serial.Count > 0)
        {
            services.AddHostedService(provider => new SerialHost(
                options.Serial, provider.GetRequiredService<SerialDevices>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SerialHost>>()));
        }
        if (!options.Pcsc)
        {
            return;
        }
        var profiles = Profiles(options.Profiles);
        ICardAuthenticator authenticator = options.Authenticator is { } address ? new HttpAuthenticator(address) : new NoAuthenticator();
        services.AddSingleton(authenticator);
        services.AddSingleton(provider => new PcscReaders(
            readers, new CardReading(profiles, () => Rules(options, region()), authenticator, provider.GetRequiredService<TimeProvider>(), today),
            PlatformScard.Load, PcscLimits.Usual with { ReadWithin = options.ReadWithin }, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PcscReaders>>()));
        services.AddHostedService(provider => provider.GetRequiredService<PcscReaders>());
    }

    /// <exception cref="ArgumentException">A site's own profile that cannot be; table, line and column are named.</exception>
    private static IReadOnlyList<CardProfile> Profiles(string? folder)
    {
        try
        {
            return CardProfiles.With(folder);
        }
        catch (Exception wrong) when (wrong is FaultException or IOException)
        {
            throw new ArgumentException($"Devices:Cards:Profiles = \"{folder}\": {wrong.Message}", nameof(folder), wrong);
        }
    }

    private static CardRules Rules(DeviceOptions options, string? region) => new(
        options.Areas.Contains(DeviceOptions.SiteArea, StringComparer.Ordinal) && region is null
            ? []
            : [.. options.Areas.Select(area => area == DeviceOptions.SiteArea ? region! : area)],
        options.TakeExpired);
}

using EdgeHub.Agent.Devices.Pcsc;
using EdgeHub.Agent.Devices.Serial;

namespace EdgeHub.Agent.Devices;

/// <summary>The devices of a site by its settings.</summary>
/// <param name="Pcsc">Card readers by PC/SC: yes, unless the simulated reader stands in for them.</param>
/// <param name="ReadWithin">A card that is not read by then holds its reader up; 2 to 60 seconds.</param>
/// <param name="Areas">Whose cards are taken, by the beginning of the area code; "site" is the site's own region; empty: anybody's.</param>
/// <param name="TakeExpired">The day of expiry counts for nothing.</param>
/// <param name="Profiles">Folder with further card profiles; null: none.</param>
/// <param name="Authenticator">Who authenticates to cards of version 3; null: nobody.</param>
public sealed record DeviceOptions(bool Pcsc, TimeSpan ReadWithin, IReadOnlyList<string> Areas, bool TakeExpired, string? Profiles, Uri? Authenticator)
{
    public const string SiteArea = "site";

    private const int MostSerial = 16;
    private const int NameCharacters = 40;
    private const string OwnProfiles = "Profiles";

    /// <summary>Devices over serial lines; empty: none.</summary>
    public IReadOnlyList<SerialDeviceSetting> Serial { get; init; } = [];

    public static readonly DeviceOptions None = new(Pcsc: false, PcscLimits.Usual.ReadWithin, [], TakeExpired: false, null, null);

    /// <exception cref="ArgumentException">A value cannot be used; the message names it and what would be right.</exception>
    public static DeviceOptions Of(IConfiguration settings)
    {
        var areas = (settings["Devices:Cards:Areas"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (Array.Find(areas, area => area != SiteArea && (area.Length > 6 || area.AsSpan().ContainsAnyExceptInRange('0', '9'))) is { } wrong)
        {
            throw new ArgumentException($"Devices:Cards:Areas = \"{wrong}\": expected {SiteArea} or the beginning of an area code, for example 530924 or 53, with commas between.", nameof(settings));
        }
        var authenticator = settings["Devices:Cards:Authenticator"];
        if (!string.IsNullOrWhiteSpace(authenticator) && !(AgentOptions.IsHttp(authenticator) && (new Uri(authenticator).IsLoopback || new Uri(authenticator).Scheme == Uri.UriSchemeHttps)))
        {
            throw new ArgumentException($"Devices:Cards:Authenticator = \"{authenticator}\": expected an address of this machine, or one by https.", nameof(settings));
        }
        var profiles = settings["Devices:Cards:Profiles"];
        if (!string.IsNullOrWhiteSpace(profiles) && !Directory.Exists(profiles))
        {
            throw new ArgumentException($"Devices:Cards:Profiles = \"{profiles}\": expected a folder with CardApplications.csv and CardFields.csv.", nameof(settings));
        }
        return new DeviceOptions(
            Flag(settings, "Devices:Pcsc", !Flag(settings, "Devices:SimulatedReader", false)),
            TimeSpan.FromSeconds(AgentOptions.Number(settings, "Devices:Cards:ReadWithinSeconds", (long)PcscLimits.Usual.ReadWithin.TotalSeconds, 2, 60)),
            areas, Flag(settings, "Devices:Cards:TakeExpired", false), string.IsNullOrWhiteSpace(profiles) ? null : profiles,
            string.IsNullOrWhiteSpace(authenticator) ? null : new Uri(authenticator))
        {
            Serial = SerialOf(settings),
        };
    }

    /// <summary>Devices:Serial:0:Port=/dev/ttyS0, Devices:Serial:0:Profile=escpos-58, and so on.</summary>
    private static IReadOnlyList<SerialDeviceSetting> SerialOf(IConfiguration settings)
    {
        var devices = new List<SerialDeviceSetting>();
        var profiles = ProfilesOf(settings);
        foreach (var section in settings.GetSection("Devices:Serial").GetChildren().Where(section => section.Key != OwnProfiles))
        {
            var (port, named) = (section["Port"], section["Profile"]);
            if (string.IsNullOrWhiteSpace(port))
            {
                throw new ArgumentException($"{section.Path}:Port is missing: expected a port such as /dev/ttyS0, /dev/serial/by-id/… or COM3.", nameof(settings));
            }
            var profile = profiles.FirstOrDefault(each => each.Name == named)
                ?? throw new ArgumentException($"{section.Path}:Profile = \"{named}\": expected {string.Join(", ", profiles.Select(each => each.Name))}.", nameof(settings));
            var name = string.IsNullOrWhiteSpace(section["Name"]) ? $"{profile.Kind} {section.Key}" : section["Name"]!;
            if (name.Length > NameCharacters || devices.Exists(each => each.Name == name || each.Port == port))
            {
                throw new ArgumentException($"{section.Path}: \"{name}\" at {port}: expected a name of at most {NameCharacters} characters and a port that no other device has.", nameof(settings));
            }
            devices.Add(new SerialDeviceSetting(name, port, profile));
        }
        return devices.Count <= MostSerial ? devices : throw new ArgumentException($"Devices:Serial has {devices.Count} devices: expected at most {MostSerial}.", nameof(settings));
    }

    /// <summary>The profiles that we ship, and a site's own by Devices:Serial:Profiles FILE, which may bear the same names.</summary>
    private static IReadOnlyList<SerialProfile> ProfilesOf(IConfiguration settings)
    {
        var file = settings["Devices:Serial:" + OwnProfiles];
        if (string.IsNullOrWhiteSpace(file))
        {
            return SerialProfiles.BuiltIn;
        }
        try
        {
            return [.. SerialProfiles.Read(File.ReadAllText(file)), .. SerialProfiles.BuiltIn];
        }
        catch (Exception wrong) when (wrong is Rules.FaultException or IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"Devices:Serial:{OwnProfiles} = \"{file}\": {wrong.Message}", nameof(settings), wrong);
        }
    }

    private static bool Flag(IConfiguration settings, string name, bool otherwise) => settings[name] switch
    {
        null or "" => otherwise,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new ArgumentException($"{name} = \"{text}\": expected true or false.", nameof(settings)),
    };
}

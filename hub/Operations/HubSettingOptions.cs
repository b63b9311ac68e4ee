using System.CommandLine;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Hub.Operations;

/// <summary>The options that make a hub or change its settings. What is not given stays as it was stored.</summary>
public sealed class HubSettingOptions
{
    private const string DefaultTimeZone = "Asia/Shanghai";

    private readonly Option<string?> _region = new("--region") { Description = "Code of the region, for example 530924; needed once." };
    private readonly Option<string?> _timeZone = new("--time-zone") { Description = $"IANA time zone of the region; {DefaultTimeZone} for a new hub." };
    private readonly Option<long?> _demoOffset = new("--demo-offset-seconds") { Description = "Moves the clock, for a demonstration." };

    private readonly Option<string?> _store = new("--store")
    {
        Description = "Keeps the rows in PostgreSQL instead of a file: \"Host=…;Database=…;Username=…\"; kept in the folder, for its owner alone.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_store);
        command.Options.Add(_region);
        command.Options.Add(_timeZone);
        command.Options.Add(_demoOffset);
    }

    /// <summary>Words of connection to PostgreSQL; null: not given. Environment variables are the better place for a password (PGPASSWORD, PGPASSFILE).</summary>
    public string? Place(ParseResult parsed) => parsed.GetValue(_store);

    /// <summary>The settings to open the folder's hub with; null: as stored, nothing was given.</summary>
    /// <exception cref="FaultException">A new hub needs --region.</exception>
    public HubSettings? Given(ParseResult parsed, string folder, TimeProvider clock, IEntropy entropy)
    {
        var (region, zone, offset) = (parsed.GetValue(_region), parsed.GetValue(_timeZone), parsed.GetValue(_demoOffset));
        if (!StorePlace.Stands(folder))
        {
            if (region is null && Place(parsed) is not null)
            {
                return null; // The database may hold a hub that another folder made.
            }
            return new HubSettings(
                region ?? throw new FaultException(new Fault(Codes.Missing, "--region", "", "the region's code for a new hub, for example 530924")),
                zone ?? DefaultTimeZone, offset ?? 0);
        }
        if (region is null && zone is null && offset is null)
        {
            return null;
        }
        using var hub = HubStore.Open(folder, clock, entropy);
        return new HubSettings(region ?? hub.Region, zone ?? hub.Settings.TimeZone, offset ?? hub.Settings.DemoOffsetSeconds);
    }
}

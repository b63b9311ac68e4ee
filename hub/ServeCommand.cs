using System.CommandLine;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Operations;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;

namespace EdgeHub.Hub;

/// <summary>hub serve: listens until it is told to stop (SIGTERM, Ctrl+C), then finishes what it has begun.</summary>
public static partial class ServeCommand
{
    public static void Register(CommandFrame frame)
    {
        var settings = new HubSettingOptions();
        var urls = new Option<string>("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => "http://127.0.0.1:5200" };
        var clear = new Option<bool>("--allow-clear-http") { Description = "Listen without encryption where other machines reach it: only behind a tunnel or a proxy of your own." };
        var restored = new Option<bool>("--restored") { Description = "Database and keys were put back from a backup: every clinic gets its feeds anew." };
        var clockIsRight = new Option<bool>("--clock-is-right") { Description = "The clock of this machine is right although no clinic was heard for days, or it stood wrong before." };
        var inside = new Option<int>("--sync-inside") { Description = "Requests of clinics that are worked on at once.", DefaultValueFactory = _ => new SyncLimits().MostInside };
        var waiting = new Option<int>("--sync-waiting") { Description = "Requests of clinics that wait for their turn; one more is told when to come back.", DefaultValueFactory = _ => new SyncLimits().MostWaiting };
        var serve = frame.At("serve", "Receives journals, gives feeds, decides: until it is told to stop.");
        settings.AddTo(serve);
        serve.Options.Add(urls);
        serve.Options.Add(clear);
        serve.Options.Add(restored);
        serve.Options.Add(clockIsRight);
        serve.Options.Add(inside);
        serve.Options.Add(waiting);
        frame.On(serve, async (parsed, stop) =>
        {
            var listen = HubUrls.Checked(parsed.GetRequiredValue(urls), parsed.GetValue(clear));
            var folder = frame.Folder(parsed);
            var given = settings.Given(parsed, folder, frame.Clock, frame.Entropy);
            using var hub = HubStore.OpenOrMake(folder, given, frame.Clock, frame.Entropy, serving: true, restored: parsed.GetValue(restored), place: settings.Place(parsed));
            if (!parsed.GetValue(clockIsRight) && hub.Settings.DemoOffsetSeconds == 0)
            {
                ClockWatch.DemandAtStart(hub.Clock.GetUtcNow(), hub.Read(session => IngestStore.LastReceived(session, hub.Region)));
            }
            await using var app = HubApp.Build(hub, listen.Urls, limits: Limits(parsed.GetRequiredValue(inside), parsed.GetRequiredValue(waiting)));
            Warn(app.Logger, hub, listen);
            await app.StartAsync(stop);
            await frame.Output.WriteLineAsync($"The hub of region {hub.Region} listens at {string.Join(", ", app.Urls)}.");
            await app.WaitForShutdownAsync(stop);
            return CommandFrame.Done;
        });
    }

    private static SyncLimits Limits(int inside, int waiting)
    {
        const int most = 100_000;
        return inside is >= 1 and <= most && waiting is >= 0 and <= most
            ? new SyncLimits(inside, waiting)
            : throw new FaultException(new Fault(Codes.BadNumber, "--sync-inside, --sync-waiting", FormattableString.Invariant($"{inside}, {waiting}"), "at least 1 and 0, at most 100000"));
    }

    private static void Warn(ILogger logger, HubStore hub, HubUrls listen)
    {
        if (hub.WasOpenToOthers)
        {
            Log.OpenFolder(logger, hub.Directory);
        }
        foreach (var url in listen.Clear)
        {
            Log.ClearHttp(logger, url);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The folder {Folder} was open to other users of this machine; it is its owner's alone now, unless everybody shares it")]
        public static partial void OpenFolder(ILogger logger, string folder);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Url} is reached by other machines without encryption: personal data cross the line as clear text")]
        public static partial void ClearHttp(ILogger logger, string url);
    }
}

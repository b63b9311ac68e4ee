using System.CommandLine;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Operations;
using EdgeHub.Hub.Store;

namespace EdgeHub.Hub;

/// <summary>hub serve: listens until it is told to stop (SIGTERM, Ctrl+C), then finishes what it has begun.</summary>
public static class ServeCommand
{
    public static void Register(CommandFrame frame)
    {
        var settings = new HubSettingOptions();
        var urls = new Option<string>("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => "http://127.0.0.1:5200" };
        var serve = frame.At("serve", "Receives journals, gives feeds, decides: until it is told to stop.");
        settings.AddTo(serve);
        serve.Options.Add(urls);
        frame.On(serve, async (parsed, stop) =>
        {
            using var hub = HubStore.OpenOrMake(frame.Folder(parsed), settings.Given(parsed, frame.Folder(parsed), frame.Clock, frame.Entropy), frame.Clock, frame.Entropy);
            await using var app = HubApp.Build(hub, parsed.GetRequiredValue(urls));
            await app.StartAsync(stop);
            await frame.Output.WriteLineAsync($"The hub of region {hub.Region} listens at {string.Join(", ", app.Urls)}.");
            await app.WaitForShutdownAsync(stop);
            return CommandFrame.Done;
        });
    }
}

using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;

namespace EdgeHub.Hub.Operations;

/// <summary>hub init: makes the database and the keys in the folder; safe to run again.</summary>
public static class InitCommand
{
    public static void Register(CommandFrame frame)
    {
        var settings = new HubSettingOptions();
        var init = frame.At("init", "Makes a hub's database and keys in the folder; safe to run again.");
        settings.AddTo(init);
        frame.On(init, parsed =>
        {
            var folder = frame.Folder(parsed);
            using var hub = HubStore.OpenOrMake(folder, settings.Given(parsed, folder, frame.Clock, frame.Entropy), frame.Clock, frame.Entropy, place: settings.Place(parsed));
            frame.Output.WriteLine($"The hub of region {hub.Region} stands in {folder}; its key is {hub.Keys.Signer.KeyId}.");
            return CommandFrame.Done;
        });
    }
}

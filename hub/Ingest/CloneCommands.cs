using System.CommandLine;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Ingest;

/// <summary>hub device clear.</summary>
public static class CloneCommands
{
    public static void Register(CommandFrame frame)
    {
        var name = new Argument<string>("device") { Description = "The device's name, as hub device list shows it." };
        var why = new Option<string>("--why") { Description = "What was found and done, for the record.", Required = true };
        var clear = frame.At("device clear", "One copy of a device is left: it may ask for a new epoch again.");
        clear.Arguments.Add(name);
        clear.Options.Add(why);
        frame.OnStore(clear, (parsed, hub) =>
        {
            var device = parsed.GetRequiredValue(name);
            hub.Write(session =>
            {
                var known = AccessStore.FindDevice(session, hub.Region, device)
                    ?? throw new FaultException(new Fault(Codes.UnknownDevice, "device", device, "a device that was enrolled"));
                EpochStore.Clear(session, hub.Region, known.DeviceNo, parsed.GetRequiredValue(why), hub.NowMilliseconds);
                return true;
            });
            frame.Output.WriteLine($"{device} is cleared.");
            return CommandFrame.Done;
        });
    }
}

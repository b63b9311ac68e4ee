using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Access;

/// <summary>hub device add|list|revoke|allow.</summary>
public static class DeviceCommands
{
    public static void Register(CommandFrame frame)
    {
        frame.At("device", "The devices that may speak for the institutions.");
        Add(frame);
        Revoke(frame);
        Allow(frame);
        var list = frame.At("device list", "All devices: name, site, key, enrolled, revoked.");
        frame.OnStore(list, (_, hub) =>
        {
            var (devices, copies) = hub.Read(session => (AccessStore.Devices(session, hub.Region), AccessStore.Cloned(session, hub.Region)));
            foreach (var device in devices)
            {
                var cloned = copies.TryGetValue(device.Name, out var detail) ? $"  {Codes.Cloned}: {detail}" : "";
                var revoked = device.RevokedMilliseconds is { } at ? $"revoked {Instant(at)}" : "may speak";
                frame.Output.WriteLine($"{device.Name}  {device.KeyId}  enrolled {Instant(device.EnrolledMilliseconds)}  {revoked}  agent {device.AgentVersion}{cloned}");
            }
            return CommandFrame.Done;
        });
    }

    private static void Add(CommandFrame frame)
    {
        var site = new Option<string>("--site") { Description = "Code of the institution.", Required = true };
        var add = frame.At("device add", "Prints a one-time code for the site's agent, valid for 7 days.");
        add.Options.Add(site);
        frame.OnStore(add, (parsed, hub) =>
        {
            frame.Output.WriteLine(new Enrolment(hub).NewCode(parsed.GetRequiredValue(site)));
            return CommandFrame.Done;
        });
    }

    private static void Revoke(CommandFrame frame)
    {
        var name = new Argument<string>("device") { Description = "The device's name, as hub device list shows it." };
        var why = new Option<string>("--why") { Description = "Why, for the record.", Required = true };
        var revoke = frame.At("device revoke", "Ends a device; what it sends from now on is refused.");
        revoke.Arguments.Add(name);
        revoke.Options.Add(why);
        frame.OnStore(revoke, (parsed, hub) =>
        {
            var device = parsed.GetRequiredValue(name);
            if (!hub.Write(session => AccessStore.Revoke(session, hub.Region, device, parsed.GetRequiredValue(why), hub.NowMilliseconds)))
            {
                throw new FaultException(new Fault(Codes.UnknownDevice, "device", device, "a device that was enrolled and not revoked"));
            }
            frame.Output.WriteLine($"{device} is revoked.");
            return CommandFrame.Done;
        });
    }

    private static void Allow(CommandFrame frame)
    {
        var name = new Argument<string>("device") { Description = "The device's name, as hub device list shows it." };
        var allow = frame.At("device allow", "Lets a device speak again that was revoked by mistake, while its site has no other.");
        allow.Arguments.Add(name);
        frame.OnStore(allow, (parsed, hub) =>
        {
            AllowAgain(hub, parsed.GetRequiredValue(name));
            frame.Output.WriteLine($"{parsed.GetRequiredValue(name)} may speak again.");
            return CommandFrame.Done;
        });
    }

    /// <exception cref="FaultException">UnknownDevice: not known or not revoked; Duplicated: another device speaks for the site by now.</exception>
    public static void AllowAgain(HubStore hub, string device) => hub.Write(session =>
    {
        if (AccessStore.FindDevice(session, hub.Region, device) is not { RevokedMilliseconds: not null } known)
        {
            throw new FaultException(new Fault(Codes.UnknownDevice, "device", device, "a device that was revoked"));
        }
        return AccessStore.DeviceOfSite(session, hub.Region, known.Site) is { } other
            ? throw new FaultException(new Fault(Codes.Duplicated, "device", device, $"a site without a device: {other.Name} speaks for it"))
            : AccessStore.Restore(session, hub.Region, device);
    });

    private static string Instant(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}

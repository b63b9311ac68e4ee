using System.Globalization;
using EdgeHub.Hub.Jobs;

namespace EdgeHub.Hub.Operations;

/// <summary>hub status.</summary>
public static class StatusCommand
{
    public static void Register(CommandFrame frame)
    {
        var status = frame.At("status", "What the hub holds, and where each device stands.");
        frame.OnStore(status, (_, hub) =>
        {
            var now = HubStatus.Of(hub);
            frame.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"region {now.Region}, hub time {now.HubTime:yyyy-MM-dd HH:mm:ss'Z'}: {now.Institutions} institutions, {now.Members} members, {now.Devices.Count} devices, {now.Entries} journal entries, {now.Quarantined} in quarantine"));
            foreach (var device in now.Devices)
            {
                var heard = device.ReceivedMs == 0 ? "never heard" : DateTimeOffset.FromUnixTimeMilliseconds(device.ReceivedMs).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                var refused = device.RefusedCode.Length == 0 ? "" : $"  REFUSED {device.RefusedCode}: {device.RefusedDetail}";
                var cloned = device.Cloned.Length == 0 ? "" : $"  CLONED: {device.Cloned} (hub device clear)";
                frame.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{device.Device}  epoch {device.Epoch}  through {device.Seq}  {heard}{(device.Revoked ? "  revoked" : "")}{(device.Forks > 0 ? $"  forks {device.Forks}" : "")}{cloned}{refused}"));
            }
            return now.Devices.Any(device => device.RefusedCode.Length > 0 || device.Cloned.Length > 0) ? CommandFrame.FoundWrong : CommandFrame.Done;
        });
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EdgeHub.Quickstart.Parts;

/// <summary>Ports of this machine, and waiting until a service answers on one.</summary>
public static class Ports
{
    private const int ReadySeconds = 60;

    /// <summary>A port of loopback that nobody listens on.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <exception cref="MorningFault">The process ended, or did not answer in time.</exception>
    public static async Task ReadyAsync(HttpClient http, string url, Process process, Func<string> lastWords, TimeProvider clock, CancellationToken stop)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            MorningFault.Unless(!process.HasExited, $"A program ended at start ({url}): {lastWords()}");
            try
            {
                using var answer = await http.GetAsync(url, stop);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet: the loop's own limit decides.
            }
            MorningFault.Unless(clock.GetElapsedTime(start).TotalSeconds < ReadySeconds, $"{url} did not answer within {ReadySeconds} seconds: {lastWords()}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, stop);
        }
    }
}

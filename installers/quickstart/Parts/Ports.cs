using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EdgeHub.Quickstart.Parts;

/// <summary>Ports of this machine, and waiting until a service answers on one.</summary>
public static class Ports
{
    private const int ReadySeconds = 60;

    /// <summary>Below what the system gives by itself to who listens or calls out: a port that a killed program comes back to is nobody else's meanwhile.</summary>
    private const int First = 12_000;

    private const int End = 32_000;

    /// <summary>Two mornings on one machine begin at different places.</summary>
    private static int _turn = Environment.ProcessId * 211 % (End - First);

    /// <summary>A port of loopback that nobody listens on; each is given once.</summary>
    /// <exception cref="MorningFault">There is none.</exception>
    public static int Free()
    {
        for (var tries = First; tries < End; tries++)
        {
            var port = First + (Interlocked.Increment(ref _turn) % (End - First));
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
        throw new MorningFault($"No port from {First} to {End} is free.");
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

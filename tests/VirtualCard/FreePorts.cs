using System.Net;
using System.Net.Sockets;

namespace EdgeHub.Tests.VirtualCard;

/// <summary>Ports for programs that are started with one. A port that was asked of the system and given back is the system's to give to the next who
/// asks, or to a connection that goes out, before the program listens: these are of a span that Linux gives to nobody by itself (32,768 to
/// 60,999 unless set otherwise), none is given twice in a run, and runs beside each other begin at different places.</summary>
public static class FreePorts
{
    private const int First = 12_000;
    private const int End = 32_000;
    private static readonly Lock Gate = new();
    private static int _next = First + ((Environment.ProcessId * 211) % (End - First));

    /// <summary>A port of loopback at which nobody listens.</summary>
    public static int One() => InARow(1);

    /// <summary>The first of so many that follow one another.</summary>
    public static int InARow(int count)
    {
        lock (Gate)
        {
            for (var tries = First; tries < End; tries++)
            {
                var port = _next + count <= End ? _next : First;
                _next = port + count;
                if (Enumerable.Range(port, count).All(IsFree))
                {
                    return port;
                }
            }
        }
        throw new InvalidOperationException($"No {count} free ports from {First} to {End}.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

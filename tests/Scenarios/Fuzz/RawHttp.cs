using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeHub.Tests.Unit.Fuzz;

namespace EdgeHub.Tests.Scenarios.Fuzz;

/// <summary>Requests as bytes, altered: what no client would send. An answer below 500 comes, or the line is closed; 505 is said of a version of HTTP.</summary>
internal static class RawHttp
{
    private const int MostAnswer = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static byte[] Seed(string method, string path, int port, string headers, byte[] body) => [.. Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}Content-Length: {body.Length}\r\n\r\n")), .. body];

    /// <summary>Bodies that inflate to a thousand times their length.</summary>
    public static byte[] Bomb(string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream packs = encoding == "br" ? new System.IO.Compression.BrotliStream(packed, System.IO.Compression.CompressionLevel.Optimal) : new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 16; i++)
            {
                packs.Write(zeros);
            }
        }
        return packed.ToArray();
    }

    public static byte[] Altered(IReadOnlyList<byte[]> seeds, int number)
    {
        var chance = new Mutation(unchecked(77_711 + (number * 7_919)));
        return number < seeds.Count ? seeds[number] : chance.Of(seeds[chance.Next(seeds.Count)], seeds);
    }

    /// <returns>What is wrong; null: nothing.</returns>
    public static async Task<string?> Try(int port, byte[] request)
    {
        using var cancel = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancel.Token);
        var (answer, length) = (new byte[MostAnswer], 0);
        await using var line = client.GetStream();
        try
        {
            await line.WriteAsync(request, cancel.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            int read;
            while (length < answer.Length && (read = await line.ReadAsync(answer.AsMemory(length), cancel.Token)) > 0)
            {
                length += read;
            }
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
            // A line that is closed on such a request is an answer.
        }
        catch (OperationCanceledException)
        {
            return $"no answer and no end within {Patience.TotalSeconds} s";
        }
        var first = Encoding.Latin1.GetString(answer, 0, Math.Min(length, 400)).Split('\r')[0].Split(' ');
        return first.Length > 1 && int.TryParse(first[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 500 and not 505
            ? $"status {status}: {Encoding.UTF8.GetString(answer, 0, Math.Min(length, 900))}" : null;
    }
}

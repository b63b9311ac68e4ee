using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace EdgeHub.Tests.VirtualCard;

/// <summary>Puts a card into a slot of vpcd, the reader without hardware of the package vsmartcard-vpcd. Its wire: two bytes of length,
/// big endian, then the body; a body of one byte is power off (0), power on (1), reset (2) or a question for the ATR (4), which alone is
/// answered; every other body is a command. Connecting is the card in the slot, closing is the card out.</summary>
public sealed class VpcdPlug : IAsyncDisposable
{
    private const int QuickAcknowledge = 12;
    private readonly SocialSecurityCard? _card;
    private readonly Func<byte[], byte[]> _answer;
    private readonly byte[] _atr;
    private readonly TcpClient _reader = new(AddressFamily.InterNetwork) { NoDelay = true };
    private readonly CancellationTokenSource _out = new();
    private readonly Task _serving;

    /// <param name="port">The slot's: the first one's as configured, the next one's one more.</param>
    public VpcdPlug(int port, SocialSecurityCard card, byte[]? atr = null) : this(port, card.Answer, atr ?? SocialSecurityCard.SampleAtr, card) { }

    public VpcdPlug(int port, Func<byte[], byte[]> answer, byte[] atr) : this(port, answer, atr, null) { }

    private VpcdPlug(int port, Func<byte[], byte[]> answer, byte[] atr, SocialSecurityCard? card)
    {
        (_answer, _atr, _card) = (answer, atr, card);
        _reader.Connect(IPAddress.Loopback, port);
        _serving = Task.Run(Serve);
    }

    /// <summary>Out of the slot, in the midst of a command, too.</summary>
    public void Pull()
    {
        _out.Cancel();
        try
        {
            _reader.Client?.Close(0);
        }
        catch (ObjectDisposedException)
        {
            // It was out already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Pull();
        await Task.WhenAny(_serving, Task.Delay(TimeSpan.FromSeconds(2)));
        _reader.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            var (stream, head) = (_reader.GetStream(), new byte[2]);
            while (!_out.IsCancellationRequested)
            {
                // vpcd sends length and body apart; without this each command waits 44 ms for an acknowledgement. It does not last.
                Quick();
                await stream.ReadExactlyAsync(head, _out.Token);
                Quick();
                var body = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
                await stream.ReadExactlyAsync(body, _out.Token);
                var answer = body.Length == 1 ? Control(body[0]) : _answer(body);
                if (answer is { Length: 0 })
                {
                    Pull();
                    return;
                }
                if (answer is not null)
                {
                    await stream.WriteAsync((byte[])[(byte)(answer.Length >> 8), (byte)(answer.Length & 0xFF), .. answer], _out.Token);
                }
            }
        }
        catch (Exception pulled) when (pulled is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Pulled, or the daemon ended.
        }
    }

    private byte[]? Control(byte what)
    {
        if (what is 1 or 2)
        {
            _card?.Reset();
        }
        return what == 4 ? _atr : null;
    }

    private void Quick()
    {
        if (OperatingSystem.IsLinux())
        {
            _reader.Client.SetRawSocketOption((int)SocketOptionLevel.Tcp, QuickAcknowledge, [1, 0, 0, 0]);
        }
    }
}

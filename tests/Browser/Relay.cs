using System.Net;
using System.Net.Sockets;

namespace EdgeHub.Tests.Browser;

/// <summary>The way between a browser and the agent, at one address whatever becomes of the agent: cut, and there again.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _gate = new();
    private readonly HashSet<TcpClient> _open = [];
    private int _target;

    public Relay(int target)
    {
        _target = target;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = Accept();
    }

    public Uri Address { get; }

    /// <summary>Every connection breaks, and each new one at once.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _target = 0;
            foreach (var one in _open)
            {
                one.Client.Close(0);
            }
            _open.Clear();
        }
    }

    public void Lead(int target)
    {
        lock (_gate)
        {
            _target = target;
        }
    }

    public void Dispose()
    {
        _over.Cancel();
        _listener.Stop();
        Cut();
        _over.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Carry(await _listener.AcceptTcpClientAsync(_over.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Carry(TcpClient from)
    {
        using var to = new TcpClient();
        try
        {
            int target;
            lock (_gate)
            {
                target = _target;
                if (target != 0)
                {
                    _open.Add(from);
                    _open.Add(to);
                }
            }
            if (target != 0)
            {
                await to.ConnectAsync(IPAddress.Loopback, target, _over.Token);
                await Task.WhenAny(from.GetStream().CopyToAsync(to.GetStream(), _over.Token), to.GetStream().CopyToAsync(from.GetStream(), _over.Token));
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Cut: that is what it is for.
        }
        finally
        {
            // Out of the list first: what is cut has not ended by itself.
            lock (_gate)
            {
                _open.Remove(from);
                _open.Remove(to);
            }
            from.Dispose();
        }
    }
}

using System.Runtime.InteropServices;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>A serial device in the test's own process: the other end of a pseudo terminal. Unplugging it is closing it.</summary>
internal sealed unsafe partial class Pty : IDisposable
{
    private const int ReadWriteNoTerminal = 2 | 0x100 | 0x80000;
    private const int PollIn = 1;
    private readonly string? _link;
    private readonly Thread _thread;
    private readonly Lock _writing = new();
    private readonly Action<Pty, byte[]> _heard;
    private readonly List<byte> _all = [];
    private volatile bool _isOver;
    private int _file;

    /// <param name="heard">Every piece that the program wrote.</param>
    /// <param name="link">A lasting name for the port, as /dev/serial/by-id has them; null: the terminal's own.</param>
    public Pty(Action<Pty, byte[]> heard, string? link = null, bool reads = true)
    {
        _file = posix_openpt(ReadWriteNoTerminal);
        if (_file < 0 || grantpt(_file) != 0 || unlockpt(_file) != 0)
        {
            throw new InvalidOperationException($"No pseudo terminal: {Marshal.GetLastPInvokeError()}");
        }
        var name = stackalloc byte[64];
        _ = ptsname_r(_file, name, 64);
        var path = Marshal.PtrToStringUTF8((nint)name)!;
        (Port, _link, _heard) = (link ?? path, link, heard);
        if (link is not null)
        {
            File.Delete(link);
            File.CreateSymbolicLink(link, path);
        }
        _thread = new Thread(Listen) { IsBackground = true };
        if (reads)
        {
            _thread.Start();
        }
    }

    public string Port { get; }

    /// <summary>Everything that was heard so far.</summary>
    public byte[] All
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    public void Say(params byte[] bytes)
    {
        lock (_writing)
        {
            fixed (byte* start = bytes)
            {
                for (nint at = 0; at < bytes.Length && !_isOver;)
                {
                    var sent = write(_file, start + at, bytes.Length - at);
                    at += sent < 0 ? throw new InvalidOperationException($"write: {Marshal.GetLastPInvokeError()}") : sent;
                }
            }
        }
    }

    public void Unplug()
    {
        if (_isOver)
        {
            return;
        }
        _isOver = true;
        if (_thread.IsAlive && Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
        _ = close(_file);
        _file = -1;
        if (_link is not null)
        {
            File.Delete(_link);
        }
    }

    public void Dispose() => Unplug();

    private void Listen()
    {
        var buffer = new byte[4_096];
        while (!_isOver)
        {
            var polled = new Polled { File = _file, Events = PollIn };
            if (poll(&polled, 1, 20) <= 0)
            {
                continue;
            }
            if ((polled.Happened & PollIn) == 0)
            {
                // Nobody has opened the port yet, or not any more.
                Thread.Sleep(2);
                continue;
            }
            nint got;
            fixed (byte* start = buffer)
            {
                got = read(_file, start, buffer.Length);
            }
            if (got > 0)
            {
                lock (_all)
                {
                    _all.AddRange(buffer.AsSpan(0, (int)got));
                }
                _heard(this, buffer[..(int)got]);
            }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int File;
        public short Events;
        public short Happened;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int posix_openpt(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int grantpt(int file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unlockpt(int file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ptsname_r(int file, byte* name, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(Polled* files, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int file, byte* buffer, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int file, byte* buffer, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int file);
}

/// <summary>A test over a pseudo terminal, which Windows has not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PtyFactAttribute : FactAttribute
{
    public PtyFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "serial lines are tried over pseudo terminals of Linux; Windows has none";
        }
    }
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class PtyTheoryAttribute : TheoryAttribute
{
    public PtyTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "serial lines are tried over pseudo terminals of Linux; Windows has none";
        }
    }
}

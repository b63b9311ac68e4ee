using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace EdgeHub.Agent.Devices.Serial;

/// <summary>A serial line of Windows, overlapped. A read that brings nothing within a second ends with no bytes, which is no end of the
/// line there. Source: Communications Resources, Win32.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class WindowsSerialLine : ISerialLine
{
    private const string Kernel = "kernel32.dll";
    private const int NoSuchFile = 2;
    private const int NoAccess = 5;
    private const int BufferBytes = 4_096;
    private const uint ReadWriteAccess = 0xC0000000;
    private const uint OpenExisting = 3;
    private const uint Overlapped = 0x40000000;
    private const uint PurgeAll = 0xF;
    private const uint PurgeInput = 0xA;

    private readonly SafeFileHandle _handle;
    private readonly FileStream _stream;
    private readonly string _port;
    private readonly TimeProvider _time;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly AutoResetEvent _wake = new(false);
    private Task<int>? _reading;
    private int _from;
    private int _to;

    private WindowsSerialLine(SafeFileHandle handle, string port, TimeProvider time)
    {
        (_handle, _port, _time) = (handle, port, time);
        _stream = new FileStream(handle, FileAccess.ReadWrite, 0, isAsync: true);
    }

    public static WindowsSerialLine Open(string port, SerialSettings settings, TimeProvider time)
    {
        // Not shared, as a port must be; the prefix is needed from COM10 on.
        var handle = CreateFile(@"\\.\" + port, ReadWriteAccess, 0, 0, OpenExisting, Overlapped, 0);
        if (handle.IsInvalid)
        {
            var error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            throw new SerialException(
                error switch { NoSuchFile => DeviceErrorCode.PortAbsent, NoAccess => DeviceErrorCode.PortBusy, _ => DeviceErrorCode.PortFailed }, $"CreateFile: {error}");
        }
        try
        {
            Set(handle, settings);
            return new WindowsSerialLine(handle, port, time);
        }
        catch (SerialException)
        {
            handle.Dispose();
            throw;
        }
    }

    public int Read(Span<byte> buffer, TimeSpan atMost)
    {
        if (_from == _to)
        {
            _reading ??= _stream.ReadAsync(_buffer, 0, _buffer.Length);
            var came = WaitHandle.WaitAny([((IAsyncResult)_reading).AsyncWaitHandle, _wake], atMost);
            if (came != 0)
            {
                return 0;
            }
            var read = _reading;
            _reading = null;
            (_from, _to) = (0, Finished(read, "read"));
        }
        var length = Math.Min(buffer.Length, _to - _from);
        _buffer.AsSpan(_from, length).CopyTo(buffer);
        _from += length;
        return length;
    }

    public void Write(ReadOnlySpan<byte> data, TimeSpan atMost)
    {
        var writing = _stream.WriteAsync(data.ToArray(), CancellationToken.None).AsTask();
        if (!((IAsyncResult)writing).AsyncWaitHandle.WaitOne(atMost))
        {
            PurgeComm(_handle, PurgeAll);
            throw new SerialException(DeviceErrorCode.DeviceSilent, $"write: {data.Length} bytes are not taken");
        }
        Finished(writing.ContinueWith(done => { done.GetAwaiter().GetResult(); return 0; }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default), "write");
    }

    public void Discard()
    {
        (_from, _to) = (0, 0);
        PurgeComm(_handle, PurgeInput);
    }

    public void Wake() => _wake.Set();

    public void Dispose()
    {
        _stream.Dispose();
        _handle.Dispose();
    }

    private int Finished(Task<int> task, string call)
    {
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException or OperationCanceledException or ObjectDisposedException)
        {
            throw new SerialException(DeviceErrorCode.PortUnplugged, $"{call}: {_port} 0x{lost.HResult:X8} at {_time.GetUtcNow():HH:mm:ss}");
        }
    }

    private static void Set(SafeFileHandle handle, SerialSettings settings)
    {
        Demand(SetupComm(handle, BufferBytes, BufferBytes), "SetupComm");
        var state = new DeviceControl { Length = (uint)sizeof(DeviceControl) };
        Demand(GetCommState(handle, &state), "GetCommState");
        (state.BaudRate, state.ByteSize) = ((uint)settings.Baud, (byte)settings.DataBits);
        state.Parity = settings.Parity switch { Parity.Odd => 1, Parity.Even => 2, _ => 0 };
        state.StopBits = (byte)(settings.StopBits == 2 ? 2 : 0);
        // Binary, ready signal on; request to send on, or by handshake; no error stops the line.
        state.Flags = 1u | (settings.Parity == Parity.None ? 0 : 2u) | (settings.Flow == FlowControl.Hardware ? 4u | (2u << 12) : 1u << 12)
            | (1u << 4) | (settings.Flow == FlowControl.Software ? 0x300u : 0);
        Demand(SetCommState(handle, &state), $"SetCommState {settings}");
        var timeouts = new Timeouts { ReadInterval = uint.MaxValue, ReadMultiplier = uint.MaxValue, ReadConstant = 1_000, WriteConstant = 5_000 };
        Demand(SetCommTimeouts(handle, &timeouts), "SetCommTimeouts");
        Demand(PurgeComm(handle, PurgeAll), "PurgeComm");
    }

    private static void Demand(bool done, string call)
    {
        if (!done)
        {
            throw new SerialException(DeviceErrorCode.PortFailed, $"{call}: {Marshal.GetLastPInvokeError()}");
        }
    }

    /// <summary>DCB.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct DeviceControl
    {
        public uint Length;
        public uint BaudRate;
        public uint Flags;
        public ushort Reserved;
        public ushort XonLimit;
        public ushort XoffLimit;
        public byte ByteSize;
        public byte Parity;
        public byte StopBits;
        public sbyte XonCharacter;
        public sbyte XoffCharacter;
        public sbyte ErrorCharacter;
        public sbyte EndCharacter;
        public sbyte EventCharacter;
        public ushort ReservedToo;
    }

    /// <summary>COMMTIMEOUTS, milliseconds.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Timeouts
    {
        public uint ReadInterval;
        public uint ReadMultiplier;
        public uint ReadConstant;
        public uint WriteMultiplier;
        public uint WriteConstant;
    }

    [LibraryImport(Kernel, EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateFile(string name, uint access, uint share, nint security, uint disposition, uint flags, nint template);

    [LibraryImport(Kernel, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetCommState(SafeFileHandle handle, DeviceControl* state);

    [LibraryImport(Kernel, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetCommState(SafeFileHandle handle, DeviceControl* state);

    [LibraryImport(Kernel, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetCommTimeouts(SafeFileHandle handle, Timeouts* timeouts);

    [LibraryImport(Kernel, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetupComm(SafeFileHandle handle, uint input, uint output);

    [LibraryImport(Kernel, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool PurgeComm(SafeFileHandle handle, uint what);
}

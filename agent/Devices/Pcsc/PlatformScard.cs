using System.Runtime.InteropServices;
using System.Text;

namespace EdgeHub.Agent.Devices.Pcsc;

/// <summary>PC/SC of the platform: winscard.dll on Windows, libpcsclite.so.1 on Linux, by one set of signatures. DWORD and LONG of
/// PC/SC are C's "long" on Linux (8 bytes) and 32 bits on Windows, which is what CULong and CLong are; contexts and handles are as
/// wide as a pointer on both.</summary>
public sealed unsafe class PlatformScard : IScard
{
    private const uint ScopeSystem = 2;
    private const uint ShareShared = 2;
    private const uint ProtocolAny = 3;
    private const uint LeaveCard = 0;
    private const uint ResetTheCard = 1;
    private const int MostAtrBytes = 33;
    private const int MostListTries = 4;
    private const int MostListCharacters = 65_536;

    private static readonly bool IsWindows = OperatingSystem.IsWindows();

    private readonly delegate* unmanaged<CULong, nint, nint, nint*, CLong> _establish;
    private readonly delegate* unmanaged<nint, CLong> _release;
    private readonly delegate* unmanaged<nint, CLong> _cancel;
    private readonly delegate* unmanaged<nint, nint, nint, CULong*, CLong> _list;
    private readonly delegate* unmanaged<nint, CULong, NativeReaderState*, CULong, CLong> _status;
    private readonly delegate* unmanaged<nint, nint, CULong, CULong, nint*, CULong*, CLong> _connect;
    private readonly delegate* unmanaged<nint, CULong, CLong> _disconnect;
    private readonly delegate* unmanaged<nint, CLong> _begin;
    private readonly delegate* unmanaged<nint, CULong, CLong> _end;
    private readonly delegate* unmanaged<nint, NativeIoRequest*, byte*, CULong, NativeIoRequest*, byte*, CULong*, CLong> _transmit;

    private PlatformScard(nint library)
    {
        // Only what takes a text has a form of its own on Windows.
        nint Named(string name, bool takesText = false) => NativeLibrary.GetExport(library, IsWindows && takesText ? name + "W" : name);
        _establish = (delegate* unmanaged<CULong, nint, nint, nint*, CLong>)Named("SCardEstablishContext");
        _release = (delegate* unmanaged<nint, CLong>)Named("SCardReleaseContext");
        _cancel = (delegate* unmanaged<nint, CLong>)Named("SCardCancel");
        _list = (delegate* unmanaged<nint, nint, nint, CULong*, CLong>)Named("SCardListReaders", takesText: true);
        _status = (delegate* unmanaged<nint, CULong, NativeReaderState*, CULong, CLong>)Named("SCardGetStatusChange", takesText: true);
        _connect = (delegate* unmanaged<nint, nint, CULong, CULong, nint*, CULong*, CLong>)Named("SCardConnect", takesText: true);
        _disconnect = (delegate* unmanaged<nint, CULong, CLong>)Named("SCardDisconnect");
        _begin = (delegate* unmanaged<nint, CLong>)Named("SCardBeginTransaction");
        _end = (delegate* unmanaged<nint, CULong, CLong>)Named("SCardEndTransaction");
        _transmit = (delegate* unmanaged<nint, NativeIoRequest*, byte*, CULong, NativeIoRequest*, byte*, CULong*, CLong>)Named("SCardTransmit");
    }

    public static string LibraryName => IsWindows ? "winscard.dll" : "libpcsclite.so.1";

    /// <summary>The platform's PC/SC; null: this machine has none.</summary>
    public static PlatformScard? Load()
    {
        try
        {
            return NativeLibrary.TryLoad(LibraryName, out var library) ? new PlatformScard(library) : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A library of that name that is none.
            return null;
        }
    }

    public ScardError Establish(out nint context)
    {
        nint made = 0;
        var result = Of(_establish(new CULong(ScopeSystem), 0, 0, &made));
        context = made;
        return result;
    }

    public ScardError Release(nint context) => Of(_release(context));

    public ScardError Cancel(nint context) => Of(_cancel(context));

    public ScardError ListReaders(nint context, out IReadOnlyList<string> readers)
    {
        readers = [];
        for (var tries = 0; tries < MostListTries; tries++)
        {
            var length = new CULong(0);
            var result = Of(_list(context, 0, 0, &length));
            if (result != ScardError.Success)
            {
                return result;
            }
            var characters = (int)Math.Min(Low(length), MostListCharacters);
            var buffer = new byte[(characters + 2) * (IsWindows ? 2 : 1)];
            length = new CULong((uint)characters);
            fixed (byte* start = buffer)
            {
                result = Of(_list(context, 0, (nint)start, &length));
            }
            if (result == ScardError.InsufficientBuffer)
            {
                // A reader came between the two calls.
                continue;
            }
            if (result == ScardError.Success)
            {
                readers = (IsWindows ? Encoding.Unicode : Encoding.UTF8).GetString(buffer).Split('\0', StringSplitOptions.RemoveEmptyEntries);
            }
            return result;
        }
        return ScardError.InsufficientBuffer;
    }

    public ScardError GetStatusChange(nint context, uint timeoutMilliseconds, Span<ReaderWatch> readers)
    {
        var native = new NativeReaderState[readers.Length];
        try
        {
            for (var i = 0; i < readers.Length; i++)
            {
                native[i].Reader = Text(readers[i].Name);
                native[i].CurrentState = new CULong((uint)readers[i].Current);
            }
            ScardError result;
            fixed (NativeReaderState* first = native)
            {
                result = Of(_status(context, new CULong(timeoutMilliseconds), first, new CULong((uint)readers.Length)));
            }
            for (var i = 0; i < readers.Length; i++)
            {
                readers[i].Event = (ReaderFlags)Low(native[i].EventState);
                fixed (byte* atr = native[i].Atr)
                {
                    readers[i].Atr = new ReadOnlySpan<byte>(atr, (int)Math.Min(Low(native[i].AtrLength), MostAtrBytes)).ToArray();
                }
            }
            return result;
        }
        finally
        {
            foreach (var state in native)
            {
                Free(state.Reader);
            }
        }
    }

    public ScardError Connect(nint context, string reader, out nint card, out uint protocol)
    {
        var name = Text(reader);
        try
        {
            nint handle = 0;
            var active = new CULong(0);
            var result = Of(_connect(context, name, new CULong(ShareShared), new CULong(ProtocolAny), &handle, &active));
            (card, protocol) = (handle, Low(active));
            return result;
        }
        finally
        {
            Free(name);
        }
    }

    public ScardError Disconnect(nint card, bool reset) => Of(_disconnect(card, new CULong(reset ? ResetTheCard : LeaveCard)));

    public ScardError Begin(nint card) => Of(_begin(card));

    public ScardError End(nint card) => Of(_end(card, new CULong(LeaveCard)));

    public ScardError Transmit(nint card, uint protocol, ReadOnlySpan<byte> command, Span<byte> answer, out int length)
    {
        var by = new NativeIoRequest { Protocol = new CULong(protocol), Length = new CULong((uint)sizeof(NativeIoRequest)) };
        var received = new CULong((uint)answer.Length);
        fixed (byte* sent = command)
        {
            fixed (byte* got = answer)
            {
                var result = Of(_transmit(card, &by, sent, new CULong((uint)command.Length), null, got, &received));
                length = result == ScardError.Success ? (int)Math.Min(Low(received), (uint)answer.Length) : 0;
                return result;
            }
        }
    }

    /// <summary>pcsclite gives a code as a positive 64-bit number, Windows as a negative 32-bit one: the low 32 bits are the code.</summary>
    private static ScardError Of(CLong result) => (ScardError)unchecked((uint)result.Value);

    private static uint Low(CULong value) => unchecked((uint)value.Value);

    private static nint Text(string text) => IsWindows ? Marshal.StringToCoTaskMemUni(text) : Marshal.StringToCoTaskMemUTF8(text);

    private static void Free(nint text) => Marshal.FreeCoTaskMem(text);

    /// <summary>SCARD_READERSTATE: 36 bytes of ATR on Windows; 33 and three of padding with pcsclite, the same in all.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct NativeReaderState
    {
        public nint Reader;
        public nint UserData;
        public CULong CurrentState;
        public CULong EventState;
        public CULong AtrLength;
        public fixed byte Atr[36];
    }

    /// <summary>SCARD_IO_REQUEST.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct NativeIoRequest
    {
        public CULong Protocol;
        public CULong Length;
    }
}

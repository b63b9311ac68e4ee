using System.Runtime.InteropServices;

namespace EdgeHub.Agent.Devices.Serial;

/// <summary>The calls of the C library that a serial line needs; termios as glibc and musl have it on x86-64 and arm64: 60 bytes.</summary>
internal static unsafe partial class LinuxSerial
{
    public const int ReadWrite = 2;
    public const int NoControllingTerminal = 0x100;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int NoSuchFile = 2;
    public const int Interrupted = 4;
    public const int InputOutput = 5;
    public const int NoSuchDevice = 6;
    public const int WouldBlock = 11;
    public const int NoAccess = 13;
    public const int Busy = 16;
    public const int NoDevice = 19;
    public const short In = 1;
    public const short Out = 4;
    public const short Failed = 8;
    public const short HungUp = 16;
    public const short Invalid = 32;
    private const string C = "libc";

    [StructLayout(LayoutKind.Sequential)]
    public struct Termios
    {
        public uint InputFlags;
        public uint OutputFlags;
        public uint ControlFlags;
        public uint LocalFlags;
        public byte Discipline;
        public fixed byte Characters[32];
        public uint InputSpeed;
        public uint OutputSpeed;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Polled
    {
        public int File;
        public short Events;
        public short Happened;
    }

    [LibraryImport(C, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, uint mode);

    [LibraryImport(C, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int file);

    [LibraryImport(C, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int file, byte* buffer, nint length);

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int file, byte* buffer, nint length);

    [LibraryImport(C, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(Polled* files, nuint count, int milliseconds);

    [LibraryImport(C, EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int GetAttributes(int file, Termios* termios);

    [LibraryImport(C, EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int SetAttributes(int file, int when, Termios* termios);

    [LibraryImport(C, EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw(Termios* termios);

    [LibraryImport(C, EntryPoint = "cfsetspeed", SetLastError = true)]
    public static partial int SetSpeed(Termios* termios, uint speed);

    [LibraryImport(C, EntryPoint = "tcflush", SetLastError = true)]
    public static partial int Flush(int file, int which);

    [LibraryImport(C, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int file, int operation);

    [LibraryImport(C, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int file, nuint request, nint argument);

    [LibraryImport(C, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int Event(uint initial, int flags);

    public static int LastError => Marshal.GetLastPInvokeError();

    public static string Said(string call) => $"{call}: {Marshal.GetPInvokeErrorMessage(LastError)} ({LastError})";
}

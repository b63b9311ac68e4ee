using System.Runtime.InteropServices;

namespace EdgeHub.Sync.Stores;

// SQLite's structures as its header has them: sqlite3_vfs, sqlite3_io_methods, sqlite3_file.
internal static unsafe partial class LogVfs
{
    private const string Library = "e_sqlite3";

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_find")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial Vfs* Find(byte* name);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int Add(Vfs* vfs, int makeDefault);

    /// <summary>Where there is no memory a write goes straight to the system: nothing may be thrown through SQLite.</summary>
    private static void* AllocateOrNull(int bytes)
    {
        try
        {
            return NativeMemory.Alloc((nuint)bytes);
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>A log's file: what SQLite sees of it, and behind it the system's own.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Log
    {
        public Methods* Methods;
        public byte* Bytes;

        /// <summary>Where in the file the gathered bytes begin.</summary>
        public long At;

        public int Gathered;
        public int Unused;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Vfs
    {
        public int Version;
        public int FileBytes;
        public int PathBytes;
        public Vfs* Next;
        public byte* Name;
        public void* Data;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, Log*, int, int*, int> Open;
        public void* Delete;
        public void* Access;
        public void* FullPathname;
        public void* LibraryOpen;
        public void* LibraryError;
        public void* LibrarySymbol;
        public void* LibraryClose;
        public void* Randomness;
        public void* Sleep;
        public void* CurrentTime;
        public void* LastError;
        public void* CurrentTime64;
        public void* SetSystemCall;
        public void* GetSystemCall;
        public void* NextSystemCall;
    }

    /// <summary>The first of the methods' three versions: a log has no need for the others.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<Log*, int> Close;
        public delegate* unmanaged[Cdecl]<Log*, void*, int, long, int> Read;
        public delegate* unmanaged[Cdecl]<Log*, byte*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<Log*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<Log*, int, int> Sync;
        public delegate* unmanaged[Cdecl]<Log*, long*, int> FileSize;
        public delegate* unmanaged[Cdecl]<Log*, int, int> Lock;
        public delegate* unmanaged[Cdecl]<Log*, int, int> Unlock;
        public delegate* unmanaged[Cdecl]<Log*, int*, int> CheckReservedLock;
        public delegate* unmanaged[Cdecl]<Log*, int, void*, int> FileControl;
        public delegate* unmanaged[Cdecl]<Log*, int> SectorSize;
        public delegate* unmanaged[Cdecl]<Log*, int> DeviceCharacteristics;
    }
}

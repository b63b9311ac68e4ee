using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeHub.Sync.Stores;

/// <summary>SQLite's own file layer, but for one thing: what a commit writes to the log is gathered and goes to the system in one call before the
/// commit's sync, not in two calls for each page. What is written, its place, its order before the sync and the sync itself stay. Only
/// inside <see cref="Commit"/>, and only with synchronous=FULL: there a commit syncs the log before anybody, its own connection too,
/// looks at what it wrote, and while nobody else may write. Whatever else is written goes straight to the system.</summary>
internal static unsafe partial class LogVfs
{
    /// <summary>Some thirty pages; a commit of more goes to the system in pieces of this. SQLite's layer writes less than 128 KiB at once.</summary>
    internal const int MostGathered = 124_000;

    private const string Name = "gathered-log";
    private const int OpenIsLog = 0x00080000;
    private const int Ok = 0;

    private static readonly Lazy<bool> Registered = new(Register);

    private static Vfs* _system;
    private static Methods* _methods;

    [ThreadStatic]
    private static bool _gathers;

    /// <summary>The log that this thread's commit writes.</summary>
    [ThreadStatic]
    private static Log* _log;

    /// <summary>The layer's name for a connection that writes; null: the system's own. Windows is left as it is: nobody has tried it there.</summary>
    public static string? ForWriters => OperatingSystem.IsLinux() && Registered.Value ? Name : null;

    /// <summary>Runs one commit of this thread; what it writes to its log is gathered until its sync.</summary>
    /// <exception cref="InvalidOperationException">The commit returned without a sync: its connection is not synchronous=FULL.</exception>
    public static void Commit(PreparedStatement statement)
    {
        _gathers = true;
        var returned = false;
        try
        {
            statement.Run();
            returned = true;
        }
        finally
        {
            var log = _log;
            _gathers = false;
            _log = null;
            if (log is not null && log->Gathered > 0)
            {
                Left(log, returned);
            }
        }
    }

    /// <summary>What a failed commit leaves is dropped: it counts as not written, and nobody reads that place before it is written again.</summary>
    private static void Left(Log* log, bool returned)
    {
        if (returned)
        {
            Flush(log);
            throw new InvalidOperationException("A commit returned before its log was synced; expected synchronous=FULL.");
        }
        log->Gathered = 0;
    }

    private static bool Register()
    {
        _system = Find(null);
        if (_system is null)
        {
            return false;
        }
        // Both are kept as long as the process: SQLite points at them.
        _methods = (Methods*)NativeMemory.Alloc((nuint)sizeof(Methods));
        *_methods = new Methods
        {
            Version = 1, Close = &Close, Read = &Read, Write = &Write, Truncate = &Truncate, Sync = &Sync, FileSize = &FileSize, Lock = &Lock, Unlock = &Unlock,
            CheckReservedLock = &CheckReservedLock, FileControl = &FileControl, SectorSize = &SectorSize, DeviceCharacteristics = &DeviceCharacteristics,
        };
        var ours = (Vfs*)NativeMemory.Alloc((nuint)sizeof(Vfs));
        *ours = *_system;
        ours->FileBytes = sizeof(Log) + _system->FileBytes;
        ours->Next = null;
        ours->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
        ours->Open = &Open;
        return Add(ours, 0) == Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Vfs* vfs, byte* name, Log* file, int flags, int* outFlags)
    {
        if ((flags & OpenIsLog) == 0)
        {
            // Any other file is the system's own, methods and all.
            return _system->Open(_system, name, file, flags, outFlags);
        }
        *file = default;
        Under(file)->Methods = null;
        var code = _system->Open(_system, name, Under(file), flags, outFlags);
        // A file without methods counts as not opened.
        file->Methods = Under(file)->Methods is null ? null : _methods;
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(Log* file, byte* bytes, int length, long at)
    {
        _log = _gathers && _log is null ? file : _log;
        if (!_gathers || _log != file)
        {
            return Under(file)->Methods->Write(Under(file), bytes, length, at);
        }
        if (file->Gathered > 0 && (at != file->At + file->Gathered || length > MostGathered - file->Gathered) && Flush(file) is not Ok and var full)
        {
            return full;
        }
        if (file->Bytes is null)
        {
            file->Bytes = (byte*)AllocateOrNull(MostGathered);
        }
        if (length > MostGathered || file->Bytes is null)
        {
            return Under(file)->Methods->Write(Under(file), bytes, length, at);
        }
        file->At = file->Gathered == 0 ? at : file->At;
        Unsafe.CopyBlockUnaligned(file->Bytes + file->Gathered, bytes, (uint)length);
        file->Gathered += length;
        return Ok;
    }

    /// <summary>Writes what was gathered. A failure is told to SQLite inside the commit that wrote it, which fails of it.</summary>
    private static int Flush(Log* file)
    {
        var length = file->Gathered;
        file->Gathered = 0;
        return length == 0 ? Ok : Under(file)->Methods->Write(Under(file), file->Bytes, length, file->At);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(Log* file, int flags) => Flush(file) is not Ok and var failed ? failed : Under(file)->Methods->Sync(Under(file), flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(Log* file)
    {
        NativeMemory.Free(file->Bytes);
        file->Bytes = null;
        file->Gathered = 0;
        return Under(file)->Methods->Close(Under(file));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(Log* file, void* bytes, int length, long at) =>
        Flush(file) is not Ok and var failed ? failed : Under(file)->Methods->Read(Under(file), bytes, length, at);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(Log* file, long length) => Flush(file) is not Ok and var failed ? failed : Under(file)->Methods->Truncate(Under(file), length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(Log* file, long* length) => Flush(file) is not Ok and var failed ? failed : Under(file)->Methods->FileSize(Under(file), length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(Log* file, int level) => Under(file)->Methods->Lock(Under(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unlock(Log* file, int level) => Under(file)->Methods->Unlock(Under(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReservedLock(Log* file, int* isHeld) => Under(file)->Methods->CheckReservedLock(Under(file), isHeld);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileControl(Log* file, int what, void* value) => Under(file)->Methods->FileControl(Under(file), what, value);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(Log* file) => Under(file)->Methods->SectorSize(Under(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DeviceCharacteristics(Log* file) => Under(file)->Methods->DeviceCharacteristics(Under(file));

    /// <summary>The system's own file, behind ours in the room that SQLite gives.</summary>
    private static Log* Under(Log* file) => file + 1;
}

using System.Runtime.InteropServices;

namespace EdgeHub.Sync.Stores;

/// <summary>The calls that a statement makes for each value, straight into SQLite: a settlement makes a hundred of them, and the binding's own pass
/// a counted handle through each. The statement's owner keeps its handle open meanwhile. Those without a change of the collector's
/// state neither wait nor call back and take some nanoseconds.</summary>
internal static class SqliteCalls
{
    /// <summary>The very library that the binding loads.</summary>
    private const string Library = "e_sqlite3";

    /// <summary>SQLite copies what is bound, before the call returns.</summary>
    private static readonly nint Copied = -1;

    public static int BindText(nint statement, int place, ReadOnlySpan<byte> utf8) => BindText(statement, place, ref MemoryMarshal.GetReference(utf8), utf8.Length, Copied);

    public static int BindBytes(nint statement, int place, ReadOnlySpan<byte> bytes) => BindBytes(statement, place, ref MemoryMarshal.GetReference(bytes), bytes.Length, Copied);

    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_step")]
    public static extern int Step(nint statement);

    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_reset")]
    public static extern int Reset(nint statement);

    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_bind_int64")]
    [SuppressGCTransition]
    public static extern int BindInteger(nint statement, int place, long value);

    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_bind_null")]
    [SuppressGCTransition]
    public static extern int BindNull(nint statement, int place);

    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_column_type")]
    [SuppressGCTransition]
    public static extern int ColumnType(nint statement, int column);

    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_column_int64")]
    [SuppressGCTransition]
    public static extern long ColumnInteger(nint statement, int column);

    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_column_count")]
    [SuppressGCTransition]
    public static extern int ColumnCount(nint statement);

    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_bind_text")]
    private static extern int BindText(nint statement, int place, ref byte utf8, int length, nint destructor);

    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_bind_blob")]
    private static extern int BindBytes(nint statement, int place, ref byte bytes, int length, nint destructor);
}

using SQLitePCL;

namespace EdgeHub.Sync.Stores;

// The log's length: when it is moved into the file, and the room that it keeps.
public sealed partial class SqliteStore
{
    private const int LogHeaderBytes = 32;
    private const int LogFrameHeaderBytes = 24;
    private const int ZeroBytes = 1 << 20;

    /// <summary>A disk with less room than this many logs keeps it for facts.</summary>
    private const int FreeLogs = 16;

    private long _pagesAtCheckpoint;

    /// <summary>Pages that this connection has written to its log so far: what commits cost the disk.</summary>
    public long PagesWritten
    {
        get
        {
            raw.sqlite3_db_status(Sqlite.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 0);
            return pages;
        }
    }

    /// <summary>A log that grows makes the file system write its own tables at every sync, three to five times the time of an
    /// overwrite. So a roomy store's log is laid out once, and is written from its beginning again after each checkpoint.</summary>
    internal override void WhenStarted()
    {
        if (_roomy && new DriveInfo(Path.GetFullPath(Name)).AvailableFreeSpace > FreeLogs * Bytes(CheckpointPages))
        {
            LayOutLog();
        }
    }

    internal override bool NeedsUpkeep => !_roomy || PagesWritten - _pagesAtCheckpoint >= CheckpointPages;

    internal override void AfterCommit()
    {
        var (length, pages) = (LogLength(), PagesWritten);
        if (length < _checkpointAtBytes && (!_roomy || pages - _pagesAtCheckpoint < CheckpointPages))
        {
            return;
        }
        var full = Bytes(CheckpointPages);
        var cut = !_roomy || length > _checkpointAtBytes;
        if (Checkpoint(truncate: cut))
        {
            (_checkpointAtBytes, _pagesAtCheckpoint) = (CheckpointAt, pages);
            if (cut && _roomy)
            {
                WhenStarted();
            }
            return;
        }
        // A reader in the way: not again at every commit, but after as much as much log.
        (_checkpointAtBytes, _pagesAtCheckpoint) = (length + full, pages);
    }

    internal override void WhenIdle()
    {
        var length = LogLength();
        if (length == 0)
        {
            return;
        }
        if (!_roomy)
        {
            _checkpointAtBytes = Checkpoint(truncate: true) ? CheckpointAt : _checkpointAtBytes;
        }
        else if (Checkpoint(truncate: false))
        {
            _pagesAtCheckpoint = PagesWritten;
        }
    }

    /// <summary>Log that came from other processes beyond the room counts too.</summary>
    private long CheckpointAt => _roomy ? 2 * Bytes(CheckpointPages) : Bytes(CheckpointPages);

    private void LayOutLog()
    {
        // In a transaction that writes nothing: nobody else writes to the log meanwhile. Zeros behind its end are no frames.
        Begin(forWriting: true);
        try
        {
            using var log = File.OpenHandle(LogFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            var zeros = new byte[ZeroBytes];
            var end = Bytes(CheckpointPages);
            for (var at = RandomAccess.GetLength(log); at < end; at += zeros.Length)
            {
                RandomAccess.Write(log, zeros.AsSpan(0, (int)Math.Min(zeros.Length, end - at)), at);
            }
            RandomAccess.FlushToDisk(log);
        }
        finally
        {
            Rollback();
        }
    }

    private long Bytes(int pages) => LogHeaderBytes + (pages * (_pageBytes + LogFrameHeaderBytes));

    private long LogLength()
    {
        var log = new FileInfo(LogFile);
        return log.Exists ? log.Length : 0;
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Store;

/// <summary>What a hub is set up with, once.</summary>
/// <param name="Region">Code of the scheme's own geography, for example 530924: the first column of every key.</param>
/// <param name="TimeZone">IANA name; civil days of the region are counted in it.</param>
/// <param name="DemoOffsetSeconds">A demonstration clock's offset; 0 in service.</param>
public sealed record HubSettings(string Region, string TimeZone, long DemoOffsetSeconds);

/// <summary>The hub's database (DIR/hub.db) and keys (DIR/keys). One writer with group commit; readers are short and many. Other
/// processes may open the same folder: SQLite's own lock puts their transactions one after the other.</summary>
public sealed class HubStore : IDisposable
{
    public const string FileName = "hub.db";

    /// <summary>Connections kept for reading; more readers at once open one for themselves.</summary>
    private const int IdleReaders = 4;

    private readonly SqliteStore _store;
    private readonly string _file;
    private readonly IStoreWatch _watch;
    private readonly ConcurrentBag<SqliteStore> _readers = [];
    private bool _disposed;

    private HubStore(string directory, HubSettings settings, SqliteStore store, TimeProvider clock, IEntropy entropy, IStoreWatch watch)
    {
        (_store, _watch, _file) = (store, watch, Path.Combine(directory, FileName));
        (Directory, Settings, Entropy) = (directory, settings, entropy);
        Clock = settings.DemoOffsetSeconds == 0 ? clock : new DemoClock(clock, TimeSpan.FromSeconds(settings.DemoOffsetSeconds));
        Keys = HubKeys.OpenOrMake(Path.Combine(directory, "keys"), entropy);
        Writer = new GroupCommitWriter(store);
        Writer.Start(clock);
    }

    public string Directory { get; }
    public HubSettings Settings { get; }
    public string Region => Settings.Region;

    /// <summary>The hub's time, a demonstration's offset included.</summary>
    public TimeProvider Clock { get; }

    public IEntropy Entropy { get; }
    public HubKeys Keys { get; }
    public GroupCommitWriter Writer { get; }

    /// <summary>Milliseconds since 1970 on the hub's clock, as the tables keep instants.</summary>
    public long NowMilliseconds => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Opens a hub that was made before.</summary>
    /// <exception cref="FaultException">There is no hub in the folder.</exception>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    public static HubStore Open(string directory, TimeProvider clock, IEntropy entropy, IStoreWatch? watch = null)
    {
        if (!File.Exists(Path.Combine(directory, FileName)))
        {
            throw new FaultException(new Fault(Codes.NotFound, "--data", directory, "a folder in which \"hub init\" or \"hub serve --region\" made a hub"));
        }
        return OpenOrMake(directory, null, clock, entropy, watch);
    }

    /// <summary>Opens the hub of the folder, or makes it there.</summary>
    /// <param name="settings">For a new hub; for one that exists the region must be the same, and a changed time zone or
    /// demonstration offset is stored. Null: as stored.</param>
    /// <exception cref="FaultException">Another region's hub stands there, or the settings are not usable.</exception>
    public static HubStore OpenOrMake(string directory, HubSettings? settings, TimeProvider clock, IEntropy entropy, IStoreWatch? watch = null)
    {
        if (settings is not null)
        {
            Check(settings);
        }
        MakeFolder(directory);
        var seams = watch ?? IStoreWatch.None;
        var store = SqliteStore.Open(Path.Combine(directory, FileName), readOnly: false, seams);
        try
        {
            HubMigrations.Apply(store);
            var held = store.Write(session => Meta.Settle(session, settings))
                ?? throw new FaultException(new Fault(Codes.Missing, "--region", "", "the region's code for a new hub, for example 530924"));
            return new HubStore(directory, held, store, clock, entropy, seams);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Hands work to the one writer; the task ends after its commit.</summary>
    public Task<T> Submit<T>(Func<StoreSession, T> work) => Writer.Submit(work);

    /// <summary>The same, waiting for the commit: for commands and background steps, not for requests.</summary>
    public T Write<T>(Func<StoreSession, T> work) => Writer.Submit(work).GetAwaiter().GetResult();

    /// <summary>Reads on one snapshot, beside the writer.</summary>
    public T Read<T>(Func<StoreSession, T> work)
    {
        if (!_readers.TryTake(out var reader))
        {
            reader = SqliteStore.Open(_file, readOnly: true, _watch);
        }
        try
        {
            return reader.Read(work);
        }
        finally
        {
            if (_disposed || _readers.Count >= IdleReaders)
            {
                reader.Dispose();
            }
            else
            {
                _readers.Add(reader);
            }
        }
    }

    /// <summary>SQLite's own check of the file: "ok", or what was found.</summary>
    public string QuickCheck()
    {
        using var reader = SqliteStore.Open(_file, readOnly: true, _watch);
        return reader.QuickCheck();
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        Writer.Dispose();
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
        _store.Dispose();
        Keys.Dispose();
    }

    /// <summary>The database holds personal data: only its owner may look into a folder that we make.</summary>
    private static void MakeFolder(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(directory);
        }
        else if (!System.IO.Directory.Exists(directory))
        {
            System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void Check(HubSettings settings)
    {
        if (settings.Region.Length is 0 or > 12 || !settings.Region.All(char.IsAsciiLetterOrDigit))
        {
            throw new FaultException(new Fault(Codes.BadCharacter, "--region", settings.Region, "1 to 12 letters or digits, for example 530924"));
        }
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out _))
        {
            throw new FaultException(new Fault(Codes.UnknownCode, "--time-zone", settings.TimeZone, "an IANA time zone, for example Asia/Shanghai"));
        }
        const long fiftyYears = 50L * 366 * 24 * 3600;
        if (Math.Abs(settings.DemoOffsetSeconds) > fiftyYears)
        {
            throw new FaultException(new Fault(Codes.BadNumber, "--demo-offset-seconds", settings.DemoOffsetSeconds.ToString(CultureInfo.InvariantCulture), "at most fifty years"));
        }
    }
}

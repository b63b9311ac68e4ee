using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Store;

/// <summary>What a hub is set up with, once.</summary>
/// <param name="Region">Code of the scheme's own geography, for example 530924: the first column of every key.</param>
/// <param name="TimeZone">IANA name; civil days of the region are counted in it.</param>
/// <param name="DemoOffsetSeconds">A demonstration clock's offset; 0 in service.</param>
public sealed record HubSettings(string Region, string TimeZone, long DemoOffsetSeconds)
{
    /// <summary>The currency of the region's fund. Its books and budgets are in it.</summary>
    public Currency Currency { get; init; } = Currency.Cny;
}

/// <summary>The hub's database (DIR/hub.db, or a database on PostgreSQL) and keys (DIR/keys). One writer with group commit; readers
/// are short and many. Other processes may open the same store: a lock of the database puts the writers' transactions one after
/// the other. On PostgreSQL what ingest stores goes beside the writer, in lanes that lock by row.</summary>
public sealed class HubStore : IDisposable
{
    public const string FileName = "hub.db";

    private const string KeyIdName = "hub_key";

    /// <summary>How long a reader waits for a connection.</summary>
    private static readonly TimeSpan ReadersTurn = TimeSpan.FromSeconds(30);

    private const string TicketKeyName = "ticket_key";

    private readonly Sync.Stores.Store _store;
    private readonly HubLock? _lock;
    private readonly HubMark? _mark;
    private readonly StorePlace _place;
    private readonly IStoreWatch _watch;
    private readonly ConcurrentBag<Sync.Stores.Store> _readers = [];
    private readonly Lazy<IReadOnlyList<Lane>> _lanes;
    private readonly SemaphoreSlim _reading;
    private readonly bool _ownThread;
    private bool _disposed;

    private HubStore(
        string directory, Opened opened, Sync.Stores.Store store, StorePlace place, HubLock? held, TimeProvider clock, IEntropy entropy, IStoreWatch watch, bool ownThread)
    {
        var settings = opened.Settings;
        (_store, _lock, _watch, _place, _ownThread) = (store, held, watch, place, ownThread);
        _reading = new SemaphoreSlim(place.MostReaders);
        _lanes = new Lazy<IReadOnlyList<Lane>>(() => [.. Enumerable.Range(0, place.Lanes).Select(_ => new Lane(place.Lane(watch), clock, ownThread))]);
        (Directory, Settings, Entropy) = (directory, settings, entropy);
        Clock = settings.DemoOffsetSeconds == 0 ? clock : new DemoClock(clock, TimeSpan.FromSeconds(settings.DemoOffsetSeconds));
        ClockWatch = new ClockWatch(Clock);
        (Keys, Feeds) = (opened.Keys, opened.Feeds);
        _mark = place.IsShared ? null : new HubMark(Path.Combine(directory, FileName));
        Writer = _mark is { } mark ? new GroupCommitWriter(store, mark.Note, committed => Marked(mark, committed)) : new GroupCommitWriter(store);
        if (ownThread)
        {
            Writer.Start(clock);
        }
    }

    public string Directory { get; }
    public HubSettings Settings { get; }
    public string Region => Settings.Region;

    /// <summary>The hub's time, a demonstration's offset included.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Asked before anything is taken from a clinic, told to one, or decided.</summary>
    public ClockWatch ClockWatch { get; }

    public IEntropy Entropy { get; }
    public HubKeys Keys { get; }

    /// <summary>Which life of the feeds' counter this is.</summary>
    public FeedIncarnation Feeds { get; }

    /// <summary>Others could look into the folder until now; worth a warning.</summary>
    public bool WasOpenToOthers { get; private init; }

    public GroupCommitWriter Writer { get; }

    /// <summary>Milliseconds since 1970 on the hub's clock, as the tables keep instants.</summary>
    public long NowMilliseconds => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Opens a hub that was made before.</summary>
    /// <exception cref="FaultException">There is no hub in the folder.</exception>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    public static HubStore Open(string directory, TimeProvider clock, IEntropy entropy, IStoreWatch? watch = null, bool ownThread = true)
    {
        if (!StorePlace.Stands(directory))
        {
            throw new FaultException(new Fault(Codes.NotFound, "--data", directory, "a folder in which \"hub init\" or \"hub serve --region\" made a hub"));
        }
        return OpenOrMake(directory, null, clock, entropy, watch, ownThread: ownThread);
    }

    /// <summary>Opens the hub of the folder, or makes it there.</summary>
    /// <param name="settings">For a new hub; for one that exists the region must be the same, and a changed time zone or
    /// demonstration offset is stored. Null: as stored.</param>
    /// <param name="serving">One process at a time, the one that checkpoints; commands beside it do not.</param>
    /// <param name="restored">The operator says that folder and keys were restored from a backup.</param>
    /// <param name="place">Words of connection to PostgreSQL, kept in the folder from then on; null: as kept there, else hub.db.</param>
    /// <exception cref="FaultException">Another region's hub stands there, or the settings are not usable.</exception>
    /// <param name="ownThread">False: nothing is written but by <see cref="WriteOnce"/> and <see cref="Write{T}"/>, which a simulator calls.</param>
    /// <exception cref="StoreException">The database or the keys cannot be used; Busy: another process serves this hub.</exception>
    public static HubStore OpenOrMake(
        string directory, HubSettings? settings, TimeProvider clock, IEntropy entropy, IStoreWatch? watch = null, bool serving = false, bool restored = false,
        string? place = null, bool ownThread = true)
    {
        if (settings is not null)
        {
            Check(settings);
        }
        var open = OwnerFiles.Folder(directory);
        var seams = watch ?? IStoreWatch.None;
        var where = StorePlace.Of(directory, place, clock);
        var held = where.IsShared ? null : HubLock.Take(directory, serving, clock);
        Sync.Stores.Store? store = null;
        try
        {
            store = where.Writer(seams, held, serving);
            HubMigrations.Apply(store);
            CitusPlacing.Apply(store);
            if (!where.IsShared)
            {
                store.Read(session => HubMark.Demand(Path.Combine(directory, FileName), session, restored));
            }
            var opened = store.Write(session => Settle(session, settings, Path.Combine(directory, "keys"), entropy, restored, where.IsShared));
            where.Keep();
            return new HubStore(directory, opened, store, where, held, clock, entropy, seams, ownThread) { WasOpenToOthers = open };
        }
        catch (Exception failed)
        {
            store?.Dispose();
            held?.Dispose();
            if (!where.IsShared && failed is (FormatException or OverflowException or InvalidCastException or DbException))
            {
                throw new StoreException(Codes.StoreDamaged, Path.Combine(directory, FileName), "what it keeps of itself cannot be read: " + failed.Message, failed);
            }
            throw;
        }
    }

    /// <summary>Settings, keys and the feeds' incarnation in one transaction: what belongs to a new hub is there wholly or not at all.</summary>
    private static Opened Settle(StoreSession session, HubSettings? given, string keysFolder, IEntropy entropy, bool restored, bool shared)
    {
        var isNew = Meta.Region(session) is null;
        var settings = Meta.Settle(session, given)
            ?? throw new FaultException(new Fault(Codes.Missing, "--region", "", "the region's code for a new hub, for example 530924"));
        var keys = HubKeys.Open(keysFolder, entropy, isNew, Meta.Find(session, settings.Region, KeyIdName));
        try
        {
            Meta.Put(session, settings.Region, KeyIdName, keys.Signer.KeyId);
            if (shared)
            {
                keys.RefuseOtherTickets(restored ? null : Meta.Find(session, settings.Region, TicketKeyName));
                Meta.Put(session, settings.Region, TicketKeyName, keys.TicketKeyId);
            }
            return new Opened(settings, keys, FeedIncarnation.Open(session, settings.Region, keysFolder, entropy, restored, shared));
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <summary>Hands work to the one writer; the task ends after its commit.</summary>
    public Task<T> Submit<T>(Func<StoreSession, T> work) => Writer.Submit(work);

    /// <summary>The same, waiting for the commit: for commands and background steps, not for requests.</summary>
    public T Write<T>(Func<StoreSession, T> work)
    {
        var written = Writer.Submit(work);
        while (!_ownThread && !written.IsCompleted && Writer.WriteOnce())
        {
        }
        return written.GetAwaiter().GetResult();
    }

    /// <summary>One step of the writer, or of a lane, for simulators that opened without threads of its own.</summary>
    /// <returns>False: nothing waited.</returns>
    public bool WriteOnce() => Writer.WriteOnce() || (_lanes.IsValueCreated && _lanes.Value.Any(lane => lane.Writer.WriteOnce()));

    /// <summary>Other processes may serve the same database.</summary>
    public bool IsShared => _place.IsShared;

    /// <summary>How many lanes <see cref="SubmitTo{T}"/> knows, at least one.</summary>
    public int Lanes => Math.Max(1, _place.Lanes);

    /// <summary>Hands work to a lane: one transaction of its own, beside the writer and the other lanes, so it locks what it changes
    /// by row. Where there is one writer for everything, the writer is the lane.</summary>
    /// <param name="lane">Any number; the lane is its rest.</param>
    public Task<T> SubmitTo<T>(long lane, Func<StoreSession, T> work) =>
        _place.Lanes == 0 ? Writer.Submit(work) : _lanes.Value[(int)(lane % _place.Lanes)].Writer.Submit(work);

    /// <summary>Reads on one snapshot, beside the writer.</summary>
    public T Read<T>(Func<StoreSession, T> work)
    {
        if (!_reading.Wait(ReadersTurn))
        {
            throw new StoreException(Codes.Busy, _store.Name, $"all {_place.MostReaders} connections for reading are taken; try again");
        }
        var pooled = _readers.TryTake(out var reader);
        try
        {
            reader ??= _place.Reader(_watch);
            return reader.Read(work);
        }
        catch (StoreException lost) when (pooled && lost.Code == Codes.StoreUnreachable)
        {
            // A server that was started again ends all old connections; reading once more does nothing twice.
            return reader!.Read(work);
        }
        finally
        {
            if (reader is not null && !_disposed && _readers.Count < _place.IdleReaders)
            {
                _readers.Add(reader);
            }
            else
            {
                reader?.Dispose();
            }
            _reading.Release();
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        Writer.Dispose();
        if (_lanes.IsValueCreated)
        {
            foreach (var lane in _lanes.Value)
            {
                lane.Dispose();
            }
        }
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
        _mark?.Dispose();
        _store.Dispose();
        _lock?.Dispose();
        Keys.Dispose();
    }

    private static void Marked(HubMark mark, bool committed)
    {
        if (committed)
        {
            mark.Write();
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

    /// <summary>A connection that writes by row, each item in a transaction of its own.</summary>
    private sealed class Lane : IDisposable
    {
        private readonly Sync.Stores.Store _store;

        public Lane(Sync.Stores.Store store, TimeProvider clock, bool ownThread)
        {
            _store = store;
            Writer = new GroupCommitWriter(store, mostInGroup: 1);
            if (ownThread)
            {
                Writer.Start(clock);
            }
        }

        public GroupCommitWriter Writer { get; }

        public void Dispose()
        {
            Writer.Dispose();
            _store.Dispose();
        }
    }

    private sealed record Opened(HubSettings Settings, HubKeys Keys, FeedIncarnation Feeds);
}

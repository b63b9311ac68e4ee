using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeHub.Agent.Access;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Store;

/// <summary>The agent's one store: one writer with group commit, everything that belongs together in one transaction. A damaged
/// store opens too, but refuses all work and says what is wrong.</summary>
public sealed class AgentStore : IDisposable
{
    /// <summary>Between two tries to open a store for which the disk had no room.</summary>
    private const long OpenAgainMilliseconds = 10_000;

    private readonly StateFolder _folder;
    private readonly Func<AgentKeys> _openKeys;
    private readonly IStoreWatch _watch;
    private readonly bool _ownThread;
    private readonly SigningThread? _signing;
    private readonly Lock _opening = new();
    private AgentKeys? _keys;
    private SqliteStore? _store;
    private HeadMark? _mark;
    private volatile GroupCommitWriter? _writer;
    private volatile StoreException? _broken;
    private volatile bool _isFull;
    private long _triedAt;
    private long _pagesWritten;

    private AgentStore(StateFolder folder, AgentClock clock, Func<AgentKeys> openKeys, IStoreWatch watch, bool ownThread)
    {
        (_folder, Clock, _openKeys, _watch, _ownThread) = (folder, clock, openKeys, watch, ownThread);
        _signing = ownThread && Environment.ProcessorCount > 1 ? new SigningThread() : null;
        TryOpen();
    }

    public AgentClock Clock { get; }
    public JournalStore Journal { get; private set; } = null!;
    public MemberStore Members { get; private set; } = null!;
    public VisitStore Visits { get; private set; } = null!;
    public StaffStore Staff { get; private set; } = null!;
    public RequestStore Requests { get; private set; } = null!;
    public PolicyStore Policies { get; private set; } = null!;
    public CatalogueStore Catalogue { get; } = new();
    public FeedStore Feeds { get; private set; } = null!;
    public OutsiderStore Outsiders { get; private set; } = null!;
    public DraftStore Drafts { get; private set; } = null!;
    public RefusedCardStore Refused { get; private set; } = null!;

    /// <summary>What the check at start found.</summary>
    public StoreFindings Findings { get; private set; } = null!;

    /// <summary>Null: not enrolled.</summary>
    public SiteFacts? Site { get; private set; }

    /// <summary>What is wrong with the store; null: sound.</summary>
    public string? Damage => _broken?.Message;

    /// <summary>The disk had no room for what was written last: everything can be read, nothing is taken in.</summary>
    public bool IsFull
    {
        get => _isFull;
        private set => _isFull = value;
    }

    /// <summary>The entries of this start are not in the journal yet, for want of room or of enrolment.</summary>
    public bool AnnouncePending { get; private set; } = true;

    public ISigner? Signer => _keys?.Device;

    public int Waiting => _writer?.Waiting ?? 0;

    public long Commits => _writer?.Commits ?? 0;

    /// <summary>Pages that the commits so far wrote to the store's log.</summary>
    public long PagesWritten => _store?.PagesWritten ?? 0;

    /// <summary>Opens the folder's store, makes or migrates it, checks it, and starts the writer. Never throws for a damaged
    /// store or for keys that cannot be used: it opens refusing. When the disk had no room to open, the next use tries again.</summary>
    public static AgentStore Open(StateFolder folder, IKeyVault vault, IEntropy entropy, AgentClock clock, IStoreWatch watch, bool ownThread = true, IKeyMaker? maker = null) =>
        new(folder, clock, () => AgentKeys.Open(vault, entropy, folder, maker ?? new PlatformKeys()), watch, ownThread);

    /// <summary>Hands work to the writer: one transaction for all that it writes. The task ends after the commit.</summary>
    /// <exception cref="StoreException">StoreDamaged, DiskFull or Busy: nothing of it was stored.</exception>
    public async Task<T> Do<T>(Func<StoreSession, T> work)
    {
        OpenAgainWhenDue();
        if (_broken is { } known || _writer is not { } writer)
        {
            throw new StoreException(_broken?.Code ?? Codes.StoreDamaged, _folder.Database, _broken?.Detail ?? "not open");
        }
        try
        {
            return await writer.Submit(session => Tried(session, work));
        }
        catch (StoreException broken) when (broken.Code is Codes.StoreDamaged or Codes.DiskFull)
        {
            (_broken, IsFull) = broken.Code == Codes.StoreDamaged ? (broken, IsFull) : (_broken, true);
            throw;
        }
    }

    /// <summary>What is handed to <see cref="Do"/> next will most likely write to the journal: who signs beside the writer gets ready.</summary>
    public void WillSign() => _signing?.Awaken();

    private void OpenAgainWhenDue()
    {
        if (_writer is null && _broken?.Code == Codes.DiskFull)
        {
            lock (_opening)
            {
                if (_writer is null && Clock.TickMilliseconds - _triedAt >= OpenAgainMilliseconds)
                {
                    TryOpen();
                }
            }
        }
    }

    private void TryOpen()
    {
        _triedAt = Clock.TickMilliseconds;
        AgentKeys? keys = null;
        SqliteStore? sqlite = null;
        try
        {
            keys = _openKeys();
            sqlite = OpenFile();
            Migrations.Apply(sqlite, typeof(AgentStore).Assembly, "Store/Migrations");
            Connect(keys, sqlite);
        }
        catch (StoreException broken)
        {
            sqlite?.Dispose();
            _keys?.Dispose();
            _keys = keys;
            _broken = broken;
            Findings = new StoreFindings(broken.Message, 0, 0, 0);
        }
    }

    /// <summary>On a full disk without what SQLite shares with other processes, for which there is no room: what stands here can be read.</summary>
    private SqliteStore OpenFile()
    {
        try
        {
            return SqliteStore.Open(_folder.Database, readOnly: false, _watch, roomy: _ownThread);
        }
        catch (StoreException full) when (full.Code == Codes.DiskFull)
        {
            IsFull = true;
            return SqliteStore.Open(_folder.Database, readOnly: false, _watch, alone: true);
        }
    }

    private void Connect(AgentKeys keys, SqliteStore store)
    {
        Journal = new JournalStore(keys.Cipher, Clock) { Ahead = _signing is null ? null : (_signing, () => (keys.Device, Site?.Device)) };
        Members = new MemberStore(keys.Cipher);
        Outsiders = new OutsiderStore(keys.Cipher);
        Visits = new VisitStore(keys.Cipher);
        Staff = new StaffStore(keys.Cipher);
        Requests = new RequestStore(keys.Cipher, Journal);
        Drafts = new DraftStore(keys.Cipher);
        Refused = new RefusedCardStore(keys.Cipher);
        Policies = new PolicyStore();
        Feeds = new FeedStore(Members, Policies, Catalogue, Outsiders);
        (Site, Findings) = store.Read(session => (MetaStore.Site(session), Soundness.In(store, session, Journal, keys)));
        var writer = new GroupCommitWriter(store, session => Journal.Sign(session, keys.Device, Site?.Device), GroupEnded);
        var found = Findings.Damage ?? HeadMark.Fault(_folder.Database, HeadMark.Read(_folder.Database, keys.Cipher), Findings.Epoch, Findings.LastSeq);
        if (Site is { } known)
        {
            if (TimeZoneInfo.TryFindSystemTimeZoneById(known.TimeZone, out var zone))
            {
                Clock.Place(zone);
            }
            else
            {
                // Without it no civil day is right: better no settlement than one on a wrong day.
                found ??= $"this machine does not know the site's time zone {known.TimeZone}";
            }
        }
        _keys?.Dispose();
        _mark?.Dispose();
        _pagesWritten = store.PagesWritten;
        (_keys, _store, _mark) = (keys, store, new HeadMark(_folder.Database, keys.Cipher));
        _broken = found is { } damage ? new StoreException(Codes.StoreDamaged, _folder.Database, damage) : null;
        if (_ownThread)
        {
            writer.Start(Clock.Time);
        }
        _writer = writer;
    }

    /// <summary>Reads everything once and checks it (<see cref="Soundness.Deep"/>): what a start leaves to each row's use. What is found closes the
    /// store as damage met at work does.</summary>
    /// <returns>What was found; null: all of it is as it was written, or it cannot be read beside the writer now.</returns>
    public string? LookThrough()
    {
        if (_broken is not null || _keys is not { } keys || IsFull)
        {
            return null;
        }
        if (Soundness.Deep(_folder.Database, keys, Clock) is not { } found)
        {
            return null;
        }
        _broken = new StoreException(Codes.StoreDamaged, _folder.Database, found);
        return found;
    }

    /// <summary>One step of the writer, for simulators and tests that opened without a thread of its own.</summary>
    public bool WriteOnce() => _writer?.WriteOnce() ?? false;

    /// <summary>Writes what this start has to say into the journal, once there is a device and room for it.</summary>
    public async Task Announce(string version)
    {
        if (!AnnouncePending || Site is null || Damage is not null)
        {
            return;
        }
        await Do(session =>
        {
            var at = Clock.Capture();
            var rules = typeof(Money).Assembly.GetName().Version?.ToString(3) ?? "";
            Journal.Append(session, Kinds.DeviceStarted, new DeviceStarted(version, RuntimeInformation.RuntimeIdentifier, rules), at);
            Journal.Append(session, Kinds.StoreChecked, new StoreChecked(StoreFindings.Sound, Findings.LastSeq, Findings.Unacknowledged), at);
            MetaStore.KeepKeyCheck(session, _keys!.Cipher);
            return true;
        });
        AnnouncePending = false;
        KeepSiteBeside();
    }

    /// <summary>Keeps what enrolment told. The first time the journal begins in the epoch that the hub gave; a device that comes back
    /// keeps its journal, and the next question to the hub shows what that lacks.</summary>
    /// <param name="hand">The hub's key for files moved by hand; null: it told none.</param>
    public async Task Enrolled(SiteFacts site, long epoch, HandKey? hand = null)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone);
        if (Site is { } before)
        {
            await ComeBack(before, site);
        }
        else
        {
            await Do(session =>
            {
                MetaStore.KeepSite(session, site);
                Journal.Acknowledge(session, new ChainHead(epoch, 0, Chain.Zero));
                return true;
            });
        }
        Clock.Place(zone);
        Site = site;
        if (hand is not null)
        {
            await Do(session => MetaStore.KeepHandKey(session, hand));
        }
    }

    /// <summary>The hub told of this site: what is stored counts from now on.</summary>
    public async Task SiteTold() => Site = await Do(MetaStore.Site) ?? Site;

    /// <summary>Beside the keys, so that a store that is lost whole can be recovered.</summary>
    private void KeepSiteBeside()
    {
        if (Site is { } site)
        {
            SiteFile.Keep(_folder.Keys, site);
        }
    }

    /// <summary>The head's signature names the device: both change in one commit.</summary>
    private async Task ComeBack(SiteFacts before, SiteFacts site)
    {
        try
        {
            await Do(session =>
            {
                MetaStore.KeepSite(session, site);
                Journal.SignAgain(session);
                Site = site;
                return true;
            });
        }
        catch (StoreException)
        {
            Site = before;
            throw;
        }
    }

    /// <summary>The device's key pair, made now where there is none.</summary>
    public ISigner MakeDevice() => _keys is { } keys
        ? keys.MakeDevice()
        : throw new StoreException(_broken?.Code ?? Codes.StoreDamaged, _folder.Database, _broken?.Detail ?? "no keys");

    public void Dispose()
    {
        _writer?.Dispose();
        _signing?.Dispose();
        _mark?.Dispose();
        _store?.Dispose();
        _keys?.Dispose();
    }

    /// <summary>What was read inside a group that is taken back was never so.</summary>
    private void GroupEnded(bool committed)
    {
        Journal.GroupEnded(committed);
        // What only reads is committed on a full disk too.
        var wrote = PagesWritten > _pagesWritten;
        _pagesWritten = PagesWritten;
        if (!committed)
        {
            Feeds.Forget();
            return;
        }
        IsFull &= !wrote;
        if (Journal.Known is { } head)
        {
            _mark?.Write(head);
        }
    }

    private T Tried<T>(StoreSession session, Func<StoreSession, T> work)
    {
        var mark = Journal.Here;
        try
        {
            return work(session);
        }
        catch (Exception failed)
        {
            // The savepoint takes the rows back; the mirrored head follows it.
            Journal.Return(mark);
            Feeds.Forget();
            if (failed is CryptographicException or InvalidDataException)
            {
                throw new StoreException(Codes.StoreDamaged, _folder.Database, "a sealed value was altered: " + failed.Message, failed);
            }
            throw;
        }
    }
}

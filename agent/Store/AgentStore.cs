using System.Runtime.InteropServices;
using EdgeHub.Agent.Access;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>The agent's one store: one writer with group commit, everything that belongs together in one transaction. A damaged
/// store opens too, but refuses all work and says what is wrong.</summary>
public sealed class AgentStore : IDisposable
{
    private readonly StateFolder _folder;
    private readonly AgentKeys? _keys;
    private readonly SqliteStore? _store;
    private readonly GroupCommitWriter? _writer;
    private volatile string? _damage;

    private AgentStore(StateFolder folder, AgentClock clock, string damage, AgentKeys? keys)
    {
        (_folder, Clock, _damage, _keys) = (folder, clock, damage, keys);
        Findings = new StoreFindings(damage, 0, 0, 0);
    }

    private AgentStore(StateFolder folder, AgentClock clock, AgentKeys keys, SqliteStore store)
    {
        (_folder, Clock, _keys, _store) = (folder, clock, keys, store);
        Journal = new JournalStore(keys.Cipher, clock);
        Members = new MemberStore(keys.Cipher);
        Settlements = new SettlementStore(keys.Cipher);
        Visits = new VisitStore(keys.Cipher);
        Requests = new RequestStore(keys.Cipher);
        Policies = new PolicyStore();
        Feeds = new FeedStore(Members, Policies, Catalogue);
        (Site, Findings) = store.Read(session =>
        {
            var site = MetaStore.Site(session);
            return (site, StoreCheck.Run(store.QuickCheck, session, Journal, keys.Device?.PublicKey, site?.Device));
        });
        _damage = Findings.Damage;
        _writer = new GroupCommitWriter(store, session => Journal.Sign(session, keys.Device, Site?.Device), GroupEnded);
        if (Site is { } known)
        {
            if (TimeZoneInfo.TryFindSystemTimeZoneById(known.TimeZone, out var zone))
            {
                clock.Place(zone);
            }
            else
            {
                // Without it no civil day is right: better no settlement than one on a wrong day.
                _damage ??= $"this machine does not know the site's time zone {known.TimeZone}";
            }
        }
    }

    public AgentClock Clock { get; }
    public JournalStore Journal { get; } = null!;
    public MemberStore Members { get; } = null!;
    public VisitStore Visits { get; } = null!;
    public SettlementStore Settlements { get; } = null!;
    public RequestStore Requests { get; } = null!;
    public PolicyStore Policies { get; } = null!;
    public CatalogueStore Catalogue { get; } = new();
    public FeedStore Feeds { get; } = null!;

    /// <summary>What the check at start found.</summary>
    public StoreFindings Findings { get; }

    /// <summary>Null: not enrolled.</summary>
    public SiteFacts? Site { get; private set; }

    /// <summary>What is wrong with the store; null: sound.</summary>
    public string? Damage => _damage;

    /// <summary>The entries of this start are not in the journal yet, for want of room or of enrolment.</summary>
    public bool AnnouncePending { get; private set; } = true;

    public ISigner? Signer => _keys?.Device;

    public int Waiting => _writer?.Waiting ?? 0;

    public long Commits => _writer?.Commits ?? 0;

    /// <summary>Opens the folder's store, makes or migrates it, checks it, and starts the writer. Never throws for a damaged
    /// store: it opens refusing.</summary>
    public static AgentStore Open(StateFolder folder, IKeyVault vault, IEntropy entropy, AgentClock clock, IStoreWatch watch, bool ownThread = true, IKeyMaker? maker = null)
    {
        AgentKeys? keys = null;
        SqliteStore? sqlite = null;
        AgentStore store;
        try
        {
            keys = AgentKeys.Open(vault, entropy, folder, maker ?? new PlatformKeys());
            sqlite = SqliteStore.Open(folder.Database, readOnly: false, watch);
            Migrations.Apply(sqlite, typeof(AgentStore).Assembly, "Store/Migrations");
            store = new AgentStore(folder, clock, keys, sqlite);
        }
        catch (StoreException broken)
        {
            sqlite?.Dispose();
            return new AgentStore(folder, clock, broken.Message, keys);
        }
        if (ownThread && store._writer is { } writer)
        {
            writer.Start(clock.Time);
        }
        return store;
    }

    /// <summary>Hands work to the writer: one transaction for all that it writes. The task ends after the commit.</summary>
    /// <exception cref="StoreException">StoreDamaged, DiskFull or Busy: nothing of it was stored.</exception>
    public async Task<T> Do<T>(Func<StoreSession, T> work)
    {
        if (_damage is { } damage || _writer is null)
        {
            throw new StoreException(Codes.StoreDamaged, _folder.Database, _damage ?? "not open");
        }
        try
        {
            return await _writer.Submit(session => Tried(session, work));
        }
        catch (StoreException broken) when (broken.Code == Codes.StoreDamaged)
        {
            _damage = broken.Message;
            throw;
        }
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
            return true;
        });
        AnnouncePending = false;
    }

    /// <summary>Keeps what enrolment told. The first time the journal begins in the epoch that the hub gave; a device that comes back
    /// keeps its journal, and the next question to the hub shows what that lacks.</summary>
    public async Task Enrolled(SiteFacts site, long epoch)
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
        : throw new StoreException(Codes.StoreDamaged, _folder.Database, _damage ?? "no keys");

    public void Dispose()
    {
        _writer?.Dispose();
        _store?.Dispose();
        _keys?.Dispose();
    }

    private void GroupEnded(bool committed)
    {
        Journal.GroupEnded(committed);
        if (!committed)
        {
            Feeds.Forget();
        }
    }

    private T Tried<T>(StoreSession session, Func<StoreSession, T> work)
    {
        var mark = Journal.Here;
        try
        {
            return work(session);
        }
        catch (Exception)
        {
            // The savepoint takes the rows back; the mirrored head follows it.
            Journal.Return(mark);
            Feeds.Forget();
            throw;
        }
    }
}

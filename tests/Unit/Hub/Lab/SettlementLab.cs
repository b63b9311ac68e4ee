using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Settlement;
using EdgeHub.Hub.Store;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Hub.Lab;

/// <summary>A hub's store without a network: sites make journals with the real codecs, the lab stores their batches as ingest
/// would, and the settler judges them. Gone with the test.</summary>
public sealed class SettlementLab : IDisposable
{
    public const string Region = "530924";
    private readonly string _folder;
    private readonly TestDatabase? _database;
    private readonly SegmentReader _segments = new();

    /// <param name="together">Entries and persons' years that the settler takes together; null: as many as in service.</param>
    public SettlementLab(string? policy = null, int? together = null)
    {
        _folder = Directory.CreateTempSubdirectory("hubb-lab-").FullName;
        _database = TestServer.IsThere ? TestServer.Migrated() : null;
        Store = _database is { } database
            ? PostgresStore.Open(database.Words, TimeProvider.System, PostgresUse.Alone, Watch)
            : SqliteStore.Open(Path.Combine(_folder, "hub.db"), readOnly: false, Watch);
        HubMigrations.Apply(Store);
        Clock = new SettableClock(new DateTimeOffset(2025, 3, 31, 8, 0, 0, TimeSpan.Zero));
        var settings = new SettlementSettings(Region, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        Settings = together is { } number ? settings with { EntriesTogether = number, YearsTogether = number } : settings;
        Settler = new Settler(Settings, Clock, new SeededEntropy(7), _segments);
        Book = AddPolicy(policy ?? LabPolicy.Yearly, version: 1);
        Item("A1", "A", "0");
        Item("B1", "B", "0.1");
        Item("C1", "C", "1");
    }

    /// <summary>Lets a commit or a statement fail.</summary>
    public BreakingWatch Watch { get; } = new();

    /// <summary>The folder of its hub.db.</summary>
    public string Folder => _folder;
    public Store Store { get; }

    /// <summary>Words of connection to its database; null: its store is a file.</summary>
    public string? Words => _database?.Words;
    public SettableClock Clock { get; }
    public SettlementSettings Settings { get; }
    public Settler Settler { get; }
    public PolicyBook Book { get; }
    public SegmentReader Segments => _segments;

    /// <summary>A site with its device; called again for the same site with the one that takes its place.</summary>
    public LabSite Site(string code, long deviceNo, int level = 0, string type = "village_clinic", string alliance = "member")
    {
        var site = new LabSite(this, code, deviceNo, level, type);
        Store.Write(session =>
        {
            session.Execute(
                "insert into institution (region, code, name, level, type, alliance) values (@Region, @code, @code, @level, @type, @alliance) on conflict do nothing",
                new { Region, code, level, type, alliance });
            session.Execute("update device set revoked_ms = 1 where region = @Region and site = @code", new { Region, code });
            session.Execute(
                "insert into device (region, device_no, device, site, public_key, key_id, agent_version, enrolled_ms) values (@Region, @deviceNo, @device, @code, @key, @id, '1', 0)",
                new { Region, deviceNo, device = site.Device, code, key = site.Signer.PublicKey, id = site.Signer.KeyId });
        });
        return site;
    }

    public void Person(string person, long account = 0, string status = "1", long version = 1, string coverEnd = "2026-01-01", string insurance = "390", string area = Region, string owner = "") => Store.Write(session => session.Execute(
        """
        insert into member (region, person, id_number, card_number, name, sex, birth_date, village, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, account_owner, version, removed)
        values (@Region, @person, @person, @person, '', '1', '1970-01-01', 'v', @insurance, '15', @area, '2025-01-01', @coverEnd, @status, @account, @owner, @version, false)
        on conflict (region, person) do update set account = excluded.account, status = excluded.status, version = excluded.version, cover_end = excluded.cover_end
        """,
        new { Region, person, coverEnd, status, account, version, insurance, area, owner }));

    public void Item(string code, string itemClass, string preSelfPay, string limit = "", long version = 1) => Store.Write(session => session.Execute(
        """
        insert into catalogue (region, code, name, pinyin, class, category, unit, price, limit0, limit1, limit2, limit3, pre_self_pay, first, ends, remark, version, removed)
        values (@Region, @code, @code, '', @itemClass, 9, '', '', @limit, @limit, @limit, @limit, @preSelfPay, '2025-01-01', '', '', @version, false)
        on conflict (region, code) do update set class = excluded.class, limit0 = excluded.limit0, limit1 = excluded.limit1, pre_self_pay = excluded.pre_self_pay, version = excluded.version
        """,
        new { Region, code, itemClass, preSelfPay, limit, version }));

    public void Blacklist(string person, long version) => Store.Write(session => session.Execute(
        "insert into blacklist (region, key, person, reason, first, ends, version, removed) values (@Region, @person, @person, 'sample', '2025-01-01', '', @version, false)",
        new { Region, person, version }));

    /// <summary>A parameter as the sites are told it.</summary>
    public void Parameter(string key, string value, long version) => Store.Write(session => session.Execute(
        "insert into parameter (region, key, value, unit, version, removed) values (@Region, @key, @value, '', @version, false) on conflict (region, key) do update set value = excluded.value, version = excluded.version",
        new { Region, key, value, version }));

    public PolicyBook AddPolicy(string text, long version)
    {
        var book = PolicyBookReader.Read(text).OrThrow();
        Store.Write(session => session.Execute(
            """
            insert into policy_book (region, key, id, book_version, hash, first, ends, known_from, book, version, removed)
            values (@Region, @key, @id, @bookVersion, @hash, '2025-01-01', '2026-01-01', @knownFrom, @text, @version, false)
            """,
            new
            {
                Region, key = $"{book.Reference.Id}/{book.Reference.Version}", id = book.Reference.Id, bookVersion = (long)book.Reference.Version,
                hash = book.Reference.Hash, knownFrom = book.KnownFrom, text, version,
            }));
        return book;
    }

    /// <summary>Stores a batch as ingest does: the segment, its narrow rows, the device's head; and settles in the same transaction, when asked.</summary>
    public void Deliver(LabSite site, long epoch, long fromSeq, IReadOnlyList<LabLine> lines, bool andSettle = false)
    {
        var raw = lines.Select(line => (ReadOnlyMemory<byte>)line.Bytes).ToList();
        var wire = BatchCodec.Write(Region, site.Code, site.Device, epoch, fromSeq, lines[0].PrevHash, raw, site.Signer);
        var batch = BatchCodec.Read(wire);
        var now = Clock.Now.ToUnixTimeMilliseconds();
        var opened = BatchLines.Open(batch, lines[0].Head.CivilDay);
        void Put(StoreSession session)
        {
            var head = IngestStore.Head(session, Region, site.DeviceNo);
            var segment = Counters.Next(session, Region, "segment");
            IngestStore.AddSegment(session, Region, segment, site.DeviceNo, batch.Header, batch.Wire, now);
            var effective = IngestStore.AddEntries(session, Region, segment, site.DeviceNo, batch.Header, opened.Entries, head.EffectiveMilliseconds, now);
            ClaimedStore.Put(session, Region, [.. opened.Claims.Sums.Select(cell => (site.Code, cell.Key, cell.Value))]);
            IngestStore.SetHead(session, Region, head with { Epoch = epoch, Seq = batch.Header.LastSeq, Hash = Chain.TryParse(batch.Header.LastHash)!, EffectiveMilliseconds = effective }, 0);
        }
        if (andSettle)
        {
            Store.Write(session =>
            {
                Put(session);
                return Settler.SettleOnce(session);
            });
            return;
        }
        Store.Write(Put);
    }

    /// <summary>Steps until nothing waits; the sum of what they did.</summary>
    public SettleReport SettleAll()
    {
        var sum = SettleReport.Nothing;
        while (Store.Write(Settler.SettleOnce) is { Entries: > 0 } step)
        {
            sum = new SettleReport(sum.Entries + step.Entries, sum.Quarantined + step.Quarantined, sum.PersonYears + step.PersonYears, sum.Decisions + step.Decisions);
        }
        return sum;
    }

    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null) => Store.Read(session => session.Query<T>(sql, parameters));

    public long Number(string sql, object? parameters = null) => Store.Read(session => session.ExecuteScalar<long>(sql, parameters));

    /// <summary>Balance of an envelope of 2025 in fen.</summary>
    public long Balance(string kind, string owner) => Number(
        "select cast(coalesce(sum(fen), 0) as bigint) from public_balance where kind = @kind and owner = @owner and period = '2025'", new { kind, owner });

    /// <summary>The decision that holds: status, code, cause, fund (+ catastrophic + assistance, where they pay), account, cash, bears.</summary>
    public string Decision(Guid settlement) => string.Join("; ", Query<string>(
        """
        select d.status || ' ' || d.code || ' ' || d.cause || ' ' || d.fund || case when d.catastrophic + d.assistance > 0 then '+' || d.catastrophic || '+' || d.assistance else '' end || '/' || d.account || '/' || d.cash || ' ' || d.bears
        from decision d join settlement_fact f on f.region = d.region and f.device_no = d.device_no and f.epoch = d.epoch and f.seq = d.seq and f.decision_version = d.version
        where f.settlement = @settlement order by f.device_no, f.epoch, f.seq
        """,
        new { settlement }));

    public void Dispose()
    {
        Store.Dispose();
        _database?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A line of a site's journal, and the hash before it.</summary>
public sealed record LabLine(byte[] Bytes, JournalHead Head, byte[] PrevHash)
{
    public long Epoch { get; init; } = 1;
}

/// <summary>An entry that a site wrote.</summary>
public sealed record LabWritten(LabSite Site, long Epoch, JournalHead Head, object Body);

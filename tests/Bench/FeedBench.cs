using System.Diagnostics;
using System.Globalization;
using System.Text;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Operations;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Bench;

/// <summary>50,000 members come down: the real hub makes the pages, the real agent checks, seals and stores them, against plain inserts
/// of the very same rows into the very same table, 2,000 in a transaction; then a delta of 500. And the index of a county.</summary>
public static class FeedBench
{
    private const string Region = "530924";
    private const string Site = "530924100001";
    private const int Members = 50_000;
    private const int Delta = 500;
    private const int County = 165_000;
    private const int Rounds = 3;
    private const int ChunkRows = EdgeHub.Agent.Store.FeedStore.ChunkRows;
    private static readonly string[] Villages = [.. Enumerable.Range(1, 12).Select(i => string.Create(CultureInfo.InvariantCulture, $"530924101{i:000}"))];

    public static async Task Run(string folder, Report report)
    {
        using var key = EcdsaKeys.Create();
        using var hub = HubStore.OpenOrMake(Path.Combine(folder, "hub"), new HubSettings(Region, "Asia/Shanghai", 0), TimeProvider.System, new SystemEntropy(), serving: true);
        var device = new Device(1, "D1", Site, key.PublicKey, key.KeyId, "1", 0, null);
        InstitutionFile.Load(hub, [(new Institution(Site, "sample", 0, "clinic", "member"), Villages)]);
        var rows = MemberFile.Read(Table([.. new MemberSample(Region, Villages, 7).Persons(Members)]));
        MemberFile.Load(hub, rows, whole: false);
        hub.Read(session => FeedVersions.Newest(session, Region));

        var (times, ratios, loads, inserts, holds) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        IReadOnlyList<byte[]> snapshot = [];
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            snapshot = Pages(hub, device, 0);
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            using var agent = await Agent.Open(Path.Combine(folder, $"agent{round}"), hub);
            var before = Inserts(Path.Combine(folder, $"floor{round}a"), agent, snapshot, hub);
            loads.Add(await agent.Load(snapshot, Members));
            holds.Add(agent.LongestHold);
            inserts.Add((before + Inserts(Path.Combine(folder, $"floor{round}b"), agent, snapshot, hub)) / 2);
            ratios.Add(inserts[^1] / loads[^1]);
            if (round == Rounds - 1)
            {
                await DeltaOf(hub, device, rows, agent, report);
            }
        }
        var bytes = snapshot.Sum(page => page.Length);
        await CountyOf(hub, device, folder, report);
        report.Add(new Row("50,000 members: the hub's pages", Seconds(Child.Median(times)), "", Members / Child.Median(times), null, AtLeast: true));
        report.Add(new Row("50,000 members on the wire, MB", string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.00} MB, {bytes / (double)Members:0.0} B a row"), "", bytes / 1e6, 1.2, AtLeast: false));
        report.Add(new Row("50,000 members: insert floor ÷ the agent's load", Seconds(Child.Median(loads)), Seconds(Child.Median(inserts)), Child.Median(ratios), .5, AtLeast: true));
        report.Add(new Row("longest that the writer was held meanwhile, ms", string.Create(CultureInfo.InvariantCulture, $"{Child.Median(holds):0.0} ms"), "", Child.Median(holds), 26, AtLeast: false));
    }

    /// <summary>Everybody of a county: the index made by the hub's step, its pages, the agent's load.</summary>
    private static async Task CountyOf(HubStore hub, Device device, string folder, Report report)
    {
        var all = MemberFile.Read(Table([.. new MemberSample(Region, ["530924109001"], 11).Persons(County)]));
        MemberFile.Load(hub, all, whole: true);
        var start = Stopwatch.GetTimestamp();
        var step = new CountyIndexStep(hub);
        while (step.RunOnce())
        {
        }
        var made = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var pages = Pages(hub, device, 0, FeedNames.County);
        using var agent = await Agent.Open(Path.Combine(folder, "county"), hub);
        var took = await agent.Load(pages, County, FeedNames.County);
        var bytes = pages.Sum(page => page.Length);
        report.Add(new Row("the county's index, 165,000 persons: bytes a row",
            string.Create(CultureInfo.InvariantCulture, $"made {made:0.0} s, {bytes / 1e6:0.00} MB, loaded {took:0.00} s, longest hold {agent.LongestHold:0.0} ms"), "",
            bytes / (double)County, 18, AtLeast: false));
    }

    private static async Task DeltaOf(HubStore hub, Device device, IReadOnlyList<MemberRow> rows, Agent agent, Report report)
    {
        var held = hub.Read(session => FeedVersions.Newest(session, Region))[FeedNames.Members];
        MemberFile.Load(hub, [.. rows.Where((_, i) => i % (Members / Delta) == 0).Select(row => row with { AccountMinor = row.AccountMinor + 1 })], whole: false);
        var start = Stopwatch.GetTimestamp();
        var pages = Pages(hub, device, held);
        var made = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var took = await agent.Load(pages, Members) * 1_000;
        report.Add(new Row("a delta of 500 members: pages, then load, ms",
            string.Create(CultureInfo.InvariantCulture, $"{made:0} ms, then {took:0} ms; {pages.Sum(page => page.Length) / 1e3:0.0} kB"), "", took, null, AtLeast: false));
    }

    private static List<byte[]> Pages(HubStore hub, Device device, long after, string feed = FeedNames.Members)
    {
        var (pages, cursor, upTo) = (new List<byte[]>(), "", (long?)null);
        for (string? next = ""; next is not null; cursor = next ?? "")
        {
            pages.Add(new FeedPages(hub).Page(device, new FeedAsk(feed, after, upTo, cursor, FeedFormats.Newest)));
            var header = FeedCodec.Read(pages[^1], hub.Keys.Signer.PublicKey).Header;
            (upTo, next) = (header.UpTo, header.Next);
        }
        return pages;
    }

    /// <summary>The floor: the same values, made before, into an empty table of the same shape.</summary>
    private static double Inserts(string folder, Agent agent, IReadOnlyList<byte[]> snapshot, HubStore hub)
    {
        Directory.CreateDirectory(folder);
        var values = agent.Values(snapshot, hub.Keys.Signer.PublicKey);
        using var store = SqliteStore.Open(Path.Combine(folder, "floor.db"));
        Migrations.Apply(store, typeof(AgentStore).Assembly, "Store/Migrations");
        var start = Stopwatch.GetTimestamp();
        foreach (var chunk in values.Chunk(ChunkRows))
        {
            store.Write(session =>
            {
                var insert = session.Prepared("""
                    insert into member (seen, person, id_lookup, card_lookup, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, sealed, account_owner)
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                    """);
                foreach (var row in chunk)
                {
                    insert.Execute(row);
                }
            });
        }
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static CsvTable Table(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var text = new StringWriter();
        CsvFile.Write(text, MemberSample.Columns, rows);
        return CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), "members.csv", MemberFile.Columns);
    }

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s");

    /// <summary>An agent's store, its puller, and a line that brings pages that were made before.</summary>
    private sealed class Agent : IDisposable
    {
        private readonly StateFolder _folder;
        private readonly AgentStore _store;
        private readonly HoldWatch _watch = new();
        private readonly HubStore _hub;
        private readonly Line _line;
        private readonly HubDialogue _dialogue;
        private readonly FeedPuller _puller;

        private Agent(string root, HubStore hub)
        {
            (_folder, _hub) = (StateFolder.Take(root), hub);
            var clock = new AgentClock(TimeProvider.System, 0);
            _store = AgentStore.Open(_folder, new FileKeyVault(_folder.Keys), new SystemEntropy(), clock, _watch);
            var contact = new HubContact(clock);
            _line = new Line();
            _dialogue = new HubDialogue(_store, _line, contact);
            _puller = new FeedPuller(_store, _line, _dialogue, contact);
        }

        public double LongestHold => _watch.LongestMilliseconds;

        public static async Task<Agent> Open(string root, HubStore hub)
        {
            var agent = new Agent(root, hub);
            agent._store.MakeDevice();
            await agent._store.Enrolled(
                new SiteFacts(Region, Site, "D1", Site, "sample clinic", 0, "clinic", "Asia/Shanghai", Convert.ToBase64String(hub.Keys.Signer.PublicKey), new Uri("http://127.0.0.1:1"), []), 1);
            return agent;
        }

        /// <returns>Seconds until the feed is wholly stored and used.</returns>
        public async Task<double> Load(IReadOnlyList<byte[]> pages, int expected, string feed = FeedNames.Members)
        {
            var version = FeedCodec.Read(pages[^1], _hub.Keys.Signer.PublicKey).Header.UpTo;
            (_line.Pages, _line.Answer) = (new Queue<byte[]>(pages), new HelloAnswer(
                "ticket", DateTimeOffset.UtcNow, 1, 0, Chain.Text(Chain.Zero), new Dictionary<string, long> { [feed] = version }, _hub.Feeds.Id));
            var site = _store.Site!;
            await _dialogue.Hello(site, CancellationToken.None);
            _watch.Reset();
            var start = Stopwatch.GetTimestamp();
            PullOutcome outcome;
            do
            {
                outcome = await _puller.PullOnce(site, new HashSet<string>(), CancellationToken.None);
            }
            while (outcome is PullOutcome.Fetched or PullOutcome.Stored { Flipped: false });
            var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var held = await _store.Do(session => session.ExecuteScalar<long>(feed == FeedNames.Members
                ? "select count(*) from member where seen = (select live from feed_version where feed = 'members')"
                : "select count(*) from county where seen = (select live from feed_version where feed = 'county')"));
            return outcome is PullOutcome.Stored && held == expected ? took : throw new InvalidOperationException($"{outcome}; {held} rows");
        }

        public IReadOnlyList<object?[]> Values(IReadOnlyList<byte[]> pages, byte[] hubKey)
        {
            var members = _store.Members;
            return [.. pages.Select(page => FeedCodec.Read(page, hubKey)).SelectMany(page => page.Rows.Select(row => members.Values(FeedRows.MemberOf(page, row), 1)))];
        }

        public void Dispose()
        {
            _store.Dispose();
            _folder.Dispose();
        }
    }

    /// <summary>How long the writer is held by one transaction, from its beginning until it is durable.</summary>
    private sealed class HoldWatch : IStoreWatch
    {
        private long _begun;

        public double LongestMilliseconds { get; private set; }

        public void Reset() => LongestMilliseconds = 0;

        public void At(StorePoint point, string sql)
        {
            if (point == StorePoint.Begin)
            {
                _begun = Stopwatch.GetTimestamp();
            }
            else if (point == StorePoint.Committed)
            {
                LongestMilliseconds = Math.Max(LongestMilliseconds, Stopwatch.GetElapsedTime(_begun).TotalMilliseconds);
            }
        }
    }

    private sealed class Line : IHubLine
    {
        public Queue<byte[]> Pages { get; set; } = new();

        public HelloAnswer? Answer { get; set; }

        public Task<EnrolAnswer> Enrol(Uri hub, EnrolRequest request, CancellationToken cancel) => throw new NotSupportedException();

        public Task<HelloAnswer> Hello(Uri hub, string device, CancellationToken cancel) => Task.FromResult(Answer!);

        public Task<JournalAnswer> SendBatch(Uri hub, ReadOnlyMemory<byte> wire, CancellationToken cancel) => throw new NotSupportedException();

        public Task<byte[]> GetFeedPage(Uri hub, FeedAsked asked, string authorization, CancellationToken cancel) => Task.FromResult(Pages.Dequeue());

        public Task<EpochAnswer> NewEpoch(Uri hub, EpochRequest request, string authorization, CancellationToken cancel) => throw new NotSupportedException();
    }
}

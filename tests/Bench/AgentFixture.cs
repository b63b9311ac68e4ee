using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Bench;

/// <summary>A settlement as it was made: the entry's body, and the answer's bytes.</summary>
public sealed record Fact(VisitSettled Settled, byte[] Answer);

/// <summary>A real agent's store in a folder, enrolled, fed with members, a policy book and a catalogue, on line, in March 2025.</summary>
public sealed class AgentFixture : IDisposable
{
    private const string Region = "530924";
    private const string Site = "530924100001";
    private const int Persons = 200;
    internal const int Items = 1_000;
    internal static readonly DateTimeOffset Morning = new(2025, 3, 5, 1, 0, 0, TimeSpan.Zero);
    private const int PartsOfVisit = 99;

    private readonly SystemEntropy _entropy = new();

    /// <summary>A store's cipher, with keys of its own.</summary>
    private readonly FieldCipher _cipher = new(new byte[FieldCipher.KeyBytes], new byte[FieldCipher.KeyBytes], new SystemEntropy());
    private readonly StateFolder _folder;
    private readonly AgentStore _store;
    private readonly SettleVisit _settle;
    private readonly CheckIn _checkIn;
    private readonly HubContact _contact;
    private readonly Lock _gate = new();
    private readonly SettleRequest[] _requests = new SettleRequest[PartsOfVisit];
    private string _visit = "";
    private int _settled;

    private AgentFixture(string root)
    {
        _folder = StateFolder.Take(root);
        var time = new DemoClock(TimeProvider.System, Morning - TimeProvider.System.GetUtcNow());
        var clock = new AgentClock(time, (long)time.Offset.TotalMilliseconds);
        _store = AgentStore.Open(_folder, new FileKeyVault(_folder.Keys), _entropy, clock, IStoreWatch.None);
        _contact = new HubContact(clock);
        var compute = new ComputeBill(_store, _contact);
        _settle = new SettleVisit(_store, compute, new KeyedRequests(_store, _contact), _entropy);
        _checkIn = new CheckIn(_store, _contact, compute, new Identification(_store), _entropy);
    }

    public static async Task<AgentFixture> Open(string root)
    {
        var fixture = new AgentFixture(root);
        using var hub = EcdsaKeys.Create();
        fixture._store.MakeDevice();
        await fixture._store.Enrolled(
            new SiteFacts(Region, Site, "D1", Site, "sample clinic", 0, "clinic", "Asia/Shanghai", Convert.ToBase64String(hub.PublicKey), new Uri("http://127.0.0.1:1"), []), 1);
        await fixture.Feed(hub, FeedNames.Policies, [["sample/1", 0, "sample", 1, "", "2025-01-01", "", "2024-12-20", Samples.Policy]]);
        await fixture.Feed(hub, FeedNames.Parameters, []);
        await fixture.Feed(hub, FeedNames.Catalogue, Enumerable.Range(0, Items).Select(Samples.Item));
        await fixture.Feed(hub, FeedNames.Blacklist, []);
        await fixture.Feed(hub, FeedNames.Members, Enumerable.Range(0, Persons).Select(Samples.Member));
        await fixture.Feed(hub, FeedNames.Accumulators, []);
        fixture._contact.Heard();
        fixture._contact.Current(FeedNames.All);
        await fixture._store.Do(session =>
        {
            FeedStore.KeepAges(session, fixture._contact.Ages);
            return true;
        });
        return fixture;
    }

    /// <summary>The token of a session at the desk, of a doctor with a PIN of the own choice.</summary>
    public async Task<string> SignedIn()
    {
        const string Number = "02";
        const string Pin = "739154";
        var signIn = new SignIn(_store, _entropy);
        var given = (StaffOutcome.Done)await new StaffChanges(_store, signIn, _entropy).Add(Number, "王医生", Roles.Doctor, "console");
        var changed = (PinOutcome.Right)await signIn.Change(Number, given.Pin, Pin, Pin);
        var options = new EdgeHub.Agent.AgentOptions(_folder.Root, null, TimeSpan.Zero, true, TimeSpan.FromSeconds(5), null);
        return await new Sessions(_store, _entropy, options).Open(changed.Member);
    }

    /// <summary>Settles one part of a visit of 3 or 4 lines, from the request to the durable answer. The request was made before.</summary>
    public async Task Settle()
    {
        int number;
        lock (_gate)
        {
            number = _settled++;
        }
        var outcome = await _settle.Settle(_visit, _requests[number % PartsOfVisit], CancellationToken.None);
        if (outcome is MoneyOutcome.Refused refused)
        {
            throw new InvalidOperationException(string.Join("; ", refused.Why.Faults));
        }
    }

    /// <summary>What the settlements of this visit were, as facts to be committed again: the same shapes under new ids and keys.</summary>
    public async Task<IReadOnlyList<Fact>> Facts(int count)
    {
        var lines = await _store.Do(session => _store.Journal.After(session, 1, _store.Journal.Head(session).Seq - count, count, int.MaxValue));
        var facts = new List<Fact>();
        foreach (var line in lines)
        {
            JournalCodec.ReadHead(line.Line, out var body);
            var settled = JournalCodec.ReadBody<VisitSettled>(line.Line.AsSpan(body));
            var answer = await _store.Do(session => _store.Requests.Find(session, settled.RequestKey)) ?? throw new InvalidOperationException(settled.RequestKey);
            facts.Add(new Fact(settled, answer.Answer));
        }
        return facts;
    }

    /// <summary>Everything that a settlement writes, in one transaction, as <see cref="SettleVisit"/> writes it: the entry with its lines
    /// (written, chained, packed, sealed), the settlement's row, its moves, the answer (packed, sealed), the head's signature.</summary>
    public Task<bool> Commit(Fact fact)
    {
        _store.WillSign();
        return _store.Do(session =>
        {
            var (at, body) = (_store.Clock.Capture(), fact.Settled);
            var head = _store.Journal.Append(session, Kinds.VisitSettled, body, at);
            SettlementStore.Add(session, body, at.CivilDay, "530924100001-1-" + head.Seq.ToString("000000", CultureInfo.InvariantCulture), head);
            _store.Requests.Add(session, body.RequestKey, SettleVisit.Operation, head.Hash.ToArray(), fact.Answer, at.At);
            return true;
        });
    }

    /// <summary>What of <see cref="Commit"/> makes bytes and touches no store: the entry written, chained, packed and sealed, the answer packed and sealed.</summary>
    /// <returns>How many bytes were made.</returns>
    public int Prepare(Fact fact)
    {
        var at = _store.Clock.Capture();
        var line = JournalCodec.Line(new JournalHead(1, Kinds.VisitSettled, Kinds.SchemaOf(Kinds.VisitSettled), at.At, at.CivilDay, at.Reading), fact.Settled);
        var hash = Chain.Next(Chain.Zero, line);
        var entry = _cipher.Seal(PackedText.Lines.Pack(line), JournalStore.Place(1, 1));
        return hash.Length + entry.Length + new KeptAnswer(fact.Settled.RequestKey, SettleVisit.Operation, hash, fact.Answer).Sealed(_cipher).Length;
    }

    /// <summary>The facts under ids of their own.</summary>
    public IReadOnlyList<Fact> Again(IReadOnlyList<Fact> facts)
    {
        var now = _store.Clock.Now;
        var visit = _entropy.NewId(now).ToString("D");
        return [.. facts.Select((fact, i) => fact with
        {
            Settled = fact.Settled with { Settlement = _entropy.NewId(now.AddMilliseconds(i)), RequestKey = _entropy.NewId(now).ToString("D"), Visit = visit, Ordinal = i + 1 },
        })];
    }

    /// <summary>Computes bills like those that are settled, one after the other, and writes nothing.</summary>
    public async Task Quotes(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var outcome = await _settle.Quote(_visit, _requests[i % PartsOfVisit] with { Ordinal = PartsOfVisit });
            if (outcome is QuoteOutcome.Refused refused)
            {
                throw new InvalidOperationException(string.Join("; ", refused.Why.Faults));
            }
        }
    }

    /// <summary>Between two rounds, not measured: opens the next visit and acknowledges what was written, so that no limit on
    /// unacknowledged entries is reached. A round has at most 99 settlements.</summary>
    public async Task NextRound()
    {
        _contact.Heard();
        _settled += (PartsOfVisit - (_settled % PartsOfVisit)) % PartsOfVisit;
        var person = (_settled / PartsOfVisit % Persons).ToString("000000", CultureInfo.InvariantCulture);
        var opened = await _checkIn.Open(new CheckInRequest("11", new EvidenceGiven("manual", "P" + person, "bench"), "bench"));
        for (var part = 0; part < PartsOfVisit; part++)
        {
            var number = _settled + part;
            var lines = Enumerable.Range(0, 3 + (number % 2)).Select(line => Samples.Line(number, line, Items)).ToList();
            _requests[part] = new SettleRequest(_entropy.NewId(_store.Clock.Now).ToString("D"), 1 + part, Samples.Diagnoses(number), null, null, true, lines, "bench", null);
        }
        _visit = opened is CheckInOutcome.Opened visit ? visit.Visit.Visit : throw new InvalidOperationException(opened.ToString());
        await _store.Do(session =>
        {
            _store.Journal.Acknowledge(session, _store.Journal.Head(session));
            return true;
        });
    }

    public long Commits => _store.Commits;

    public long PagesWritten => _store.PagesWritten;

    /// <summary>The journal's lines, for the wire and the hub.</summary>
    public Task<IReadOnlyList<JournalRow>> Lines(int most) => LinesAfter(0, most);

    public Task<IReadOnlyList<JournalRow>> LinesAfter(long seq, int most) => _store.Do(session => _store.Journal.After(session, 1, seq, most, int.MaxValue));

    public void Dispose()
    {
        _store.Dispose();
        _cipher.Dispose();
        _folder.Dispose();
    }

    private async Task Feed(EcdsaSigner hub, string feed, IEnumerable<object?[]> rows)
    {
        var writer = new FeedPageWriter(FeedNames.Columns[feed]);
        foreach (var row in rows)
        {
            writer.TryAdd(row);
        }
        var page = FeedCodec.Read(FeedCodec.Write(feed, Region, Site, 0, 1, "", null, writer, hub), hub.PublicKey);
        await _store.Do(session =>
        {
            _store.Feeds.Put(session, page, 1, 0, page.Rows.Count);
            _store.Feeds.Flip(session, feed, 1);
            return true;
        });
    }
}

using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Unit.Agent.Kit;

/// <summary>The hub's end of the line in memory: keeps one device's chain, feeds what it is given in pages, signs like a hub. The
/// line can be cut, answers can be lost, what is kept can be rolled back.</summary>
public sealed class FakeHub(TimeProvider time, IReadOnlyDictionary<string, IReadOnlyList<object?[]>> feeds) : IHubLine
{
    public const string Code = "ONE-TIME";
    public const string Device = "530924100001-1";

    private readonly EcdsaSigner _key = EcdsaKeys.Create();
    private readonly Dictionary<string, List<(long Version, object?[] Row)>> _rows = feeds.ToDictionary(
        feed => feed.Key, feed => feed.Value.Select(row => (1L, row)).ToList(), StringComparer.Ordinal);

    private readonly Dictionary<string, long> _versions = feeds.Keys.ToDictionary(feed => feed, _ => 1L, StringComparer.Ordinal);
    private byte[]? _deviceKey;

    /// <summary>What the hub signs with.</summary>
    public EcdsaSigner Key => _key;

    /// <summary>False: nothing comes through.</summary>
    public bool Up { get; set; } = true;

    /// <summary>The next batch is stored, but its answer is lost.</summary>
    public bool LoseNextAnswer { get; set; }

    /// <summary>Every batch is refused with this code.</summary>
    public string? RefuseWith { get; set; }

    /// <summary>The hub knows the device no more, by this code, until it is enrolled again; null: it knows it.</summary>
    public string? Refuses { get; set; }

    /// <summary>The name that a device gets at enrolment.</summary>
    public string Name { get; set; } = Device;

    /// <summary>What becomes of an answer on its way.</summary>
    public Func<HelloAnswer, HelloAnswer> HelloAs { get; set; } = answer => answer;

    public Func<EnrolAnswer, EnrolAnswer> EnrolAs { get; set; } = answer => answer;

    /// <summary>Which life of its versions this is; another one: the hub was restored.</summary>
    public string? Incarnation { get; set; }

    /// <summary>How pages are written: as the newest hub does, or as an older one.</summary>
    public int Format { get; set; } = FeedFormats.Newest;

    public byte[]? DeviceKey => _deviceKey;
    public int PageRows { get; set; } = 10;
    public long Epoch { get; set; } = 1;
    public List<byte[]> Lines { get; private set; } = [];
    public List<byte[]> EarlierLines { get; } = [];
    public int Batches { get; private set; }
    public int Pages { get; private set; }
    public int EpochsAsked { get; private set; }

    /// <summary>The epoch that is given whatever is asked; null: as a hub decides.</summary>
    public long? Gives { get; set; }

    public byte[] Hash => HashAt(Lines.Count);

    public byte[] HashAt(long seq) => Chain.Through(Chain.Zero, [.. Lines.Take((int)seq).Select(line => (ReadOnlyMemory<byte>)line)]);

    /// <summary>Goes back to an epoch and lines of it that it once had.</summary>
    public void Restore(long epoch, IEnumerable<byte[]> lines)
    {
        (Epoch, Lines) = (epoch, [.. lines]);
    }

    public Task<EnrolAnswer> Enrol(Uri hub, EnrolRequest request, CancellationToken cancel)
    {
        Line();
        _deviceKey = request.Code == Code ? Convert.FromBase64String(request.PublicKey) : throw new HubRefused(Codes.EnrolmentCodeInvalid, "unknown code");
        Refuses = null;
        return Task.FromResult(EnrolAs(new EnrolAnswer(
            Reference.Region, Reference.Site, Name, 1, Reference.Site, "样本村卫生室", 0, "clinic", "Asia/Shanghai", Convert.ToBase64String(_key.PublicKey), ["530924100"])));
    }

    public Task<HelloAnswer> Hello(Uri hub, string device, CancellationToken cancel)
    {
        Line();
        if (Refuses is { } code)
        {
            throw new HubRefused(code, "as the test wants");
        }
        return Task.FromResult(HelloAs(new HelloAnswer("ticket." + Epoch, time.GetUtcNow(), Epoch, Lines.Count, Chain.Text(Hash), _versions, Incarnation)));
    }

    public Task<JournalAnswer> SendBatch(Uri hub, ReadOnlyMemory<byte> wire, CancellationToken cancel)
    {
        Line();
        if (RefuseWith is { } code)
        {
            return Task.FromResult(new JournalAnswer(JournalAnswer.Refused, Epoch, Lines.Count, Chain.Text(Hash), code, "as the test wants"));
        }
        var batch = BatchCodec.Open(BatchCodec.Read(wire));
        Assert.True(BatchCodec.SignatureHolds(batch.Header, _deviceKey!));
        if (Epoch != batch.Header.Epoch)
        {
            return Task.FromResult(new JournalAnswer(JournalAnswer.Refused, Epoch, Lines.Count, Chain.Text(Hash), Codes.StaleEpoch, "another epoch"));
        }
        if (batch.Header.FromSeq != Lines.Count + 1)
        {
            return Task.FromResult(new JournalAnswer(JournalAnswer.ResumeFrom, Epoch, Lines.Count, Chain.Text(Hash), null, null));
        }
        Assert.Equal(Chain.Text(Hash), batch.Header.PrevHash);
        Batches++;
        Lines.AddRange(batch.Lines.Select(line => line.ToArray()));
        if (LoseNextAnswer)
        {
            LoseNextAnswer = false;
            throw new HubUnreachable("the answer was lost");
        }
        return Task.FromResult(new JournalAnswer(JournalAnswer.Acknowledged, Epoch, Lines.Count, Chain.Text(Hash), null, null));
    }

    public Task<byte[]> GetFeedPage(Uri hub, FeedAsked asked, string authorization, CancellationToken cancel)
    {
        Line();
        var claim = Tickets.TryRead(authorization);
        Assert.True(claim is not null && Tickets.SignatureHolds(claim, _deviceKey!));
        Pages++;
        var upTo = asked.UpTo ?? _versions[asked.Feed];
        var rows = _rows[asked.Feed].Where(row => row.Version > asked.After && row.Version <= upTo && (asked.After > 0 || row.Row[1] is 0)).ToList();
        var from = asked.Cursor is null ? 0 : int.Parse(asked.Cursor);
        var page = new FeedPageWriter(FeedNames.Columns[asked.Feed], Format);
        foreach (var (_, row) in rows.Skip(from).Take(PageRows))
        {
            // Rows of a test that knows nothing of a column that came later.
            page.TryAdd([.. row, .. new object?[page.Columns.Count - row.Length]]);
        }
        var next = from + PageRows < rows.Count ? (from + PageRows).ToString() : null;
        return Task.FromResult(FeedCodec.Write(asked.Feed, Reference.Region, Reference.Site, asked.After, upTo, asked.Cursor ?? "", next, page, _key, Incarnation));
    }

    /// <summary>Persons of other catchments whom the hub knows, by what is asked; null: nobody.</summary>
    public Func<PersonAsked, IReadOnlyList<(string Feed, object?[][] Rows)>?> Finds { get; set; } = _ => null;

    /// <summary>How often the hub was asked for a person.</summary>
    public int Looks { get; private set; }

    public Task<PersonAnswer> FindPerson(Uri hub, PersonAsked asked, string authorization, CancellationToken cancel)
    {
        Line();
        Looks++;
        var claim = Tickets.TryRead(authorization);
        Assert.True(claim is not null && Tickets.SignatureHolds(claim, _deviceKey!));
        return Task.FromResult(new PersonAnswer([.. (Finds(asked) ?? []).Select(page =>
        {
            var writer = new FeedPageWriter(FeedNames.Columns[page.Feed]);
            Assert.All(page.Rows, row => Assert.True(writer.TryAdd([.. row, .. new object?[writer.Columns.Count - row.Length]])));
            return FeedCodec.Write(page.Feed, Reference.Region, Reference.Site, 0, 1, asked.Cursor, null, writer, _key, Incarnation);
        })]));
    }

    public Task<EpochAnswer> NewEpoch(Uri hub, EpochRequest request, string authorization, CancellationToken cancel)
    {
        Line();
        if (Tickets.TryRead(authorization) is not { } claim || !Tickets.SignatureHolds(claim, _deviceKey!))
        {
            throw new HubRefused(Codes.BadSignature, "the device's signature over the ticket");
        }
        EpochsAsked++;
        if (Gives is not null || !NeedsNewEpoch(request))
        {
            return Task.FromResult(new EpochAnswer(Gives ?? Epoch));
        }
        var known = request.AckedSeq;
        if (request.Epoch == Epoch)
        {
            var tail = request.Tail ?? [];
            while (known < Lines.Count && known - request.AckedSeq < tail.Count && tail[(int)(known - request.AckedSeq)] == Chain.Text(HashAt(known + 1)))
            {
                known++;
            }
        }
        Epoch = Math.Max(Epoch, request.Epoch) + 1;
        EarlierLines.AddRange(Lines);
        Lines = [];
        if (LoseNextAnswer)
        {
            LoseNextAnswer = false;
            throw new HubUnreachable("the answer was lost");
        }
        return Task.FromResult(new EpochAnswer(Epoch, known));
    }

    /// <summary>As the hub decides (hub/Ingest/EpochRule): it knows more, or other; an answer that was lost is given again.</summary>
    private bool NeedsNewEpoch(EpochRequest request) => request.Epoch == Epoch
        ? Lines.Count > request.Seq || (Lines.Count == request.Seq && request.Hash != Chain.Text(Hash))
        : request.Epoch > Epoch || Lines.Count > 0;

    /// <summary>Changes a row; the feed gets a new version.</summary>
    public void Change(string feed, params object?[] row)
    {
        _rows[feed].RemoveAll(old => (string)old.Row[0]! == (string)row[0]!);
        _rows[feed].Add((++_versions[feed], row));
    }

    /// <summary>Feeds from now on what it did not before.</summary>
    public void Begin(string feed, params object?[][] rows)
    {
        _rows[feed] = [.. rows.Select(row => (1L, row))];
        _versions[feed] = 1;
    }

    /// <summary>Forgets a row without leaving a trace: only a snapshot can tell.</summary>
    public void ForgetRow(string feed, string key) => _rows[feed].RemoveAll(old => (string)old.Row[0]! == key);

    /// <summary>A hub that was restored and begins to count anew.</summary>
    public void SetVersion(string feed, long version)
    {
        _versions[feed] = version;
        for (var i = 0; i < _rows[feed].Count; i++)
        {
            _rows[feed][i] = (Math.Min(version, _rows[feed][i].Version), _rows[feed][i].Row);
        }
    }

    public IEnumerable<(JournalHead Head, string Body)> Entries() => Lines.Select(line =>
    {
        var head = JournalCodec.ReadHead(line, out var body);
        return (head, System.Text.Encoding.UTF8.GetString(line[body]));
    });

    private void Line()
    {
        if (!Up)
        {
            throw new HubUnreachable("cut");
        }
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>A machine of other versions than this one: it settles as the first agents did, with bodies of schema 1 that know no layers, by the
/// first book; now and then it writes what only a later version will understand, or what nobody can. It treats one person, whom nobody else treats.</summary>
internal sealed class OtherVersions(World world) : IDisposable
{
    private const int MostOdd = 12;
    private static readonly string[] Newer = ["referral", "admitted", "accountOwner", "knownBy"];
    private readonly EcdsaSigner _signer = EcdsaKeys.Create();
    private readonly List<byte[]> _lines = [];
    private readonly List<byte[]> _hashes = [Chain.Zero];
    private readonly List<(long Seq, string What)> _odd = [];
    private readonly List<Guid> _settled = [];
    private PolicyBook? _book;
    private string _device = "";
    private long _acked;
    private long _deductible;
    private long _fundPay;

    private static string Site => Clerk.Sites[^1];
    private static string Person => Reference.Person(Clerk.OfOtherVersions);

    public void Enrol()
    {
        var code = world.Hub.Enrolment.NewCode(Site);
        var request = new EnrolRequest(code, Convert.ToBase64String(_signer.PublicKey), "0.1");
        _device = world.Thread.Run(() => world.Hub.DoAsync("enrol", hub => hub.Enrolment.Enrol(request), hub => world.Thread.Run(() => hub.Enrolment.Enrol(request with { Code = hub.Enrolment.NewCode(Site) })))).Device;
        _book = PolicyBookReader.Read(Books.Text(1, "2024-12-20", "0.6")).OrThrow();
    }

    public void Act()
    {
        if (world.Chance.OneIn(3))
        {
            Send();
        }
        else if (world.Chance.OneIn(5) && _odd.Count < MostOdd)
        {
            Odd();
        }
        else
        {
            Settle();
        }
    }

    /// <summary>Some of each is written and sent; a story's.</summary>
    /// <returns>False: not all of it came through.</returns>
    public bool WriteAndSend()
    {
        Settle();
        Odd();
        Settle();
        Send();
        return _acked == _lines.Count;
    }

    /// <summary>Sends what the hub has not acknowledged.</summary>
    /// <returns>True: there was something to send, or it did not come through.</returns>
    public bool Send()
    {
        world.Hub.Turn();
        if (world.Hub.Disk.IsDead)
        {
            return _acked < _lines.Count;
        }
        // As every agent it asks first: a hub that was put back stands before what it had acknowledged.
        _acked = world.Hub.Greeting.Of(_device).Answer?.Seq ?? _acked;
        if (_acked == _lines.Count)
        {
            return false;
        }
        var wire = BatchCodec.Write(
            Reference.Region, Site, _device, 1, _acked + 1, _hashes[(int)_acked], [.. _lines.Skip((int)_acked).Select(line => (ReadOnlyMemory<byte>)line)], _signer);
        var fate = world.Quiet ? Fate.Delivered : world.Chance.Of<Fate>([Fate.Delivered, Fate.Delivered, Fate.RequestLost, Fate.AnswerLost, Fate.Doubled]);
        world.Coverage.Hit("batch of another version", fate == Fate.Delivered ? "none" : fate.ToString(), "up");
        world.Note($"other version sends from {_acked + 1}: {fate}");
        if (fate == Fate.RequestLost)
        {
            return true;
        }
        try
        {
            var answer = Deliver(wire);
            answer = fate == Fate.Doubled ? Deliver(wire) : answer;
            _acked = fate == Fate.AnswerLost ? _acked : answer.AckedThrough;
        }
        catch (Exception failed) when (world.Hub.Broke(failed))
        {
            world.Note("hub died under a batch");
        }
        catch (EdgeHub.Sync.Stores.StoreException full) when (world.Hub.IsFull)
        {
            world.Note($"hub takes no batch: {full.Code}");
        }
        return true;
    }

    /// <summary>Every settlement of an old form stands at the hub; whatever it cannot understand stands aside with an owner and a day.</summary>
    public void Judge()
    {
        var facts = world.Hub.Query<string>("select cast(settlement as text) from settlement_fact").ToHashSet(StringComparer.Ordinal);
        foreach (var lost in _settled.Where(id => !facts.Contains(id.ToString("D"))))
        {
            world.Auditor.Check(1, false, () => $"the settlement {lost} of schema 1 is not at the hub");
        }
        var device = world.Hub.Number($"select device_no from device where device = '{_device}'");
        foreach (var (seq, what) in _odd)
        {
            var aside = world.Hub.Query<string>($"select code || ' ' || owner from public_quarantine where device_no = {device} and seq = {seq} and since_ms > 0 and owner <> '' and released_ms is null");
            world.Auditor.Check(6, aside.Count == 1, () => $"{what} at {device}/1/{seq} does not stand aside with an owner");
            world.Coverage.Hit($"aside {what}", aside.Count == 1 ? aside[0].Split(' ')[0] : "not", "up");
        }
    }

    public void Dispose() => _signer.Dispose();

    private JournalAnswer Deliver(byte[] wire) =>
        world.Thread.Run(() => world.Hub.DoAsync("batch", hub => hub.Ingest.Receive(wire), hub => world.Thread.Run(() => hub.Ingest.Receive(wire))));

    private void Settle()
    {
        var fen = world.Chance.Between(1_00, 90_00);
        var taken = Math.Min(fen, 100_00 - _deductible);
        var fund = Math.Min((long)decimal.Round((fen - taken) * 0.6m, MidpointRounding.AwayFromZero), 400_00 - _fundPay);
        var (id, day) = (new Guid(world.Chance.Between(1, int.MaxValue).GetHashCode(), 1, 7, BitConverter.GetBytes(world.Chance.Next())), Today);
        var body = new VisitSettled(
            id, string.Create(CultureInfo.InvariantCulture, $"old-{_lines.Count}"), $"old-visit-{_lines.Count}", 1, "CNY", Person, "390", "15", new DateOnly(1970, 5, 17), Reference.Region, false,
            Site, 0, "village_clinic", "11", ["J06.9"], null, day, new SettledTotals(fen, 0, 0, 0, fen, taken), new SettledShares(fund, 0, fen - fund), 0, false,
            new PolicyUsed(_book!.Reference.Id, _book.Reference.Version, _book.Reference.Hash, _book.Rows[0].Id), "1",
            new OfflineFacts(false, 60, ComputeFeeds(), new Dictionary<string, long>(StringComparer.Ordinal)), new CardEvidence("idnumber", "", null), "op",
            [new SettledMove("Deductible/Year/2025/*", _deductible, _deductible + taken), new SettledMove("FundPay/Year/2025/*", _fundPay, _fundPay + fund)],
            [new SettledLine(1, "A1", 9, "A", fen / 100m, 1m, fen, null, 0m, 0, 0, 0, fen)]);
        (_deductible, _fundPay) = (_deductible + taken, _fundPay + fund);
        var old = JsonSerializer.SerializeToNode(body, JournalCodec.Options)!.AsObject();
        foreach (var name in Newer)
        {
            old.Remove(name);
        }
        old["shares"]!.AsObject().Remove("catastrophic");
        old["shares"]!.AsObject().Remove("assistance");
        Write(Kinds.VisitSettled, 1, old);
        _settled.Add(id);
    }

    private static Dictionary<string, long> ComputeFeeds() =>
        EdgeHub.Agent.Settlement.ComputeBill.RestsOn.Where(feed => feed is not ("parameters" or "site")).ToDictionary(feed => feed, _ => 1L, StringComparer.Ordinal);

    private void Odd()
    {
        var (what, kind, schema) = world.Chance.Of<(string, string, int)>([("a kind of a later version", "VisitDreamt", 1), ("a schema of a later version", Kinds.VisitSettled, 9), ("a body that nobody reads", Kinds.VisitSettled, 2)]);
        Write(kind, schema, new JsonObject { ["odd"] = true });
        _odd.Add((_lines.Count, what));
    }

    private void Write(string kind, int schema, JsonObject body)
    {
        var head = new JournalHead(_lines.Count + 1, kind, schema, world.Time.Now, Today, new ClockReading((long)(world.Time.Now - world.Time.Start).TotalMilliseconds, 0, 0));
        var line = JournalCodec.Line(head, JsonDocument.Parse(body.ToJsonString(JournalCodec.Options)).RootElement);
        _lines.Add(line);
        _hashes.Add(Chain.Next(_hashes[^1], line));
    }

    private DateOnly Today => DateOnly.FromDateTime(world.Time.Now.UtcDateTime.AddHours(8));
}

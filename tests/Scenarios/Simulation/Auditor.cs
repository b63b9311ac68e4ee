using System.Text.Json;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Sync;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>A promise was broken.</summary>
/// <param name="Number">Of the promise, as architecture.md numbers them; 0: the run does not come to rest.</param>
internal sealed record Broken(int Number, string Detail)
{
    public override string ToString() => $"invariant {Number}: {Detail}";
}

/// <summary>Knows what people were told, and holds agents and hub to it. It uses nothing of the product's settlement: what it believes
/// stands in plain lists that were filled from what patients saw.</summary>
internal sealed partial class Auditor(World world)
{
    private const int MostBroken = 20;
    private readonly List<Seen> _seen = [];
    private readonly List<(SimAgent Agent, string Visit)> _visits = [];
    private readonly HashSet<string> _mayBeLost = [];
    private readonly HashSet<string> _goneWithDisk = [];
    private readonly Dictionary<string, string> _met = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metKey = new(StringComparer.Ordinal);
    private bool _hubWasPutBack;

    public List<Broken> Broken { get; } = [];

    /// <summary>Answers that people hold in their hands.</summary>
    public int SeenAnswers => _seen.Count;

    /// <summary>Of these, what was on a lost disk alone.</summary>
    public int LostWithDisks { get; private set; }

    public void Check(int number, bool holds, Func<string> otherwise)
    {
        if (!holds && Broken.Count < MostBroken)
        {
            Broken.Add(new Broken(number, otherwise()));
            world.Note($"BROKEN {Broken[^1]}");
        }
    }

    /// <summary>What befell the message that carried these lines: told with the outcome of each.</summary>
    public void Met(byte[] wire, Fate fate)
    {
        foreach (var line in BatchCodec.Lines(BatchCodec.Inflate(BatchCodec.Read(wire))))
        {
            foreach (var id in Ids(line))
            {
                _met[id] = $"batch: {fate}";
            }
        }
    }

    /// <summary>What befell the machine when somebody asked for this.</summary>
    public void Met(string key, string fault) => _metKey[key] = fault;

    public void Opened(SimAgent agent, string visit) => _visits.Add((agent, visit));

    public void Confirmed(SimAgent agent, KeyedRequest request, byte[] json)
    {
        var seen = Seen.Of(agent, request, json, world.Time.Now);
        _seen.Add(seen);
        if (request.Kind is "settle")
        {
            Explained(Seen.Read<SettledAnswer>(json));
        }
    }

    /// <summary>Promise 8: every figure of a receipt says by which article it came, and the parts make the whole.</summary>
    private void Explained(SettledAnswer a)
    {
        var s = a.Shares;
        Check(8, s.Fund + s.Account + s.Cash + s.Catastrophic + s.Assistance == a.Totals.Total, () => $"settlement {a.Settlement}: shares make {Seen.Text(s)}, total {a.Totals.Total}");
        Check(8, a.Lines.Sum(line => line.Amount) == a.Totals.Total && a.Lines.Sum(line => line.Eligible) == a.Totals.Eligible, () => $"settlement {a.Settlement}: lines do not make the totals");
        Check(8, a.Steps.Count > 0 && a.Steps.All(step => step.Rule.Length > 0 && step.Clause.Length > 0 && step.Document.Length > 0), () => $"settlement {a.Settlement}: a step without its article");
    }

    /// <summary>Promise 6: "synced" is said only where the hub has the very head.</summary>
    public void RoundEnded(SimAgent agent, SyncReport report)
    {
        NotInTheWay(agent, report);
        if (!agent.IsCut && report.Heard && report.Unacknowledged == 0)
        {
            IsSynced(agent);
        }
    }

    /// <summary>The same where the answer came by hand. A hub that was put back since has told nobody yet.</summary>
    public void TakenByHand(SimAgent agent)
    {
        if (!_hubWasPutBack)
        {
            IsSynced(agent);
        }
    }

    private void IsSynced(SimAgent agent)
    {
        if (agent.Disk.IsDead || world.Hub.Disk.IsDead || agent.Store.Site is not { } site || agent.Disk.IsFull)
        {
            return;
        }
        var (head, acked) = agent.Heads();
        if (head.Seq != acked.Seq || head.Epoch != acked.Epoch || head.Seq == 0)
        {
            return;
        }
        var hash = Chain.Text(head.Hash.Span);
        var known = world.Hub.Store.Read(session => session.Query<SegmentRow>(
            """
            select from_seq as FromSeq, prev_hash as PrevHash, wire as Wire from public_segment
            where device = @device and epoch = @epoch and from_seq <= @seq and from_seq + count > @seq
            """, new { device = site.Device, epoch = head.Epoch, seq = head.Seq }));
        Check(6, known.Count == 1 && Chain.Text(Chain.Through(known[0].PrevHash, [.. Lines(known[0]).Take((int)(head.Seq - known[0].FromSeq + 1))])) == hash,
            () => $"{agent.Name} says it is synced at {head.Epoch}/{head.Seq} {hash[..12]}, which the hub does not have");
    }

    /// <summary>A disk is lost: what it held alone may be lost with it.</summary>
    public void DiskLost(SimAgent agent)
    {
        _goneWithDisk.Clear();
        if (agent.Store.Site is null)
        {
            return;
        }
        _goneWithDisk.UnionWith(agent.Journal().SelectMany(row => Ids(row.Line)));
        _goneWithDisk.ExceptWith(Entries().SelectMany(entry => Ids(entry.Line)));
        foreach (var copy in world.Agents.Where(each => each != agent && each.Site == agent.Site && !each.Disk.IsDead))
        {
            _goneWithDisk.ExceptWith(copy.Journal().SelectMany(row => Ids(row.Line)));
        }
        _mayBeLost.UnionWith(_goneWithDisk);
    }

    /// <summary>A backup was put on the new disk: what that holds is not lost.</summary>
    public void DiskFound(SimAgent agent)
    {
        if (agent.IsOpen && agent.Store.Site is not null && !agent.Disk.IsDead)
        {
            _mayBeLost.ExceptWith(agent.Journal().SelectMany(row => Ids(row.Line)).Where(_goneWithDisk.Contains).ToList());
        }
    }

    /// <summary>What the hub alone had, because the machine is gone, goes with what the hub loses.</summary>
    public void HubPutBack(Action putBack)
    {
        var lost = Entries().SelectMany(entry => Ids(entry.Line)).ToHashSet(StringComparer.Ordinal);
        putBack();
        _hubWasPutBack = true;
        LooksLost();
        lost.ExceptWith(Entries().SelectMany(entry => Ids(entry.Line)));
        foreach (var agent in world.Agents)
        {
            lost.ExceptWith(agent.JournalOnDisk().SelectMany(row => Ids(row.Line)));
        }
        _mayBeLost.UnionWith(lost);
    }

    /// <summary>Ids by which people may know a line.</summary>
    private static IReadOnlyList<string> Ids(ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        var body = json.RootElement.GetProperty("body");
        return [.. ((string[])["refund", "reversal", "claim", "contact", "settlement", "visit"])
            .Where(name => body.TryGetProperty(name, out var id) && id.ValueKind == JsonValueKind.String).Take(1).Select(name => body.GetProperty(name).GetString()!)];
    }
}

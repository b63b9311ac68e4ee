using System.Text.Json;
using EdgeHub.Agent.Store;
using EdgeHub.Hub;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>A line that the hub holds.</summary>
internal sealed record HubLine(string Device, long DeviceNo, string Site, long Epoch, long Seq, long ReceivedMs, ReadOnlyMemory<byte> Line);

// What is judged when nothing moves any more.
internal sealed partial class Auditor
{
    public void JudgeEnd()
    {
        var lines = Entries();
        foreach (var aside in world.Hub.Query<string>("select device_no || '/' || epoch || '/' || seq || ' ' || kind || ' ' || code || ' ' || detail from public_quarantine where released_ms is null order by 1"))
        {
            world.Note($"stands aside: {aside}");
        }
        var bodies = lines.Select(line => (Line: line, Json: JsonDocument.Parse(line.Line).RootElement)).ToList();
        NothingLost(bodies);
        NothingTwice();
        KeysUsedOnce(bodies);
        LedgerSums();
        AgentsAgree();
        Verified();
        NothingSkipped(lines);
        InOrder();
        ClocksNoted(lines);
        LooksKept(bodies);
        CountOutcomes(bodies);
        world.OtherVersions.Judge();
        ModelAgrees(lines);
        var (here, there) = new Replay(world).Compare();
        Check(4, here.Count + there.Count == 0, () => $"a replay of everything that came in differs: {string.Join("; ", here.Take(4))} is only at the hub; {string.Join("; ", there.Take(4))} only in the replay");
    }

    /// <summary>Promise 1.</summary>
    private void NothingLost(List<(HubLine Line, JsonElement Json)> bodies)
    {
        var held = new Dictionary<string, List<JsonElement>>(StringComparer.Ordinal);
        foreach (var (_, json) in bodies)
        {
            var kind = json.GetProperty("kind").GetString()!;
            var body = json.GetProperty("body");
            var name = kind switch
            {
                Kinds.VisitSettled => "settlement", Kinds.VisitReversed => "reversal", Kinds.VisitPartlyRefunded => "refund", Kinds.RefundPaid => "refund",
                Kinds.ReimbursementClaimed => "claim", Kinds.ContactRecorded => "contact", Kinds.CheckedIn => "visit", _ => "",
            };
            if (name.Length > 0 && body.TryGetProperty(name, out var named))
            {
                var id = named.GetString()!;
                held.TryAdd(id, []);
                held[id].Add(body);
            }
        }
        foreach (var seen in _seen)
        {
            if (!held.TryGetValue(seen.Id.ToString("D"), out var found))
            {
                var isGone = _mayBeLost.Contains(seen.Id.ToString("D"));
                LostWithDisks += isGone ? 1 : 0;
                Check(1, isGone, () => $"{seen.Kind} {seen.Id} (key {seen.Key}) that {seen.Agent.Name} confirmed at {seen.At:u} is nowhere at the hub");
                continue;
            }
            Check(1, found.TrueForAll(body => Amounts(seen.Kind, body) == seen.Shares), () => $"{seen.Kind} {seen.Id} was confirmed with {seen.Shares}, the hub holds {Amounts(seen.Kind, found[0])}");
        }
        foreach (var (agent, visit) in _visits)
        {
            Check(1, held.ContainsKey(visit) || _mayBeLost.Contains(visit), () => $"the visit {visit} that {agent.Name} opened is nowhere at the hub");
        }
    }

    private static string Amounts(string kind, JsonElement body) => kind switch
    {
        "settle" or "reverse" => Shares(body.GetProperty("shares")),
        "part refund" => Shares(body.GetProperty("now").GetProperty("shares")),
        "pay out" => body.GetProperty("amount").GetRawText(),
        "claim" => body.GetProperty("totals").GetProperty("total").GetRawText(),
        _ => "",
    };

    private static string Shares(JsonElement shares) => string.Join('/', ((string[])["fund", "catastrophic", "assistance", "account", "cash"]).Select(name => shares.GetProperty(name).GetRawText()));

    /// <summary>Promise 2: one settlement stands per visit part, one payment per refund, one use of a key per clinic.</summary>
    private void NothingTwice()
    {
        var twice = world.Hub.Query<string>("""
            select site || ' ' || visit || ' ' || ordinal from settlement_fact where standing = 'Stands' group by site, visit, ordinal having count(*) > 1
            """);
        Check(2, twice.Count == 0, () => $"two settlements stand for one visit part: {twice[0]}");
        var postings = world.Hub.Query<string>("""
            select s.cause from ledger_set s join ledger_leg l on l.region = s.region and l.set_id = s.set_id
            group by s.cause, s.set_id having count(*) <> max(s.legs)
            """);
        Check(2, postings.Count == 0, () => $"a set has other legs than it was sealed with: {postings[0]}");
    }

    /// <summary>Each rule's outcome with what befell it on its way: at the desk where it was asked for, and on the line.</summary>
    private void CountOutcomes(List<(HubLine Line, JsonElement Json)> bodies)
    {
        var decided = world.Hub.Query<string>("""
            select f.device_no || '/' || f.epoch || '/' || f.seq || '|' || f.standing || coalesce(' ' || d.status || ' ' || coalesce(nullif(d.cause, ''), d.code), '')
            from settlement_fact f left join decision d on d.region = f.region and d.device_no = f.device_no and d.epoch = f.epoch and d.seq = f.seq and d.version = f.decision_version
            """).Select(row => row.Split('|')).ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
        foreach (var (line, json) in bodies)
        {
            if (decided.GetValueOrDefault($"{line.DeviceNo}/{line.Epoch}/{line.Seq}") is not { } outcome || Ids(line.Line) is not [var id, ..])
            {
                continue;
            }
            var key = json.GetProperty("body").GetProperty("requestKey").GetString()!;
            var fault = _metKey.GetValueOrDefault(key) ?? _met.GetValueOrDefault(id) ?? "none";
            world.Coverage.Hit($"outcome {json.GetProperty("kind").GetString()} {outcome}", fault, line.Epoch > 1 ? "restored" : "up");
        }
    }

    /// <summary>Promise 2 at a clinic whose store nobody put back or copied: a visit part is settled once until it is taken back, and a
    /// request key stands for one deed.</summary>
    private void KeysUsedOnce(List<(HubLine Line, JsonElement Json)> bodies)
    {
        var honest = world.Agents.Where(agent => agent is { Lives: 0, IsCloned: false } && agent.Store.Site is not null).ToDictionary(agent => agent.Store.Site!.Device);
        foreach (var device in bodies.Where(each => honest.ContainsKey(each.Line.Device)).GroupBy(each => each.Line.Device))
        {
            var (standing, keys) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
            foreach (var (line, json) in device.OrderBy(each => (each.Line.Epoch, each.Line.Seq)))
            {
                var body = json.GetProperty("body");
                var id = Ids(line.Line).FirstOrDefault() ?? "";
                if (body.TryGetProperty("requestKey", out var key) && json.GetProperty("kind").GetString() != Kinds.OfflineRefused)
                {
                    Check(2, keys.TryAdd(key.GetString()!, id) || keys[key.GetString()!] == id, () => $"{device.Key} used the request key {key} twice: {keys[key.GetString()!]} and {id}");
                }
                switch (json.GetProperty("kind").GetString())
                {
                    case Kinds.VisitSettled:
                        var part = $"{body.GetProperty("visit").GetString()}/{body.GetProperty("ordinal").GetRawText()}";
                        Check(2, standing.TryAdd(part, id) || standing[part] == id, () => $"{device.Key} settled the visit part {part} twice: {standing[part]} and {id}");
                        break;
                    case Kinds.VisitReversed or Kinds.VisitPartlyRefunded:
                        var old = body.GetProperty("settlement").GetString()!;
                        var now = body.TryGetProperty("now", out var remains) ? remains.GetProperty("settlement").GetString()! : "";
                        foreach (var taken in standing.Where(each => each.Value == old).Select(each => each.Key).ToList())
                        {
                            if (now.Length > 0)
                            {
                                standing[taken] = now;
                            }
                            else
                            {
                                standing.Remove(taken);
                            }
                        }
                        break;
                    default:
                        break;
                }
            }
        }
    }

    /// <summary>Promise 3.</summary>
    private void LedgerSums()
    {
        var sets = world.Hub.Query<string>("""
            select l.set_id || ' ' || a.currency from ledger_leg l join ledger_account a on a.region = l.region and a.account_no = l.account_no
            group by l.set_id, a.currency having sum(l.fen) <> 0
            """);
        Check(3, sets.Count == 0, () => $"a set does not sum to zero: {sets[0]}");
        var accounts = world.Hub.Query<string>("""
            select a.kind || ' ' || a.owner || ' legs ' || coalesce(sum(l.fen), 0) || ' balance ' || b.fen
            from ledger_account a join ledger_balance b on b.region = a.region and b.account_no = a.account_no
            left join ledger_leg l on l.region = a.region and l.account_no = a.account_no
            group by a.account_no, a.kind, a.owner, b.fen having coalesce(sum(l.fen), 0) <> b.fen
            """);
        Check(3, accounts.Count == 0, () => $"an account is not the sum of its legs: {accounts[0]}");
        // 165,000 persons at 830.00 came in; what was issued of it, paid or not, is the same to the fen (Z5, Z7, Z10, Z12).
        const long funding = 165_000L * 830_00;
        var issued = world.Hub.Number("""
            select coalesce(sum(l.fen), 0) from public_ledger_leg l join public_ledger_set s on s.region = l.region and s.set_id = l.set_id where s.cause like 'budget/%' and l.fen > 0
            """);
        var left = world.Hub.Number("select coalesce(sum(fen), 0) from public_balance where kind <> 'Funding'");
        Check(3, issued == funding && left == funding, () => $"of {funding} {issued} was issued and {left} is accounted for");
        Check(3, world.Hub.Number("select coalesce(sum(fen), 0) from ledger_balance") == 0, () => "all balances together are not zero");
    }

    /// <summary>Promise 4: each agent reckons with the hub's amounts.</summary>
    private void AgentsAgree()
    {
        var truth = world.Hub.Query<string>("select person || ' ' || accumulator || ' ' || amount from public_accumulator where amount <> 0").Where(OfCatchment).Order(StringComparer.Ordinal).ToList();
        foreach (var agent in world.Agents)
        {
            var held = world.Thread.Run(() => agent.Store.Do(session => Enumerable.Range(1, Clerk.Persons)
                .SelectMany(number => AccumulatorStore.Of(session, Reference.Person(number), "", Currency.Cny).Amounts
                    .Where(amount => amount.Value.MinorUnits != 0).Select(amount => $"{Reference.Person(number)} {amount.Key} {amount.Value.MinorUnits}"))
                .Order(StringComparer.Ordinal).ToList()));
            Check(4, truth.SequenceEqual(held), () => $"{agent.Name} and the hub differ: at the hub {string.Join(", ", truth.Except(held).Take(3))}; there {string.Join(", ", held.Except(truth).Take(3))}");
        }
    }

    private static bool OfCatchment(string row) => Enumerable.Range(1, Clerk.Persons).Any(number => row.StartsWith(Reference.Person(number) + " ", StringComparison.Ordinal));

    private void Verified()
    {
        var notes = world.Hub.Store.Read(session => VerifyCommand.Run(session, world.Hub.Store.Region));
        Check(4, notes.First is null, () => $"hub verify: {notes.Differences} differences, the first: {notes.First}");
        Check(6, world.Hub.Unexpected.Count == 0, () => $"the hub answered 500: {world.Hub.Unexpected[0]}");
    }

    /// <summary>Promise 6: each line was judged, or stands aside with a reason, an owner and a day.</summary>
    private void NothingSkipped(IReadOnlyList<HubLine> lines)
    {
        foreach (var device in lines.GroupBy(line => (line.Device, line.Epoch)))
        {
            var seqs = device.Select(line => line.Seq).Order().ToList();
            Check(6, seqs.SequenceEqual(Enumerable.Range(1, seqs.Count).Select(seq => (long)seq)), () => $"the sequences of {device.Key} have gaps or doubles");
        }
        var unjudged = world.Hub.Query<string>("""
            select e.device_no || '/' || e.epoch || '/' || e.seq || ' ' || e.kind from entry e
            left join settlement_cursor c on c.region = e.region and c.device_no = e.device_no
            where c.device_no is null or e.epoch > c.epoch or (e.epoch = c.epoch and e.seq > c.seq)
            """);
        Check(6, unjudged.Count == 0, () => $"an entry was not judged: {unjudged[0]}");
        var skipped = world.Hub.Query<string>("""
            select e.device_no || '/' || e.epoch || '/' || e.seq || ' ' || e.kind from entry e
            where e.kind in ('VisitSettled', 'VisitPartlyRefunded', 'ReimbursementClaimed', 'VisitReversed')
            and not exists (select 1 from settlement_fact f where f.region = e.region and f.device_no = e.device_no and f.epoch = e.epoch and f.seq = e.seq)
            and not exists (select 1 from settlement_reversal r where r.region = e.region and r.device_no = e.device_no and r.epoch = e.epoch and r.seq = e.seq)
            and not exists (select 1 from public_quarantine q where q.region = e.region and q.device_no = e.device_no and q.epoch = e.epoch and q.seq = e.seq)
            """);
        Check(6, skipped.Count == 0, () => $"an entry is neither judged nor set aside: {skipped[0]}");
    }

    /// <summary>Promise 7: what decides the order never goes back within a device, and no clock pushes it beyond the receipt.</summary>
    private void InOrder()
    {
        var back = world.Hub.Query<string>("""
            select e.device_no || '/' || e.epoch || '/' || e.seq from entry e join entry f on f.region = e.region and f.device_no = e.device_no and f.epoch = e.epoch and f.seq = e.seq - 1
            where e.captured_effective_ms < f.captured_effective_ms
            """);
        Check(7, back.Count == 0, () => $"the effective time goes back at {back[0]}");
        var ahead = world.Hub.Query<string>("""
            select e.device_no || '/' || e.epoch || '/' || e.seq from entry e join segment s on s.region = e.region and s.segment_id = e.segment_id
            where e.captured_effective_ms > s.received_ms + 300000
            """);
        Check(7, ahead.Count == 0, () => $"a line is filed later than it was received: {ahead[0]}");
    }

    private IReadOnlyList<HubLine> Entries()
    {
        var held = new List<HubLine>();
        foreach (var row in world.Hub.Query<SegmentRow>("select device as Device, device_no as DeviceNo, site as Site, epoch as Epoch, from_seq as FromSeq, received_ms as ReceivedMs, wire as Wire from public_segment order by segment_id"))
        {
            held.AddRange(Lines(row).Select((line, i) => new HubLine(row.Device, row.DeviceNo, row.Site, row.Epoch, row.FromSeq + i, row.ReceivedMs, line)));
        }
        return held;
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Lines(SegmentRow row) => BatchCodec.Lines(BatchCodec.Inflate(BatchCodec.Read(row.Wire)));

    private sealed class SegmentRow
    {
        public byte[] PrevHash { get; init; } = [];
        public string Device { get; init; } = "";
        public long DeviceNo { get; init; }
        public string Site { get; init; } = "";
        public long Epoch { get; init; }
        public long FromSeq { get; init; }
        public long ReceivedMs { get; init; }
        public byte[] Wire { get; init; } = [];
    }
}

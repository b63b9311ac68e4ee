using System.Text.Json;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.Unit.Hub.Slow;

namespace EdgeHub.Tests.Scenarios.Simulation;

// Promises 6 to 9 from what happened: who stood in whose way, which clocks jumped, by what each decision is explained, who looked.
internal sealed partial class Auditor
{
    /// <summary>An agent notes a jump of 2 s; two smaller ones may lie between two lines.</summary>
    private const long JumpMilliseconds = 4_500;

    private static readonly string[] Broke = [Codes.Fork, Codes.Cloned, Codes.StaleEpoch, Codes.Revoked, Codes.UnknownDevice, Codes.BadSignature];
    private readonly Dictionary<(string Site, string Person), long> _looks = [];
    private int _asked;

    /// <summary>Promise 6: a machine that nobody put back, copied or replaced is never refused for what became of another one.</summary>
    private void NotInTheWay(SimAgent agent, SyncReport report)
    {
        if (agent is { Lives: 0, IsCloned: false } && !_hubWasPutBack && report.Failure is { } failure)
        {
            Check(6, !Broke.Any(code => failure.Contains(code, StringComparison.Ordinal)), () => $"{agent.Name}, which is sound, was refused: {failure}");
        }
    }

    /// <summary>Promise 7: where wall and monotonic clock went apart between two lines of one process, a line says so.</summary>
    private void ClocksNoted(IReadOnlyList<HubLine> lines)
    {
        foreach (var chain in lines.Where(line => line.Site != Clerk.Sites[^1]).GroupBy(line => (line.DeviceNo, line.Epoch)))
        {
            JournalHead? before = null;
            var carried = 0L;
            foreach (var line in chain.OrderBy(each => each.Seq))
            {
                var head = JournalCodec.ReadHead(line.Line.Span, out var body);
                carried = head.Kind == Kinds.CarriedFrom ? JournalCodec.ReadBody<CarriedFrom>(line.Line.Span[body]).Carried + 1 : carried - 1;
                if (carried < 0 && before is not null && head.Kind != Kinds.DeviceStarted && head.Clock.TickMilliseconds >= before.Clock.TickMilliseconds)
                {
                    var apart = (head.Captured - before.Captured).TotalMilliseconds - (head.Clock.TickMilliseconds - before.Clock.TickMilliseconds);
                    Check(7, Math.Abs(apart) <= JumpMilliseconds || head.Kind == Kinds.ClockJumped, () => $"before {line.DeviceNo}/{line.Epoch}/{line.Seq} {head.Kind} the clock jumped by {apart} ms, and no line says so");
                }
                before = carried < 0 ? head : null;
            }
        }
    }

    /// <summary>Promise 8: who bears what, the book by its day, every amount before and after, and an article for each.</summary>
    private void DecisionsExplained(IReadOnlyList<SlowWhy> model)
    {
        var hub = world.Hub.Query<WhyRow>("""
            select d.device_no || '/' || d.epoch || '/' || d.seq as Name, d.difference as Difference, d.bears as Bears, d.policy as Policy, d.moves as Moves, d.rule as Rule, d.article as Article
            from settlement_fact f join decision d on d.region = f.region and d.device_no = f.device_no and d.epoch = f.epoch and d.seq = f.seq and d.version = f.decision_version
            """).ToDictionary(row => row.Name, StringComparer.Ordinal);
        foreach (var row in hub.Values)
        {
            Check(8, row.Rule.Length > 0 && row.Article.Length > 0, () => $"the decision on {row.Name} names no article");
        }
        foreach (var why in model)
        {
            if (hub.GetValueOrDefault(why.Name) is not { } row)
            {
                continue;
            }
            Check(8, (row.Difference, row.Bears) == (why.Difference, why.Bears), () => $"{why.Name}: {row.Difference} is borne by {row.Bears}, not {why.Difference} by {why.Bears}");
            Check(8, row.Policy == world.Clerk.Books.NameKnownOn(why.KnownOn), () => $"{why.Name}, known on {why.KnownOn}, is judged by {row.Policy}, not by {world.Clerk.Books.NameKnownOn(why.KnownOn)}");
            var moves = string.Join(' ', JsonSerializer.Deserialize<List<SettledMove>>(row.Moves, JournalCodec.Options)!.Where(move => move.Before != move.After)
                .Select(move => $"{move.Key.Split('/')[0]}:{move.Before}>{move.After}").Order(StringComparer.Ordinal));
            Check(8, moves == why.Moves, () => $"{why.Name} says that {moves} moved, it was {why.Moves}");
        }
    }

    /// <summary>Promise 9: only a machine that stands for its site is answered.</summary>
    public void Looks(SimAgent agent, string site)
    {
        _asked++;
        Check(9, site == agent.Site, () => $"{agent.Name} of {agent.Site} looks as {site}");
    }

    /// <summary>The hub told a site of a person.</summary>
    public void Looked(string site, PersonAsked asked, bool isFound)
    {
        var person = isFound ? Enumerable.Range(1, Clerk.OfOtherVersions).Select(number => (Reference.Person(number), Reference.IdNumber(number), Reference.Card(number)))
            .First(each => asked.Number == each.Item1 || asked.Number == each.Item2 || asked.Number == each.Item3).Item1 : "";
        _looks[(site, person)] = _looks.GetValueOrDefault((site, person)) + 1;
    }

    /// <summary>What a hub that was put back has lost of its looks it cannot show any more.</summary>
    private void LooksLost()
    {
        var held = HeldLooks();
        foreach (var look in _looks.Keys.ToList())
        {
            _looks[look] = Math.Min(_looks[look], held.GetValueOrDefault(look));
        }
    }

    private Dictionary<(string Site, string Person), long> HeldLooks() =>
        world.Hub.Query<LookRow>("select site as Site, person as Person, count(*) as Number from public_person_look group by site, person").ToDictionary(row => (row.Site, row.Person), row => row.Number);

    /// <summary>Promise 9: the hub keeps every look, and each site that treats somebody of another catchment has written down that it looked.</summary>
    private void LooksKept(List<(HubLine Line, JsonElement Json)> bodies)
    {
        var held = HeldLooks();
        Check(9, held.Values.Sum() <= _asked, () => $"the hub kept {held.Values.Sum()} looks, {_asked} came in");
        foreach (var (look, number) in _looks)
        {
            Check(9, held.GetValueOrDefault(look) >= number, () => $"{look.Site} was told of {look.Person} {number} times, the hub kept {held.GetValueOrDefault(look)} looks");
        }
        var noted = new HashSet<(string Site, string Person)>();
        var outsiders = Enumerable.Range(Clerk.Persons + 1, Clerk.Outsiders).Select(Reference.Person).ToHashSet(StringComparer.Ordinal);
        foreach (var (line, json) in bodies.OrderBy(each => each.Line.DeviceNo).ThenBy(each => each.Line.Epoch).ThenBy(each => each.Line.Seq))
        {
            var (kind, body) = (json.GetProperty("kind").GetString(), json.GetProperty("body"));
            if (kind == Kinds.PersonLookedUp)
            {
                noted.Add((line.Site, body.GetProperty("person").GetString()!));
            }
            else if (kind == Kinds.CheckedIn && body.GetProperty("person").GetString() is { } person && outsiders.Contains(person))
            {
                Check(9, noted.Contains((line.Site, person)), () => $"{line.Site} checked {person} in, who lives elsewhere, and no line says that it looked");
            }
        }
    }

    private sealed class WhyRow
    {
        public string Name { get; init; } = "";
        public long Difference { get; init; }
        public string Bears { get; init; } = "";
        public string Policy { get; init; } = "";
        public string Moves { get; init; } = "";
        public string Rule { get; init; } = "";
        public string Article { get; init; } = "";
    }

    private sealed class LookRow
    {
        public string Site { get; init; } = "";
        public string Person { get; init; } = "";
        public long Number { get; init; }
    }
}

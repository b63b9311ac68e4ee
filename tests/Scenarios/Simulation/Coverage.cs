using System.Globalization;
using System.Text;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>How often each rule or step met each fault in each state, and which combinations that could be met never were.</summary>
internal sealed class Coverage
{
    private static readonly string[] States = ["up", "offline", "restored", "cloned"];
    private static readonly string[] Up = ["up"];
    private static readonly string[] Dies = ["dies: Statement", "dies: Commit", "dies: Committed"];
    private static readonly string[] HubDies =
        ["hub dies: Statement", "hub dies: Commit", "hub dies: Committed", .. TestServer.IsThere ? (string[])["hub cut: Statement", "hub cut: Commit", "hub cut: Committed"] : []];
    private static readonly string[] HubFails = [.. HubDies, "hub: DiskFull"];
    private static readonly string[] Fates = ["RequestLost", "AnswerLost", "Doubled", "Late", "Slow"];

    /// <summary>What can happen to each group of steps, by the first word of its name: faults, and the states in which each can come.</summary>
    private static readonly IReadOnlyDictionary<string, (string[] Faults, string[] States)[]> Reachable = new Dictionary<string, (string[], string[])[]>(StringComparer.Ordinal)
    {
        ["check-in"] = [(["none", "disk full", .. Dies], States)], ["settle"] = [(["none", "disk full", .. Dies], States)], ["reverse"] = [(["none", "disk full", .. Dies], States)],
        ["part"] = [(["none", "disk full", .. Dies], States)], ["pay"] = [(["none", "disk full", .. Dies], States)], ["claim"] = [(["none", "disk full", .. Dies], States)],
        ["contact"] = [(["none", "disk full", .. Dies], States)], ["round"] = [(["none", "disk full", .. Dies], States)], ["look"] = [(["none"], States)],
        ["hello"] = [(["none", .. Fates], ["up", "restored", "cloned"]), (HubDies, Up)], ["page"] = [(["none", .. Fates], ["up", "restored", "cloned"]), (HubDies, Up)],
        ["batch"] = [(["none", .. Fates], ["up", "restored", "cloned"]), (HubFails, Up)], ["find"] = [(["none", .. Fates], ["up", "restored", "cloned"]), (HubFails, Up)],
        ["epoch"] = [(["none", .. Fates], ["restored", "cloned"]), (HubFails, Up)], ["enrol"] = [(["none", .. Fates], ["up", "restored"]), (HubDies, Up)],
        ["clock"] = [(["jumps: minutes", "jumps: hours", "jumps: days", "jumps: years"], States)],
        ["outcome"] = [(["none", "batch: RequestLost", "batch: AnswerLost", "batch: Doubled", "batch: Late", "batch: Slow", "desk: dies: Statement", "desk: dies: Commit", "desk: dies: Committed"], ["up", "restored"])],
        ["judge"] = [(["none", "disk full", .. HubDies], Up)],
    };

    private readonly SortedDictionary<(string What, string Fault, string State), long> _hits = [];

    public void Hit(string what, string fault, string state) => _hits[(what, fault, state)] = _hits.GetValueOrDefault((what, fault, state)) + 1;

    public void Add(Coverage other)
    {
        foreach (var (key, count) in other._hits)
        {
            _hits[key] = _hits.GetValueOrDefault(key) + count;
        }
    }

    /// <summary>Faults that were put in; "none" is none.</summary>
    public long Faults => _hits.Where(each => each.Key.Fault != "none").Sum(each => each.Value);

    /// <summary>How many of the reachable combinations, and of others that came, were met.</summary>
    public int Met => _hits.Count;

    /// <summary>Faults and states that came in no step at all: whatever makes them does not work any more.</summary>
    public IReadOnlyList<string> NeverAtAll =>
    [
        .. Reachable.Values.SelectMany(ways => ways).SelectMany(way => way.Faults).Distinct().Except(_hits.Keys.Select(each => each.Fault), StringComparer.Ordinal),
        .. States.Except(_hits.Keys.Select(each => each.State), StringComparer.Ordinal),
    ];

    /// <summary>How many were met; by class what never was; then each step, how often it met what, and behind NEVER what it could have met.</summary>
    public string Report()
    {
        var steps = _hits.GroupBy(each => each.Key.What, StringComparer.Ordinal).Select(step => new Step(step.Key, [.. step])).ToList();
        var (met, never) = (steps.Sum(step => step.Seen.Count), steps.Sum(step => step.Missed.Count));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{met} of {met + never} reachable combinations of step, fault and state were met, {never} never:\n");
        foreach (var same in steps.SelectMany(step => step.All.Select(each => (Class: $"{Class(step.What)}, {Class(each.Fault)}, {each.State}", Never: !step.Seen.Contains(each))))
            .GroupBy(each => each.Class, StringComparer.Ordinal).Where(same => same.Any(each => each.Never)).OrderByDescending(same => same.Count(each => each.Never)))
        {
            text.Append(CultureInfo.InvariantCulture, $"  never {same.Count(each => each.Never)} of {same.Count()}: {same.Key}\n");
        }
        steps.ForEach(step => text.Append("  ").AppendLine(step.ToString()));
        return text.ToString();
    }

    /// <summary>What a step or a fault is one of, for counting.</summary>
    private static string Class(string name) => name.Split(' ')[0].TrimEnd(':') switch
    {
        "check-in" or "settle" or "reverse" or "part" or "pay" or "claim" or "contact" or "look" => "at a desk",
        "hello" or "page" or "batch" or "find" or "epoch" or "enrol" when !name.Contains(": ", StringComparison.Ordinal) => "on the line",
        "RequestLost" or "AnswerLost" or "Doubled" or "Late" or "Slow" => "a message goes wrong",
        "outcome" => "an outcome",
        "batch" => "its batch went wrong",
        "desk" => "its machine died",
        "dies" => "the machine dies",
        "hub" when name.StartsWith("hub dies", StringComparison.Ordinal) => "the hub dies",
        "hub" when name.StartsWith("hub cut", StringComparison.Ordinal) => "the hub loses its server",
        "jumps" => "the clock jumps",
        _ => name,
    };

    /// <summary>One step with all that it met, and what it could have met.</summary>
    private sealed class Step
    {
        private readonly IReadOnlyList<KeyValuePair<(string What, string Fault, string State), long>> _hits;

        public Step(string what, IReadOnlyList<KeyValuePair<(string What, string Fault, string State), long>> hits)
        {
            (What, _hits) = (what, hits);
            Seen = hits.Select(each => (each.Key.Fault, each.Key.State)).ToHashSet();
            // "again" is asked where no answer came, "repeated" where one did; neither is a group of its own.
            All = Reachable.TryGetValue(what.Split(' ')[0].TrimEnd(':'), out var ways) && !what.StartsWith("batch of", StringComparison.Ordinal)
                ? [.. Seen.Union(ways.SelectMany(way => way.Faults.SelectMany(fault => way.States.Select(state => (fault, state)))))]
                : [.. Seen];
            Missed = [.. All.Except(Seen)];
        }

        public string What { get; }
        public HashSet<(string Fault, string State)> Seen { get; }
        public IReadOnlyList<(string Fault, string State)> All { get; }
        public IReadOnlyList<(string Fault, string State)> Missed { get; }

        public override string ToString()
        {
            var met = _hits.GroupBy(each => each.Key.Fault, StringComparer.Ordinal).Select(fault => string.Create(CultureInfo.InvariantCulture, $"{fault.Key} {fault.Sum(each => each.Value)}"));
            var never = Missed.GroupBy(each => each.State, StringComparer.Ordinal).Select(state => $"[{state.Key}] {string.Join(", ", state.Select(each => each.Fault))}");
            return $"{What}: {string.Join(", ", met)}{(Missed.Count > 0 ? "; NEVER " + string.Join(", ", never) : "")}";
        }
    }
}

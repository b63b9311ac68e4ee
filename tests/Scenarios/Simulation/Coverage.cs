using System.Globalization;
using System.Text;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>How often each rule or step met each fault in each state, and which combinations that could be met never were.</summary>
internal sealed class Coverage
{
    private static readonly string[] States = ["up", "offline", "restored", "cloned"];
    private static readonly string[] Up = ["up"];
    private static readonly string[] Dies = ["dies: Statement", "dies: Commit", "dies: Committed"];
    private static readonly string[] HubDies = ["hub dies: Statement", "hub dies: Commit", "hub dies: Committed", "hub: DiskFull"];
    private static readonly string[] Fates = ["RequestLost", "AnswerLost", "Doubled", "Late", "Slow"];

    /// <summary>What can happen to each group of steps, by the first word of its name: faults, and the states in which each can come.</summary>
    private static readonly IReadOnlyDictionary<string, (string[] Faults, string[] States)[]> Reachable = new Dictionary<string, (string[], string[])[]>(StringComparer.Ordinal)
    {
        ["check-in"] = [(["none", "disk full", .. Dies], States)], ["settle"] = [(["none", "disk full", .. Dies], States)], ["reverse"] = [(["none", "disk full", .. Dies], States)],
        ["part"] = [(["none", "disk full", .. Dies], States)], ["pay"] = [(["none", "disk full", .. Dies], States)], ["claim"] = [(["none", "disk full", .. Dies], States)],
        ["contact"] = [(["none", "disk full", .. Dies], States)], ["round"] = [(["none", "disk full", .. Dies], States)], ["look"] = [(["none"], States)],
        ["hello"] = [(["none", .. Fates], ["up", "restored", "cloned"]), (HubDies[..3], Up)], ["page"] = [(["none", .. Fates], ["up", "restored", "cloned"]), (HubDies[..3], Up)],
        ["batch"] = [(["none", .. Fates], ["up", "restored", "cloned"]), (HubDies, Up)], ["find"] = [(["none", .. Fates], ["up", "restored", "cloned"]), (HubDies, Up)],
        ["epoch"] = [(["none", .. Fates], ["restored", "cloned"]), (HubDies, Up)], ["enrol"] = [(["none", .. Fates], ["up", "restored"]), (HubDies[..3], Up)],
        ["clock"] = [(["jumps: minutes", "jumps: hours", "jumps: days", "jumps: years"], States)],
        ["outcome"] = [(["none", "batch: RequestLost", "batch: AnswerLost", "batch: Doubled", "batch: Late", "batch: Slow", "desk: dies: Statement", "desk: dies: Commit", "desk: dies: Committed"], ["up", "restored"])],
        ["judge"] = [(["none", "disk full", .. HubDies[..3]], Up)],
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

    /// <summary>Each step: how often it met what, and behind NEVER what it could have met.</summary>
    public string Report()
    {
        var text = new StringBuilder();
        var (met, could, never) = (0, 0, 0);
        foreach (var step in _hits.GroupBy(each => each.Key.What, StringComparer.Ordinal))
        {
            var seen = step.Select(each => (each.Key.Fault, each.Key.State)).ToHashSet();
            // "again" is asked where no answer came, "repeated" where one did; neither is a group of its own.
            var all = Reachable.TryGetValue(step.Key.Split(' ')[0].TrimEnd(':'), out var ways) && !step.Key.StartsWith("batch of", StringComparison.Ordinal)
                ? ways.SelectMany(way => way.Faults.SelectMany(fault => way.States.Select(state => (Fault: fault, State: state)))).ToHashSet()
                : seen;
            var missed = all.Except(seen).ToList();
            (met, could, never) = (met + seen.Count, could + all.Union(seen).Count(), never + missed.Count);
            text.Append(CultureInfo.InvariantCulture, $"  {step.Key}: ").AppendJoin(", ", step.GroupBy(each => each.Key.Fault, StringComparer.Ordinal)
                .Select(fault => string.Create(CultureInfo.InvariantCulture, $"{fault.Key} {fault.Sum(each => each.Value)}")));
            text.Append(missed.Count > 0 ? "; NEVER " + string.Join(", ", missed.GroupBy(each => each.State, StringComparer.Ordinal).Select(state => $"[{state.Key}] {string.Join(", ", state.Select(each => each.Fault))}")) : "").Append('\n');
        }
        return string.Create(CultureInfo.InvariantCulture, $"{met} of {could} reachable combinations of step, fault and state were met, {never} never:\n{text}");
    }
}

using System.Globalization;
using System.Text;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>How often each rule or step met each fault in each state.</summary>
internal sealed class Coverage
{
    public static readonly IReadOnlyList<string> States = ["up", "offline", "restored", "cloned"];
    private readonly SortedDictionary<(string What, string Fault, string State), long> _hits = [];

    public IReadOnlyDictionary<(string What, string Fault, string State), long> Hits => _hits;

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

    public string Report()
    {
        var text = new StringBuilder();
        var steps = _hits.Keys.Select(key => key.What).Distinct(StringComparer.Ordinal).ToList();
        var (met, never) = (0, 0);
        foreach (var what in steps)
        {
            var faults = Possible(what);
            var missed = new List<string>();
            foreach (var fault in faults)
            {
                var states = _hits.Where(each => each.Key.What == what && each.Key.Fault == fault).ToList();
                met += states.Count;
                if (states.Count == 0)
                {
                    missed.Add(fault);
                    never++;
                }
            }
            text.Append(CultureInfo.InvariantCulture, $"  {what}: ").AppendJoin(", ", faults.Except(missed).Select(fault =>
                string.Create(CultureInfo.InvariantCulture, $"{fault} {_hits.Where(each => each.Key.What == what && each.Key.Fault == fault).Sum(each => each.Value)}")));
            text.Append(missed.Count > 0 ? "; NEVER " + string.Join(", ", missed) : "").Append('\n');
        }
        return string.Create(CultureInfo.InvariantCulture, $"{met} combinations of step, fault and state were met; {never} pairs of step and fault never:\n{text}");
    }

    private IReadOnlyList<string> Possible(string what)
    {
        var group = what.Split(' ')[0];
        return [.. _hits.Keys.Where(key => key.What.Split(' ')[0] == group).Select(key => key.Fault).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}

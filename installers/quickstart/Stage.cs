using EdgeHub.Quickstart.Accounts;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart;

/// <summary>What every event of the morning works with.</summary>
public sealed class Stage(Options options, Screen screen, TimeProvider clock, Children children, HubProgram hub, DemoClock demo)
{
    private readonly List<EventResult> _events = [];
    private readonly Dictionary<string, Queue<Person>> _waiting = new(StringComparer.Ordinal);
    private int _requests;

    public Options Options { get; } = options;
    public Screen Screen { get; } = screen;
    public TimeProvider Clock { get; } = clock;
    public Children Children { get; } = children;
    public HubProgram Hub { get; } = hub;
    public DemoClock Demo { get; } = demo;
    public List<AgentSite> Sites { get; } = [];
    public IReadOnlyList<EventResult> Events => _events;

    /// <summary>A township hospital and a county hospital in the same town: they share their persons.</summary>
    public AgentSite Township => Sites[0];
    public AgentSite CountyHospital => Sites[1];

    /// <summary>A clinic of a village in that township.</summary>
    public AgentSite Village => Sites[2];

    /// <summary>A request's own id, as a clinic's system makes it before it sends anything.</summary>
    public string RequestKey(AgentSite site, string what) =>
        $"{site.Place.Code}-{what}-{Interlocked.Increment(ref _requests):0000}";

    /// <summary>Fills the waiting rooms: each person waits at one site only, so that what happens to a person is known.</summary>
    public void Seat(AgentSite site, IEnumerable<Person> people) => _waiting[site.Place.Code] = new Queue<Person>(people);

    public Person NextPerson(AgentSite site)
    {
        lock (_waiting)
        {
            MorningFault.Unless(_waiting[site.Place.Code].Count > 0, $"{site.Place.Name}: nobody is left in the waiting room; a greater population would be right.");
            return _waiting[site.Place.Code].Dequeue();
        }
    }

    /// <summary>Runs one event; what goes wrong in it is said and noted, and the morning goes on.</summary>
    public async Task EventAsync(string name, Func<Dictionary<string, string>, Task<string>> work)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var words = await work(facts);
            _events.Add(new EventResult(name, true, words, facts));
            Screen.Step(words);
        }
        catch (Exception fault) when (MorningFault.IsOne(fault))
        {
            _events.Add(new EventResult(name, false, fault.Message, facts));
            Screen.Step($"NOT OK, {name}: {fault.Message}");
        }
    }
}

using EdgeHub.Agent.Store;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Agent.Access;

/// <summary>Every look at a person is an entry: who, whom, on which page, when. Once for each operator, person, visit and day.</summary>
public sealed class PersonLooks(AgentStore store)
{
    /// <param name="visit">Blank: outside a visit.</param>
    /// <param name="page">Which page or question showed the person.</param>
    public Task Saw(Operator who, string person, string visit, string page) => Saw(who, [person], visit, page);

    /// <summary>A page that shows several persons at once.</summary>
    public Task Saw(Operator who, IReadOnlyList<string> persons, string visit, string page) => store.Do(session =>
    {
        var at = store.Clock.Capture();
        foreach (var person in persons)
        {
            if (person.Length > 0 && store.Site is not null && AccessStore.NoteSeen(session, who.Number, person, visit, at.CivilDay))
            {
                store.Journal.Append(session, Kinds.PersonSeen, new PersonSeen(person, visit, page, who.Number), at);
            }
        }
        return true;
    });
}

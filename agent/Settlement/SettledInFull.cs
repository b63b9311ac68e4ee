using EdgeHub.Agent.Store;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Agent.Settlement;

/// <summary>A settlement with what its answer does not hold: price and quantity of each line, the visit's person and diagnoses.</summary>
/// <param name="Names">Of the items, by line number.</param>
/// <param name="PersonName">Blank: nobody knows the person any more.</param>
public sealed record SettledFacts(VisitSettled Body, IReadOnlyDictionary<int, string> Names, string PersonName);

/// <summary>Reads a settlement whole, for its receipt and for what can be taken back of it.</summary>
public sealed class SettledInFull(AgentStore store)
{
    /// <summary>Null: no settlement of this id was made here.</summary>
    public Task<SettledFacts?> Read(Guid settlement) => store.Do(session =>
    {
        if (SettlementStore.Find(session, settlement) is not { } row)
        {
            return null;
        }
        var body = SettledBodies.Of(session, store.Journal, row);
        return new SettledFacts(
            body, body.Lines.ToDictionary(line => line.No, line => store.Catalogue.Find(session, line.Item)?.Name ?? line.Item),
            store.Members.ByPerson(session, body.Person)?.Personal.Name ?? "");
    });
}

using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Whole reversals of a settlement that another entry had taken back before: they change nothing here, though the site gave
/// money back. People must look. What a later partial refund left is a Duplicate, with a case of its own.</summary>
internal static class TakenBackTwice
{
    /// <summary>Those that took it back first, and those that came too late. The same reversal sealed again in a new epoch is no second one.</summary>
    public static (IReadOnlyList<Reversal> First, IReadOnlyList<Reversal> Late) Of(StoreSession session, SettledFact fact)
    {
        if (fact.Standing != Standing.Reversed || ReversalStore.Of(session, fact.Region, fact.Settlement) is not { Count: > 1 } reversals)
        {
            return ([], []);
        }
        var mirroring = reversals
            .Where(r => r.Mirrors(fact, r.Remainder ? FactStore.OfEntry(session, r.Region, r.DeviceNo, r.Epoch, r.Seq) : null))
            .OrderBy(r => (r.EffectiveMs, r.DeviceNo, r.Epoch, r.Seq)).ToList();
        var late = mirroring.DistinctBy(r => r.Id).Skip(1).Where(r => !r.Remainder).ToList();
        return ([.. mirroring.Except(late)], late);
    }
}

using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Jobs;

/// <summary>A journal entry as a room gets it that reads entries on its own account.</summary>
/// <param name="EffectiveMs">When it was captured, as the hub has it, milliseconds since 1970, UTC.</param>
/// <param name="Line">The line as the device sent it.</param>
public sealed record TakenEntry(
    string Region, string Site, long DeviceNo, long Epoch, long Seq, string Kind, int Schema, long EffectiveMs, DateOnly CivilDay, ReadOnlyMemory<byte> Line);

/// <summary>A room that takes facts of some kinds out of the journals, beside Settlement, which judges every entry and sets aside what
/// nobody can read. Each has its own cursor, so that one that came with a later version reads from the beginning. An entry may come
/// twice, sealed again in a later epoch: a fact is known by its own id.</summary>
public interface IEntryTaker
{
    /// <summary>Names its cursor: never changed.</summary>
    string Name { get; }

    bool Wants(string kind);

    /// <summary>Takes wanted entries of one device in their order, in the transaction that moves the cursor.</summary>
    void Take(StoreSession session, IReadOnlyList<TakenEntry> entries);
}

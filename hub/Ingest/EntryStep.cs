using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ingest;

/// <summary>Gives the rooms that read journals on their own account the entries that they want: one bounded transaction a call.</summary>
public sealed class EntryStep(HubStore hub, SegmentReader segments, IEnumerable<IEntryTaker> takers) : IJobStep
{
    private const int MostDevices = 50;
    private const int MostEntries = 500;

    private readonly IReadOnlyList<IEntryTaker> _takers = [.. takers];

    public string Name => "entries";

    public bool RunOnce()
    {
        foreach (var taker in _takers)
        {
            if (hub.Read(session => EntryCursorStore.Waiting(session, hub.Region, taker.Name, 1)).Count > 0)
            {
                return hub.Write(session => Take(session, taker)) > 0;
            }
        }
        return false;
    }

    /// <returns>How many entries were looked at.</returns>
    private int Take(StoreSession session, IEntryTaker taker)
    {
        var left = MostEntries;
        foreach (var place in EntryCursorStore.Waiting(session, hub.Region, taker.Name, MostDevices))
        {
            var rows = EntryCursorStore.Behind(session, hub.Region, place, left);
            if (rows.Count == 0)
            {
                break;
            }
            var wanted = rows.Where(row => taker.Wants(row.Kind)).Select(row => new TakenEntry(
                hub.Region, row.Site, place.DeviceNo, row.Epoch, row.Seq, row.Kind, (int)row.Schema, row.EffectiveMs, row.CivilDay,
                segments.Line(session, hub.Region, row.SegmentId, row.Ordinal))).ToList();
            if (wanted.Count > 0)
            {
                taker.Take(session, wanted);
            }
            EntryCursorStore.Advance(session, hub.Region, taker.Name, new EntryPlace(place.DeviceNo, rows[^1].Epoch, rows[^1].Seq));
            left -= rows.Count;
        }
        return MostEntries - left;
    }
}

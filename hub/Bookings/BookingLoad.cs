using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Hub.Bookings;

/// <summary>Takes bookings of other systems in: new and changed ones get a new version of the feed, those of persons who are no members
/// are named and not loaded, those of days long past go.</summary>
public static class BookingLoad
{
    /// <summary>A booking is kept so long behind its day.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    /// <param name="passedOver">Appointments that were read and are no bookings.</param>
    /// <exception cref="FaultException">UnknownCode: an institution that was not loaded. Nothing is taken in then.</exception>
    public static BookingsLoaded Run(HubStore hub, IReadOnlyList<BookingRow> rows, int passedOver) => hub.Write(session =>
    {
        foreach (var site in rows.Select(row => row.Site).Distinct(StringComparer.Ordinal))
        {
            if (!BookingStore.HasSite(session, hub.Region, site))
            {
                throw new FaultException(new Fault(Codes.UnknownCode, "site", site, "the code of an institution that was loaded (hub load institutions)"));
            }
        }
        var version = new PendingVersion(session, hub.Region, FeedNames.Bookings);
        var unknown = new List<string>();
        var changed = 0;
        foreach (var row in rows)
        {
            if (BookingStore.Person(session, hub.Region, row.Person) is { } person)
            {
                changed += BookingStore.Put(session, hub.Region, row with { Person = person }, version.Next) ? 1 : 0;
            }
            else
            {
                unknown.Add(row.Key);
            }
        }
        BookingStore.DropBefore(session, hub.Region, hub.Clock.GetUtcNow() - Kept);
        version.TakeIf(changed > 0);
        return new BookingsLoaded(rows.Count, changed, passedOver, unknown);
    });
}

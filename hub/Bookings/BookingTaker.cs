using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Bookings;

/// <summary>Takes out of the journals what desks booked and how booked visits went on. The first report of a step counts and duplicates
/// are only counted: two kiosks, or one that was asked twice. A body that cannot be used is set aside by Settlement, for people, and passed over here.</summary>
public sealed class BookingTaker(HubStore hub) : IEntryTaker
{
    public string Name => "bookings";

    public bool Wants(string kind) => kind is Kinds.BookingMade or Kinds.BookingCancelled or Kinds.BookingStepped;

    public void Take(StoreSession session, IReadOnlyList<TakenEntry> entries)
    {
        var version = new PendingVersion(session, hub.Region, FeedNames.Bookings);
        version.TakeIf(entries.Count(entry => Changes(session, entry, version.Next)) > 0);
    }

    private bool Changes(StoreSession session, TakenEntry entry, long version)
    {
        try
        {
            _ = JournalCodec.ReadHead(entry.Line.Span, out var range);
            var body = entry.Line.Span[range];
            return entry.Kind switch
            {
                Kinds.BookingMade => Made(session, entry, JournalCodec.ReadBody<BookingMade>(body), version),
                Kinds.BookingCancelled => BookingStore.Cancel(session, hub.Region, entry.Site, JournalCodec.ReadBody<BookingCancelled>(body).Booking, version),
                _ => Stepped(session, entry, JournalCodec.ReadBody<BookingStepped>(body), version),
            };
        }
        catch (JournalFormatException)
        {
            return false;
        }
    }

    private bool Made(StoreSession session, TakenEntry entry, BookingMade made, long version) =>
        BookingWords.Wrong(made) is null && BookingStore.Add(
            session, hub.Region,
            new BookingRow(entry.Site, made.Booking, made.Person, made.Starts, made.Minutes, made.Room, made.Profession, made.Staff, BookingWords.Desk, IsCancelled: false), version);

    private bool Stepped(StoreSession session, TakenEntry entry, BookingStepped step, long version) =>
        BookingWords.Wrong(step) is null && BookingStore.Step(session, hub.Region, entry.Site, step, entry.EffectiveMs, version);
}

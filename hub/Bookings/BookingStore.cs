using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Bookings;

/// <summary>Tables booking and booking_step.</summary>
internal static class BookingStore
{
    private const string PutRow = """
        insert into booking (region, site, key, person, starts_at, minutes, room, profession, staff, state, source, version, removed, fee, currency)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        on conflict (region, site, key) do update set person = excluded.person, starts_at = excluded.starts_at, minutes = excluded.minutes, room = excluded.room,
            profession = excluded.profession, staff = excluded.staff, source = excluded.source, version = excluded.version, removed = excluded.removed,
            fee = excluded.fee, currency = excluded.currency
        where (booking.person, booking.starts_at, booking.minutes, booking.room, booking.profession, booking.staff, booking.removed, coalesce(booking.fee, -1), booking.currency)
            <> (excluded.person, excluded.starts_at, excluded.minutes, excluded.room, excluded.profession, excluded.staff, excluded.removed, coalesce(excluded.fee, -1), excluded.currency)
        """;

    /// <summary>A booking that goes on keeps how far it went.</summary>
    /// <returns>True: it is new or changed.</returns>
    public static bool Put(StoreSession session, string region, BookingRow row, long version) => session.Prepared(PutRow).Execute(
        region, row.Site, row.Key, row.Person, Instants.Write(row.Starts), (long)row.Minutes, row.Room, row.Profession, row.Staff, BookingWords.Booked, row.Source, version,
        row.IsCancelled, row.Fee?.MinorUnits, row.Fee?.Currency.Code ?? "") > 0;

    /// <summary>A desk's own booking: what came first stands.</summary>
    public static bool Add(StoreSession session, string region, BookingRow row, long version) =>
        session.Prepared("select 1 from booking where region = $1 and site = $2 and key = $3").Scalar(region, row.Site, row.Key) is null && Put(session, region, row, version);

    public static bool Cancel(StoreSession session, string region, string site, string key, long version) => session.Prepared(
        "update booking set removed = true, version = $4 where region = $1 and site = $2 and key = $3 and removed = false").Execute(region, site, key, version) > 0;

    /// <summary>The person's number where one of them is a member's: the number itself, or the identity number. Null: nobody.</summary>
    public static string? Person(StoreSession session, string region, string number) =>
        session.Prepared("select person from public_member where region = $1 and person = $2 and removed = false").Scalar(region, number) as string
        ?? session.Prepared("select person from public_member where region = $1 and id_number = $2 and removed = false order by person limit 1").Scalar(region, number) as string;

    public static bool HasSite(StoreSession session, string region, string site) =>
        session.Prepared("select 1 from public_institution where region = $1 and code = $2").Scalar(region, site) is not null;

    /// <summary>Rows whose day is long past: no agent asks for them any more.</summary>
    public static int DropBefore(StoreSession session, string region, DateTimeOffset before) =>
        session.Prepared("delete from booking where region = $1 and starts_at < $2").Execute(region, Instants.Write(before));

    /// <returns>True: the first of its kind, and the booking stands further now.</returns>
    public static bool Step(StoreSession session, string region, string site, BookingStepped step, long atMs, long version)
    {
        var isFirst = session.Prepared("""
            insert into booking_step (region, site, key, state, person, at_ms, by_whom, place, number, repeats) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)
            on conflict (region, site, key, state) do update set repeats = booking_step.repeats + 1 returning repeats
            """).Scalar(region, site, step.Booking, step.To, step.Person, atMs, step.By, step.Place, (long)step.Number) is 0L;
        return isFirst && session.Prepared("update booking set state = $4, version = $5 where region = $1 and site = $2 and key = $3 and state = $6").Execute(
            region, site, step.Booking, step.To, version, step.From) > 0;
    }

    /// <summary>Bookings of a site that begin in a span, in their order, at most 5,000.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Between(StoreSession session, string region, string site, DateTimeOffset from, DateTimeOffset until)
    {
        var all = new List<IReadOnlyList<string>>();
        using var rows = session.Prepared("""
            select key, person, starts_at, minutes, room, profession, staff, state, source, removed from booking
            where region = $1 and site = $2 and starts_at >= $3 and starts_at < $4 order by starts_at, key limit 5000
            """).Read(region, site, Instants.Write(from), Instants.Write(until));
        while (rows.Read())
        {
            all.Add([
                rows.GetString(2)[..16].Replace('T', ' '), rows.GetString(0), rows.GetString(1), rows.GetInt64(3).ToString(System.Globalization.CultureInfo.InvariantCulture),
                rows.GetString(4), rows.GetString(5), rows.GetString(6), rows.GetBoolean(9) ? "Cancelled" : rows.GetString(7), rows.GetString(8),
            ]);
        }
        return all;
    }
}

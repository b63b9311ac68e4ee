using System.Data.Common;
using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A visit booked here (O7).</summary>
/// <param name="Starts">The booked moment.</param>
/// <param name="Room">Blank: not yet known.</param>
/// <param name="State">How far it went, one of <see cref="BookingWords"/>: what was done here, else what the hub heard of.</param>
/// <param name="Number">The queue's number that it got here; 0: none.</param>
/// <param name="IsOwn">A desk made it here.</param>
public sealed record Booking(
    string Key, string Person, DateTimeOffset Starts, int Minutes, string Room, string Profession, string Staff, string State, int Number, bool IsOwn)
{
    /// <summary>The visit's fee without the high-cost protection; null: none known.</summary>
    public Money? Fee { get; init; }
}

/// <summary>Tables booking, booking_step, booking_cancelled, fee.</summary>
public static class BookingStore
{
    /// <summary>At most so many of a span, or of a person.</summary>
    public const int Most = 1_000;

    private const string Columns = """
        select b.feed_key, b.person, b.starts_at, b.minutes, b.room, b.profession, b.staff, coalesce(s.state, b.state), coalesce(s.number, 0), b.fee, b.currency
        from booking b left join booking_step s on s.booking = b.feed_key
        where not exists (select 1 from booking_cancelled c where c.booking = b.feed_key)
        """;

    public static Booking? Find(StoreSession session, string key)
    {
        using var row = session.Prepared(Columns + " and b.feed_key = $1").Read(key);
        return row.Read() ? Of(row) : null;
    }

    /// <summary>Those that begin in a span, in their order.</summary>
    public static IReadOnlyList<Booking> Between(StoreSession session, DateTimeOffset from, DateTimeOffset until)
    {
        using var rows = session.Prepared(Columns + " and b.starts_at >= $1 and b.starts_at < $2 order by b.starts_at, b.feed_key limit 1000")
            .Read(Instants.Write(from), Instants.Write(until));
        return All(rows);
    }

    /// <summary>A person's that begin in a span, in their order.</summary>
    public static IReadOnlyList<Booking> OfPerson(StoreSession session, string person, DateTimeOffset from, DateTimeOffset until)
    {
        using var rows = session.Prepared(Columns + " and b.person = $1 and b.starts_at >= $2 and b.starts_at < $3 order by b.starts_at, b.feed_key limit 1000")
            .Read(person, Instants.Write(from), Instants.Write(until));
        return All(rows);
    }

    /// <summary>How many are booked in a span.</summary>
    public static int Count(StoreSession session, DateTimeOffset from, DateTimeOffset until) => (int)(long)session.Prepared("""
        select count(*) from booking b where b.starts_at >= $1 and b.starts_at < $2 and not exists (select 1 from booking_cancelled c where c.booking = b.feed_key)
        """).Scalar(Instants.Write(from), Instants.Write(until))!;

    public static void Add(StoreSession session, BookingMade made) => session.Prepared("""
        insert into booking (feed_key, person, starts_at, minutes, room, profession, staff, state, seen) values ($1, $2, $3, $4, $5, $6, $7, $8, -1)
        """).Execute(made.Booking, made.Person, Instants.Write(made.Starts), (long)made.Minutes, made.Room, made.Profession, made.Staff, BookingWords.Booked);

    public static void Cancel(StoreSession session, string key, DateTimeOffset at) => session.Prepared(
        "insert into booking_cancelled (booking, at) values ($1, $2) on conflict (booking) do nothing").Execute(key, Instants.Write(at));

    public static void Step(StoreSession session, BookingStepped step, DateTimeOffset at) => session.Prepared("""
        insert into booking_step (booking, person, state, at, by_whom, place, number) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (booking) do update set state = excluded.state, at = excluded.at, by_whom = excluded.by_whom, place = excluded.place,
            number = case when excluded.number > 0 then excluded.number else booking_step.number end
        """).Execute(step.Booking, step.Person, step.To, Instants.Write(at), step.By, step.Place, (long)step.Number);

    /// <summary>Takes away what began before an instant.</summary>
    public static void DropBefore(StoreSession session, DateTimeOffset before)
    {
        var text = Instants.Write(before);
        session.Prepared("delete from booking where starts_at < $1").Execute(text);
        session.Prepared("delete from booking_step where at < $1").Execute(text);
        session.Prepared("delete from booking_cancelled where at < $1").Execute(text);
    }

    private static List<Booking> All(DbDataReader rows)
    {
        var all = new List<Booking>();
        while (rows.Read())
        {
            all.Add(Of(rows));
        }
        return all;
    }

    private static Booking Of(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), Instants.Read(row.GetString(2)), (int)row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7),
        (int)row.GetInt64(8), row.GetString(0).StartsWith(BookingWords.DeskKey, StringComparison.Ordinal))
    {
        Fee = long.TryParse(row.GetString(9), NumberStyles.None, CultureInfo.InvariantCulture, out var fee) && Currency.TryParse(row.GetString(10), out var currency) ? new Money(fee, currency) : null,
    };

    /// <summary>What a person paid anywhere, in a currency, by day.</summary>
    public static IReadOnlyList<PaidFee> Fees(StoreSession session, string person, Currency currency)
    {
        var fees = new List<PaidFee>();
        using var rows = session.Prepared("select day, amount from fee where person = $1 and currency = $2 order by day limit 2000").Read(person, currency.Code);
        while (rows.Read())
        {
            fees.Add(new PaidFee(DateOnly.ParseExact(rows.GetString(0), "yyyy-MM-dd", CultureInfo.InvariantCulture), new Money(rows.GetInt64(1), currency)));
        }
        return fees;
    }
}

using System.Data.Common;
using System.Globalization;
using EdgeHub.Rules.States;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>One place in a day's queue, as stored.</summary>
/// <param name="Number">Null: booked, not here yet.</param>
/// <param name="Stored">Where staff or the kiosk put it; <see cref="State"/> is what counts.</param>
/// <param name="Visit">Null: no visit was opened for it yet.</param>
/// <param name="Person">Null: not known who it is.</param>
/// <param name="Channel">desk, system (the clinic's own), kiosk or booking.</param>
/// <param name="Note">Why it was handed over to the desk, as a code; blank: nothing odd.</param>
/// <param name="IsSettled">A settlement of the visit stands.</param>
/// <param name="WasTakenBack">Settlements of the visit were taken back, and none stands.</param>
public sealed record QueueRow(
    string Entry, DateOnly Day, int? Number, QueueState Stored, string? Visit, string? Person, string Channel, string VisitType, string Room, string Desk,
    DateTimeOffset? BookedFor, DateTimeOffset? Arrived, DateTimeOffset? Called, string Note, bool IsSettled = false, bool WasTakenBack = false)
{
    /// <summary>The money's truth first: settled is done, taken back is to pay again.</summary>
    public QueueState State => Stored is QueueState.Done or QueueState.NoShow || (!IsSettled && !WasTakenBack) ? Stored : IsSettled ? QueueState.Done : QueueState.ToPay;
}

/// <summary>The queue of each day; numbers are given once and never again on the same day.</summary>
public static class QueueStore
{
    private const string Columns = """
        select q.entry, q.civil_day, q.number, q.state, q.visit, q.person, q.channel, q.visit_type, q.room, q.desk, q.booked_for, q.arrived, q.called, q.note,
            exists (select 1 from settlement s where s.visit = q.visit and s.reversal is null),
            exists (select 1 from settlement s where s.visit = q.visit and s.reversal is not null)
        from queue q 
        """;

    public static void Add(StoreSession session, QueueRow row) =>
        session.Prepared("""
            insert into queue (entry, civil_day, number, state, visit, person, channel, visit_type, room, desk, booked_for, arrived, called, note)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """).Execute(
            row.Entry, row.Day, (long?)row.Number, row.Stored.ToString(), row.Visit, row.Person, row.Channel, row.VisitType, row.Room, row.Desk,
            row.BookedFor, row.Arrived, row.Called, row.Note);

    /// <summary>Everything of a row but its day, its channel and its booking may change.</summary>
    public static void Change(StoreSession session, QueueRow row) =>
        session.Prepared("""
            update queue set number = $2, state = $3, visit = $4, person = $5, visit_type = $6, room = $7, desk = $8, arrived = $9, called = $10, note = $11
            where entry = $1
            """).Execute(
            row.Entry, (long?)row.Number, row.Stored.ToString(), row.Visit, row.Person, row.VisitType, row.Room, row.Desk, row.Arrived, row.Called, row.Note);

    public static QueueRow? Find(StoreSession session, string entry) => One(session, Columns + "where q.entry = $1", entry);

    public static QueueRow? OfVisit(StoreSession session, string visit) => One(session, Columns + "where q.visit = $1 order by q.entry limit 1", visit);

    /// <summary>A person's places of a day.</summary>
    public static IReadOnlyList<QueueRow> OfPerson(StoreSession session, DateOnly day, string person)
    {
        var found = new List<QueueRow>();
        using var rows = session.Prepared(Columns + "where q.civil_day = $1 and q.person = $2 order by q.number is null, q.number").Read(day, person);
        while (rows.Read())
        {
            found.Add(Of(rows));
        }
        return found;
    }

    /// <summary>The next number of the site's day: 1, 2, 3 ….</summary>
    public static int NextNumber(StoreSession session, DateOnly day) =>
        checked((int)(long)session.Prepared("select coalesce(max(number), 0) + 1 from queue where civil_day = $1").Scalar(day)!);

    /// <summary>A day's queue by number; who is booked and not here yet at the end, by time.</summary>
    public static IReadOnlyList<QueueRow> OfDay(StoreSession session, DateOnly day, int most)
    {
        var found = new List<QueueRow>();
        using var rows = session.Prepared(Columns + "where q.civil_day = $1 order by q.number is null, q.number, q.booked_for, q.entry limit $2").Read(day, (long)most);
        while (rows.Read())
        {
            found.Add(Of(rows));
        }
        return found;
    }

    /// <summary>Who waits longest in a state: the lowest number; null: nobody.</summary>
    public static QueueRow? Next(StoreSession session, DateOnly day, QueueState state)
    {
        using var rows = session.Prepared(Columns + "where q.civil_day = $1 and q.number is not null order by q.number").Read(day);
        while (rows.Read())
        {
            if (Of(rows) is var row && row.State == state)
            {
                return row;
            }
        }
        return null;
    }

    /// <summary>Who is called now, the latest first.</summary>
    public static IReadOnlyList<QueueRow> Called(StoreSession session, DateOnly day, int most) =>
        [.. OfDay(session, day, int.MaxValue).Where(row => row.State == QueueState.Called).OrderByDescending(row => row.Called).ThenByDescending(row => row.Number).Take(most)];

    /// <summary>Takes away what is older than a day: who waited when is nobody's business later.</summary>
    public static int Forget(StoreSession session, DateOnly before) => session.Prepared("delete from queue where civil_day < $1").Execute(before);

    private static QueueRow? One(StoreSession session, string sql, string key)
    {
        using var row = session.Prepared(sql).Read(key);
        return row.Read() ? Of(row) : null;
    }

    private static QueueRow Of(DbDataReader row) => new(
        row.GetString(0), DateOnly.ParseExact(row.GetString(1), "yyyy-MM-dd", CultureInfo.InvariantCulture), row.IsDBNull(2) ? null : checked((int)row.GetInt64(2)),
        Enum.Parse<QueueState>(row.GetString(3)), Text(row, 4), Text(row, 5), row.GetString(6), row.GetString(7), row.GetString(8), row.GetString(9),
        At(row, 10), At(row, 11), At(row, 12), row.GetString(13), row.GetBoolean(14), row.GetBoolean(15));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? At(DbDataReader row, int column) => row.IsDBNull(column) ? null : Instants.Read(row.GetString(column));
}

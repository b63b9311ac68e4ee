using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A day's contacts by one channel of one profession.</summary>
/// <param name="Replacing">Of them, those that replaced a contact in person (O3).</param>
public sealed record ContactCount(string Channel, string Profession, long Count, long Replacing);

/// <summary>Contacts as the day counts them, without whom they were with.</summary>
public static class ContactStore
{
    private const int MostKinds = 500;

    /// <summary>Once for a contact, however often its entry is read.</summary>
    public static void Add(StoreSession session, ContactRecorded body, DateOnly day) => session.Prepared("""
        insert into contact (contact, civil_day, channel, profession, replaces) values ($1, $2, $3, $4, $5) on conflict (contact) do nothing
        """).Execute(body.Contact, day, body.Channel, body.Profession, body.ReplacesPhysical);

    public static IReadOnlyList<ContactCount> OfDay(StoreSession session, DateOnly day)
    {
        var counts = new List<ContactCount>();
        using var rows = session.Prepared("""
            select channel, profession, count(*), cast(coalesce(sum(case when replaces = true then 1 else 0 end), 0) as bigint)
            from contact where civil_day = $1 group by channel, profession order by profession, channel limit $2
            """).Read(day, MostKinds);
        while (rows.Read())
        {
            counts.Add(new ContactCount(rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3)));
        }
        return counts;
    }
}

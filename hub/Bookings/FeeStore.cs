using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Bookings;

/// <summary>Table patient_fee.</summary>
internal static class FeeStore
{
    /// <returns>True: it is new or changed.</returns>
    public static bool Put(StoreSession session, string region, FeeRow row, long version) => session.Prepared("""
        insert into patient_fee (region, person, key, day, amount, currency, version, removed) values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (region, person, key) do update set day = excluded.day, amount = excluded.amount, currency = excluded.currency, version = excluded.version,
            removed = excluded.removed
        where (patient_fee.day, patient_fee.amount, patient_fee.currency, patient_fee.removed) <> (excluded.day, excluded.amount, excluded.currency, excluded.removed)
        """).Execute(region, row.Person, row.Key, row.Day, row.Amount.MinorUnits, row.Amount.Currency.Code, version, row.IsWithdrawn) > 0;

    /// <summary>Fees of days long past: no period of protection reaches back to them.</summary>
    public static int DropBefore(StoreSession session, string region, DateOnly before) =>
        session.Prepared("delete from patient_fee where region = $1 and day < $2").Execute(region, before);
}

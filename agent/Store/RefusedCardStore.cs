using EdgeHub.Agent.Devices;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Table card_refused: what <see cref="RefusedCards"/> knows by number, over a restart. Numbers stand there as keyed hashes alone.</summary>
public sealed class RefusedCardStore(FieldCipher cipher)
{
    /// <summary>Stores what changed since the last call, in order.</summary>
    public void Apply(StoreSession session, RefusedCards cards, DateTimeOffset now)
    {
        while (cards.Changes.TryRead(out var change))
        {
            var (card, id) = (Lookup("card", change.CardNumber), Lookup("id", change.IdNumber?.ToUpperInvariant()));
            session.Prepared("delete from card_refused where card_lookup = $1").Execute(card);
            session.Prepared("delete from card_refused where id_lookup = $1").Execute(id);
            if (change.Refused is { } refused)
            {
                session.Prepared("delete from card_refused where at < $1").Execute(Instants.Write(now - RefusedCards.Remembered));
                session.Prepared("insert into card_refused (card_lookup, id_lookup, reader, code, detail, at) values ($1, $2, $3, $4, $5, $6)")
                    .Execute(card, id, refused.Reader, refused.Error.Code.ToString(), refused.Error.Detail, Instants.Write(refused.At));
            }
        }
    }

    /// <summary>The refused card of a person with these numbers within the last day; null: none.</summary>
    public RefusedCard? Of(StoreSession session, string cardNumber, string idNumber, DateTimeOffset now)
    {
        using var row = session.Prepared("""
            select reader, code, detail, at from card_refused where (card_lookup = $1 or id_lookup = $2) and at >= $3 order by at desc limit 1
            """).Read(Lookup("card", cardNumber), Lookup("id", idNumber.ToUpperInvariant()), Instants.Write(now - RefusedCards.Remembered));
        return row.Read() && Enum.TryParse<DeviceErrorCode>(row.GetString(1), out var code)
            ? new RefusedCard(row.GetString(0), new DeviceError(code, row.GetString(2)), null, null, Instants.Read(row.GetString(3)))
            : null;
    }

    private byte[]? Lookup(string kind, string? number) => string.IsNullOrEmpty(number) ? null : cipher.LookupOf(kind, number);
}

using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>A reversal as it came: it counts when it mirrors a settlement of its own site.</summary>
public sealed record Reversal
{
    public required string Region { get; init; }
    public required long DeviceNo { get; init; }
    public required long Epoch { get; init; }
    public required long Seq { get; init; }
    public required string Site { get; init; }
    public required long EffectiveMs { get; init; }

    /// <summary>The reversal's own id.</summary>
    public required Guid Id { get; init; }
    public required Guid Settlement { get; init; }
    public required long Total { get; init; }
    public required long Fund { get; init; }
    public required long Account { get; init; }
    public required long Cash { get; init; }
    public long Catastrophic { get; init; }
    public long Assistance { get; init; }

    /// <summary>It is a partial refund: a remainder was written with it, as the same entry.</summary>
    public bool Remainder { get; init; }

    public string Entry => FormattableString.Invariant($"{DeviceNo}/{Epoch}/{Seq}");

    public ShareSums Shares => new(Fund, Catastrophic, Assistance, Account, Cash);

    /// <summary>Whether it takes back exactly this settlement. A partial refund does so only where what remains is a part of the same visit.</summary>
    /// <param name="remainder">With a partial refund, what remains; null: it is not known.</param>
    public bool Mirrors(SettledFact fact, SettledFact? remainder) =>
        (Settlement, Site, Total) == (fact.Settlement, fact.Site, fact.Total) && Shares == fact.Claimed && !fact.IsReimbursement
        && (!Remainder || (remainder is { } left
            && (left.Visit, left.Ordinal, left.Person, left.ServiceDay, left.Currency) == (fact.Visit, fact.Ordinal, fact.Person, fact.ServiceDay, fact.Currency)));
}

/// <summary>Reversals, stored whether their settlement is known yet or not.</summary>
internal static class ReversalStore
{
    private const string Selected =
        """
        select region as Region, device_no as DeviceNo, epoch as Epoch, seq as Seq, site as Site, effective_ms as EffectiveMs, reversal as Id,
               settlement as Settlement, total as Total, fund as Fund, catastrophic as Catastrophic, assistance as Assistance, account as Account, cash as Cash,
               remainder as Remainder
        from settlement_reversal
        """;

    private const string OfSql = Selected + " where region = $1 and settlement = $2";

    public static void Insert(StoreSession session, Reversal reversal)
    {
        session.Later(
            """
            insert into settlement_reversal (region, device_no, epoch, seq, site, effective_ms, reversal, settlement, total, fund, catastrophic, assistance, account, cash, remainder)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """,
            reversal.Region, reversal.DeviceNo, reversal.Epoch, reversal.Seq, reversal.Site, reversal.EffectiveMs, reversal.Id, reversal.Settlement, reversal.Total,
            reversal.Fund, reversal.Catastrophic, reversal.Assistance, reversal.Account, reversal.Cash, reversal.Remainder);
        session.Ahead.Drop(OfSql, reversal.Settlement);
    }

    public static Reversal? OfEntry(StoreSession session, WaitingEntry entry) => session.Row<Reversal>(
        Selected + " where region = $1 and device_no = $2 and epoch = $3 and seq = $4", entry.Region, entry.DeviceNo, entry.Epoch, entry.Seq);

    /// <summary>The reversals of a device's lines behind one place, through another.</summary>
    public static IReadOnlyList<Reversal> OfPlaces(StoreSession session, string region, long deviceNo, (long Epoch, long Seq) after, (long Epoch, long Seq) through) =>
        session.Rows<Reversal>(
            Selected + " where region = $1 and device_no = $2 and (epoch, seq) > ($3, $4) and (epoch, seq) <= ($5, $6)",
            region, deviceNo, after.Epoch, after.Seq, through.Epoch, through.Seq);

    public static IReadOnlyList<Reversal> Of(StoreSession session, string region, Guid settlement) =>
        session.Ahead.Of<IReadOnlyList<Reversal>>(OfSql, settlement) ?? session.Rows<Reversal>(OfSql, region, settlement);

    /// <summary>The same for many at once.</summary>
    public static void Read(StoreSession session, string region, IReadOnlyCollection<Guid> settlements) => session.Ahead.Keep(
        OfSql, settlements, session.Rows<Reversal>(Selected + " where region = $1 and settlement in (list $2)", region, settlements.ToArray()), reversal => reversal.Settlement);
}

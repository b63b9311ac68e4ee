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

    public bool Mirrors(SettledFact fact) =>
        (Settlement, Site, Total, Fund, Account, Cash) == (fact.Settlement, fact.Site, fact.Total, fact.ClaimedFund, fact.ClaimedAccount, fact.ClaimedCash);
}

/// <summary>Reversals, stored whether their settlement is known yet or not.</summary>
internal static class ReversalStore
{
    private const string Selected =
        """
        select region as Region, device_no as DeviceNo, epoch as Epoch, seq as Seq, site as Site, effective_ms as EffectiveMs, reversal as Id,
               settlement as Settlement, total as Total, fund as Fund, account as Account, cash as Cash
        from settlement_reversal
        """;

    public static void Insert(StoreSession session, Reversal reversal) => session.Execute(
        """
        insert into settlement_reversal (region, device_no, epoch, seq, site, effective_ms, reversal, settlement, total, fund, account, cash)
        values (@Region, @DeviceNo, @Epoch, @Seq, @Site, @EffectiveMs, @Id, @Settlement, @Total, @Fund, @Account, @Cash)
        """,
        reversal);

    public static Reversal? OfEntry(StoreSession session, WaitingEntry entry) => session.QuerySingleOrDefault<Reversal>(
        Selected + " where region = @Region and device_no = @DeviceNo and epoch = @Epoch and seq = @Seq", entry);

    public static IReadOnlyList<Reversal> Of(StoreSession session, string region, Guid settlement) =>
        session.Query<Reversal>(Selected + " where region = @region and settlement = @settlement", new { region, settlement });
}

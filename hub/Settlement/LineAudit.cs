using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>The part of the audit that reads the lines again: facts, reversals and refunds say what their lines say, every column
/// of it, and none is there without its line.</summary>
internal sealed class LineAudit(SegmentReader segments)
{
    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        Facts(session, region, notes);
        Reversals(session, region, notes);
        Refunds(session, region, notes);
    }

    private void Facts(StoreSession session, string region, AuditNotes notes)
    {
        var expected = 0L;
        foreach (var entry in SettlementAuditStore.Read(session, region, Kinds.VisitSettled))
        {
            var fact = SettlementAuditStore.Fact(session, entry);
            if (fact is null)
            {
                notes.Same("settlement_fact", Key(entry), true, SettlementAuditStore.IsQuarantined(session, entry));
                continue;
            }
            expected++;
            notes.Count("settlement_fact");
            var claim = Body<VisitSettled>(session, region, entry);
            foreach (var (column, line, stored) in Columns(entry, claim, fact).Concat(Sums(claim, fact)))
            {
                if (!Equals(line, stored))
                {
                    notes.Differ("settlement_fact", $"{Key(entry)} {column}", line, stored);
                }
            }
        }
        notes.Same("settlement_fact count", region, expected, SettlementAuditStore.FactCount(session, region));
    }

    private static IReadOnlyList<(string Column, object? Line, object? Stored)> Columns(WaitingEntry entry, VisitSettled claim, SettledFact fact) =>
    [
        ("site", entry.Site, fact.Site), ("effective_ms", entry.EffectiveMs, fact.EffectiveMs),
        ("settlement", claim.Settlement, fact.Settlement), ("visit", claim.Visit, fact.Visit), ("ordinal", (long)claim.Ordinal, fact.Ordinal),
        ("person", claim.Person, fact.Person), ("scheme_year", (long)Rules.Benefit.BenefitKeys.SchemeYear(claim.ServiceDay), fact.SchemeYear),
        ("service_day", claim.ServiceDay, fact.ServiceDay), ("currency", claim.Currency, fact.Currency), ("visit_type", claim.VisitType, fact.VisitType),
        ("out_of_area", claim.OutOfArea, fact.OutOfArea), ("disease", claim.Disease, fact.Disease),
        ("claimed_pooling_area", claim.PoolingArea, fact.ClaimedPoolingArea), ("claimed_level", (long)claim.InstitutionLevel, fact.ClaimedLevel),
        ("claimed_type", claim.InstitutionType, fact.ClaimedType), ("claimed_cover", claim.Cover, fact.ClaimedCover),
        ("claimed_person_type", claim.PersonType, fact.ClaimedPersonType), ("claimed_birth_date", claim.BirthDate, fact.ClaimedBirthDate),
        ("policy_id", claim.Policy.Id, fact.PolicyId), ("policy_version", (long)claim.Policy.Version, fact.PolicyVersion),
        ("policy_hash", claim.Policy.Hash, fact.PolicyHash), ("policy_row", (long)claim.Policy.Row, fact.PolicyRow),
        ("feed_members", TrueSplit.FeedVersion(claim, FeedNames.Members), fact.FeedMembers),
        ("feed_accumulators", TrueSplit.FeedVersion(claim, FeedNames.Accumulators), fact.FeedAccumulators),
        ("feed_policies", TrueSplit.FeedVersion(claim, FeedNames.Policies), fact.FeedPolicies),
        ("feed_catalogue", TrueSplit.FeedVersion(claim, FeedNames.Catalogue), fact.FeedCatalogue),
        ("feed_blacklist", TrueSplit.FeedVersion(claim, FeedNames.Blacklist), fact.FeedBlacklist),
    ];

    private static IReadOnlyList<(string Column, object? Line, object? Stored)> Sums(VisitSettled claim, SettledFact fact) =>
    [
        ("claimed_account_balance", claim.AccountBalance, fact.ClaimedAccountBalance), ("claimed_use_account", claim.UseAccount, fact.ClaimedUseAccount),
        ("total", claim.Totals.Total, fact.Total), ("claimed_full_self_pay", claim.Totals.FullSelfPay, fact.ClaimedFullSelfPay),
        ("claimed_over_price_limit", claim.Totals.OverPriceLimit, fact.ClaimedOverPriceLimit), ("claimed_pre_self_pay", claim.Totals.PreSelfPay, fact.ClaimedPreSelfPay),
        ("claimed_eligible", claim.Totals.Eligible, fact.ClaimedEligible), ("claimed_deductible", claim.Totals.Deductible, fact.ClaimedDeductible),
        ("claimed_fund", claim.Shares.Fund, fact.ClaimedFund), ("claimed_account", claim.Shares.Account, fact.ClaimedAccount),
        ("claimed_cash", claim.Shares.Cash, fact.ClaimedCash), ("claimed_moves", MoveText.Of(claim.Accumulators), fact.ClaimedMoves),
        ("the hub's own parts", fact.Total, fact.FullSelfPay + fact.OverPriceLimit + fact.PreSelfPay + fact.Eligible),
    ];

    private void Reversals(StoreSession session, string region, AuditNotes notes)
    {
        var rows = 0L;
        foreach (var entry in SettlementAuditStore.Read(session, region, Kinds.VisitReversed))
        {
            var stored = SettlementAuditStore.ReversalOf(session, entry);
            if (stored is null)
            {
                notes.Same("settlement_reversal", Key(entry), true, SettlementAuditStore.IsQuarantined(session, entry));
                continue;
            }
            rows++;
            var body = Body<VisitReversed>(session, region, entry);
            notes.Same("settlement_reversal", Key(entry),
                (entry.Site, entry.EffectiveMs, body.Reversal, body.Settlement, body.Total, body.Shares),
                (stored.Site, stored.EffectiveMs, stored.Id, stored.Settlement, stored.Total, new SettledShares(stored.Fund, stored.Account, stored.Cash)));
        }
        notes.Same("settlement_reversal count", region, rows, SettlementAuditStore.ReversalCount(session, region));
    }

    /// <summary>A refund sealed again in a new epoch has one row, by its own id.</summary>
    private void Refunds(StoreSession session, string region, AuditNotes notes)
    {
        var stored = PayableStore.AllRefunds(session, region).ToDictionary(refund => refund.Id);
        var seen = new HashSet<Guid>();
        foreach (var entry in SettlementAuditStore.Read(session, region, Kinds.RefundPaid))
        {
            if (SettlementAuditStore.IsQuarantined(session, entry) && !stored.Values.Any(row => (row.DeviceNo, row.Epoch, row.Seq) == (entry.DeviceNo, entry.Epoch, entry.Seq)))
            {
                continue;
            }
            var body = Body<RefundPaid>(session, region, entry);
            var first = seen.Add(body.Refund);
            if (!stored.TryGetValue(body.Refund, out var row))
            {
                notes.Differ("settlement_refund", Key(entry), "its row", null);
            }
            else if (first)
            {
                notes.Same("settlement_refund", Key(entry),
                    (body.Institution, body.Settlement, body.Person, body.Currency, body.Amount), (row.Site, row.Settlement, row.Person, row.Currency, row.Amount));
            }
        }
        notes.Same("settlement_refund count", region, seen.Count, stored.Count);
    }

    private T Body<T>(StoreSession session, string region, WaitingEntry entry)
    {
        var line = segments.Line(session, region, entry.SegmentId, entry.Ordinal);
        _ = JournalCodec.ReadHead(line.Span, out var body);
        return JournalCodec.ReadBody<T>(line.Span[body]);
    }

    private static string Key(WaitingEntry entry) => FormattableString.Invariant($"{entry.DeviceNo}/{entry.Epoch}/{entry.Seq}");
}
